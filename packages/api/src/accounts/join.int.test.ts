import { and, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { consents, mails, memberships, payments, user, userRoles } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { callerFor, joinInputOf, scopeOf, systemScopeOf, usePaddle, useTestSettings, useWorld, visitorOf, type TestTenant } from '../testing';

const world = useWorld();
usePaddle(world);

let ks: TestTenant;
let mk: TestTenant;
let system: TenantScope;
const join = async (tenant: TestTenant, changes: Record<string, unknown> = {}) => {
  const input = joinInputOf(tenant, changes);
  const answer = await callerFor(await visitorOf(tenant)).accounts.join(input);
  return { input, answer };
};
const people = (scope: TenantScope, email: string) => withTenant(scope, (tx) => tx.select().from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.signInEmail, email))));
const mailsTo = (scope: TenantScope, email: string) => withTenant(scope, (tx) => tx.select().from(mails).where(and(eq(mails.tenantId, scope.tenantId), eq(mails.toEmail, email))));
const salesOf = (scope: TenantScope, userId: string) => withTenant(scope, (tx) => tx.select().from(payments).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.userId, userId))));

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
});

describe('who may not', () => {
  it('another tenant, and another member, see nothing of a new sale', async () => {
    const { input, answer } = await join(ks);
    const [made] = await people(system, input.email);
    expect(made?.tenantId).toBe(ks.id);
    expect(await people(await systemScopeOf(mk), input.email)).toHaveLength(0);
    const paymentId = answer.paymentId ?? '';
    for (const stranger of [await scopeOf(mk, mk.branches[0].member), await scopeOf(ks, ks.branches[0].member), await scopeOf(mk, mk.admin)]) {
      await expect(callerFor(stranger).payments.status({ paymentId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(callerFor(stranger).payments.checkout({ paymentId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('the manager of another branch and the agent of the own see only their part of the payments', async () => {
    const { answer } = await join(ks, { referralCode: ks.branches[1].agentCode });
    const seen = async (person: Parameters<typeof scopeOf>[1]) => (await callerFor(await scopeOf(ks, person)).payments.list({ limit: 100 })).items.some(({ id }) => id === answer.paymentId);
    expect(await seen(ks.branches[0].manager)).toBe(false);
    expect(await seen(ks.branches[0].agent)).toBe(false);
    expect(await seen(ks.branches[1].manager)).toBe(true);
    expect(await seen(ks.branches[1].agent)).toBe(true);
    expect(await seen(ks.admin)).toBe(true);
    await expect(callerFor(await scopeOf(ks, ks.promoter)).payments.list({ limit: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('a visitor without a tenant host cannot join', async () => {
    await expect(callerFor(null).accounts.join(joinInputOf(ks))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a join', () => {
  it('makes person, role, membership, payment, consents and mail, at the price of the rule', async () => {
    const { input, answer } = await join(ks, { price: { minor: '1', currency: 'EUR' } });
    expect(answer).toMatchObject({ next: 'pay', checkoutUrl: expect.stringContaining('/pay/') as unknown });
    const [person] = await people(system, input.email);
    expect(person).toMatchObject({ branchId: ks.branches[0].id, agentId: null, phone: '+38344123456', memberNumber: null });
    const id = person?.id ?? '';
    await withTenant(system, async (tx) => {
      expect(await tx.select({ role: userRoles.role }).from(userRoles).where(and(eq(userRoles.tenantId, ks.id), eq(userRoles.userId, id)))).toEqual([{ role: 'member' }]);
      const [membership] = await tx.select().from(memberships).where(and(eq(memberships.tenantId, ks.id), eq(memberships.userId, id)));
      expect(membership).toMatchObject({ status: 'pending', priceMinor: 2000n, currency: 'EUR', channel: 'self_service', planCode: 'asistenca' });
      expect(membership?.receipt).toMatchObject({ kind: 'products', version: 1, outcome: { gross: { minor: '2000' } } });
      const given = await tx.select().from(consents).where(and(eq(consents.tenantId, ks.id), eq(consents.userId, id)));
      expect(Object.fromEntries(given.map(({ textKey, accepted }) => [textKey, accepted]))).toEqual({ consentMarketing: false, privacy: true, terms: true });
      expect(given.every(({ textHash }) => /^[0-9a-f]{64}$/u.test(textHash))).toBe(true);
    });
    expect(await salesOf(system, id)).toMatchObject([{ status: 'pending', amountMinor: 2000n, vatMinor: 305n, taxDocumentIssuer: 'provider' }]);
    expect((await mailsTo(system, input.email)).map(({ template, status }) => [template, status])).toEqual([['verify-email', 'queued']]);
  });

  it('stays with the branch of the one who referred, and with the agent but never with a promoter', async () => {
    const byAgent = await join(ks, { referralCode: ks.branches[1].agentCode.toLowerCase() });
    expect(await people(system, byAgent.input.email)).toMatchObject([{ branchId: ks.branches[1].id, agentId: ks.branches[1].agent.id }]);
    const byPromoter = await join(ks, { referralCode: ks.promoterCode });
    expect(await people(system, byPromoter.input.email)).toMatchObject([{ branchId: ks.branches[1].id, agentId: null }]);
  });

  it('refuses an unknown code, also one of the other tenant, with the field, and leaves nothing behind', async () => {
    const input = joinInputOf(ks, { referralCode: mk.promoterCode });
    await expect(callerFor(await visitorOf(ks)).accounts.join(input)).rejects.toMatchObject({ cause: { messageKey: 'errors.referral', field: 'referralCode' } });
    expect(await people(system, input.email)).toHaveLength(0);
  });

  it('refuses what the country and the rules refuse', async () => {
    const refused = async (tenant: TestTenant, changes: Record<string, unknown>) =>
      await callerFor(await visitorOf(tenant)).accounts.join(joinInputOf(tenant, changes)).then(() => null, (error: { cause?: { field?: string; messageKey?: string } }) => [error.cause?.field, error.cause?.messageKey]);
    expect(await refused(mk, { personalNumber: '0101990450001' })).toEqual(['personalNumber', 'errors.personalNumber.checksum']);
    expect(await refused(ks, { phone: '12' })).toEqual(['phone', 'errors.phone']);
    expect(await refused(ks, { birthDate: '2020-01-01' })).toEqual(['birthDate', 'errors.birthDate.tooYoung']);
    expect(await refused(ks, { planCode: 'business' })).toEqual(['planCode', 'errors.plan.channel']);
    expect(await refused(ks, { planCode: 'none_such' })).toEqual(['planCode', 'errors.plan.unknown']);
    expect(await refused(ks, { password: 'krasniqi12' })).toEqual(['password', 'errors.password.personal']);
    expect((await refused(ks, { consents: { terms: { accepted: true, version: 99 }, privacy: { accepted: true, version: 1 }, marketing: true } }))?.[1]).toBe('errors.consent.outdated');
  });

  it('activates a plan that costs nothing at once, without payment or provider', async () => {
    const { input, answer } = await join(mk, { planCode: 'free_start' });
    expect(answer).toMatchObject({ next: 'done', paymentId: null, checkoutUrl: null });
    const scope = await systemScopeOf(mk);
    const [person] = await people(scope, input.email);
    expect(person?.memberNumber).toMatch(/^MEM-MK-\d{6}$/u);
    expect(await salesOf(scope, person?.id ?? '')).toHaveLength(0);
    const mine = await callerFor(await scopeOf(mk, { id: person?.id ?? '', role: 'member' })).memberships.mine();
    expect(mine).toMatchObject({ current: { status: 'active', price: { minor: 0n } }, pendingPayment: null });
    expect((await mailsTo(scope, input.email)).map(({ template }) => template).toSorted()).toEqual(['verify-email', 'welcome-membership']);
  });
});

describe('twice', () => {
  it('the same key gives the same answer and one sale; with other data it is refused', async () => {
    const input = joinInputOf(ks);
    const caller = callerFor(await visitorOf(ks));
    const first = await caller.accounts.join(input);
    expect(await caller.accounts.join(input)).toEqual(first);
    await expect(caller.accounts.join({ ...input, firstName: 'Other' })).rejects.toMatchObject({ code: 'CONFLICT', cause: { messageKey: 'errors.idempotency.mismatch' } });
    const [person] = await people(system, input.email);
    expect(await salesOf(system, person?.id ?? '')).toHaveLength(1);
  });

  it('a double click gives one person, one sale and one checkout', async () => {
    const input = joinInputOf(ks);
    const site = await visitorOf(ks);
    const answers = await Promise.all(Array.from({ length: 8 }, () => callerFor(site).accounts.join(input)));
    expect(new Set(answers.map(({ paymentId }) => paymentId)).size).toBe(1);
    expect(new Set(answers.map(({ checkoutUrl }) => checkoutUrl)).size).toBe(1);
    const found = await people(system, input.email);
    expect(found).toHaveLength(1);
    expect(await salesOf(system, found[0]?.id ?? '')).toHaveLength(1);
    expect(await mailsTo(system, input.email)).toHaveLength(1);
  });

  it('two tabs with keys of their own give one sale; the slower one is only told to look into the mail', async () => {
    const input = joinInputOf(ks);
    const site = await visitorOf(ks);
    const answers = await Promise.all(Array.from({ length: 6 }, () => callerFor(site).accounts.join({ ...input, idempotencyKey: newId() })));
    expect(answers.map(({ next }) => next).toSorted()).toEqual(['check_mail', 'check_mail', 'check_mail', 'check_mail', 'check_mail', 'pay']);
    const found = await people(system, input.email);
    expect(found).toHaveLength(1);
    expect(await salesOf(system, found[0]?.id ?? '')).toHaveLength(1);
    expect((await mailsTo(system, input.email)).map(({ template }) => template).toSorted()).toEqual(['existing-account', 'verify-email']);
  });

  it('I-21: an e-mail of the other tenant joins here as somebody new, and nobody learns of the other', async () => {
    const taken = mk.branches[0].member;
    const before = await people(await systemScopeOf(mk), taken.email);
    const { answer } = await join(ks, { email: taken.email });
    expect(answer.next).toBe('pay');
    expect(await people(await systemScopeOf(mk), taken.email)).toEqual(before);
    expect(await mailsTo(await systemScopeOf(mk), taken.email)).toHaveLength(0);
    expect(await people(system, taken.email)).toMatchObject([{ tenantId: ks.id }]);
  });

  it('S-08 one mailbox is one account, however it is written; what other programs might read as another address is refused', async () => {
    const { input } = await join(ks, { email: 'One.Mailbox@ks.example' });
    expect(input.email).toBe('One.Mailbox@ks.example');
    for (const email of ['one.mailbox@ks.example', ' ONE.MAILBOX@KS.EXAMPLE\t', 'one.MAILBOX@Ks.Example']) expect((await join(ks, { email })).answer).toMatchObject({ membershipId: null, next: 'check_mail' });
    const strange = [
      '"one.mailbox"@ks.example', 'one.mailbox＠ks.example', 'one.mailbox@ks.example.', 'one.mailbox.@ks.example', 'one..mailbox@ks.example', 'οne.mailbox@ks.example', 'one.maiIbox@ks.ехample', 'one.mailbox@ks.example,two@ks.example',
      'one.mailbox@ks.example\u0000', 'one.mailbox\u200b@ks.example', '"e@attacker.com"@ks.example', 'one.mailbox@ks。example', 'one.mailbox@[127.0.0.1]', 'One Mailbox <one.mailbox@ks.example>', 'one.mailbox@ks.example\r\nBcc: x@y.example', 'one.mailbox(x)@ks.example',
    ];
    for (const email of strange) await expect(join(ks, { email })).rejects.toMatchObject({ code: 'BAD_REQUEST', cause: { issues: expect.arrayContaining([expect.objectContaining({ path: ['email'] })]) as unknown } });
    const found = await withTenant(system, (tx) => tx.select({ email: user.signInEmail }).from(user).where(and(eq(user.tenantId, ks.id), sql`${user.signInEmail} ~* 'mailbox'`)));
    expect(found).toEqual([{ email: 'one.mailbox@ks.example' }]);
  });

  it('I-21: an e-mail of the own tenant keeps its password, and the answer has the shape of any other', async () => {
    const taken = ks.branches[0].member;
    const [before] = await people(system, taken.email);
    const { answer } = await join(ks, { email: taken.email });
    expect(answer).toEqual({ membershipId: null, paymentId: null, checkoutUrl: null, next: 'check_mail' });
    const [after] = await people(system, taken.email);
    expect(after).toEqual(before);
    expect((await mailsTo(system, taken.email)).map(({ template }) => template)).toEqual(['existing-account']);
  });
});

describe('the provider', () => {
  it('may be down: the sale stands, and the member opens the checkout later, the same one every time', async () => {
    const { PADDLE_API_BASE } = (await import('../env')).env;
    useTestSettings({ PADDLE_API_BASE: 'http://127.0.0.1:9' });
    const { input, answer } = await join(ks);
    useTestSettings({ PADDLE_API_BASE });
    expect(answer).toMatchObject({ next: 'pay', checkoutUrl: null });
    const paymentId = answer.paymentId ?? '';
    const [person] = await people(system, input.email);
    const member = callerFor(await scopeOf(ks, { id: person?.id ?? '', role: 'member' }));
    expect(await member.memberships.mine()).toMatchObject({ current: { status: 'pending' }, pendingPayment: { paymentId, checkoutUrl: null } });
    const urls = await Promise.all(Array.from({ length: 5 }, () => member.payments.checkout({ paymentId, idempotencyKey: newId() })));
    expect(new Set(urls.map(({ url }) => url)).size).toBe(1);
    expect(await member.payments.checkout({ paymentId })).toEqual(urls[0]);
    expect(await member.payments.status({ paymentId })).toMatchObject({ status: 'pending', membershipStatus: 'pending' });
  });
});
