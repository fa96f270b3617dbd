import { and, desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { mails, sessions, user } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { callerFor, scopeOf, systemScopeOf, testPasswords, useWorld, visitorOf, type TestPerson, type TestTenant } from '../testing';
import { issueToken, type TokenPurpose } from './tokens';

const world = useWorld();
let mk: TestTenant;
let ks: TestTenant;
let system: TenantScope;

const site = async (tenant: TestTenant) => callerFor(await visitorOf(tenant));
const linkFor = (person: { id: string }, purpose: TokenPurpose, now = new Date()) => withTenant(system, (tx) => issueToken(tx, system, person.id, purpose, now));
const rowOf = async (person: { id: string }) => (await withTenant(system, (tx) => tx.select().from(user).where(and(eq(user.tenantId, ks.id), eq(user.id, person.id)))))[0];
const mailsOf = (person: { id: string }, template: string) =>
  withTenant(system, (tx) => tx.select({ text: mails.text }).from(mails).where(and(eq(mails.tenantId, ks.id), eq(mails.userId, person.id), eq(mails.template, template))).orderBy(desc(mails.createdAt)));
const signsIn = async (person: TestPerson, password: string) => await testPasswords.verify((await rowOf(person))?.passwordHash ?? null, password);
const next = 'seven swans a swimming';

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
});

describe('who is who', () => {
  it('nobody signed in is nobody; members and staff are told their own', async () => {
    await expect(callerFor(await visitorOf(ks)).accounts.me()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    const [branch] = ks.branches;
    expect(await callerFor(await scopeOf(ks, branch.member)).accounts.me()).toMatchObject({ kind: 'user', id: branch.member.id, reach: 'self', roles: ['member'], tenant: { slug: 'ks', currency: 'EUR' }, entry: null });
    expect(await callerFor(await scopeOf(ks, branch.manager)).accounts.me()).toMatchObject({ reach: 'branch', branch: { id: branch.id } });
    expect(await callerFor(await scopeOf(ks, ks.admin)).accounts.me()).toMatchObject({ reach: 'tenant', branch: null });
  });

  it('a profile is changed by its owner alone, and refused with the field', async () => {
    const [{ member }, other] = ks.branches;
    const caller = callerFor(await scopeOf(ks, member));
    const profile = { firstName: 'Driton', lastName: 'Gashi', phone: '045 200 300', address: 'Rr. e Re 3', city: 'Prizren', locale: 'sq' as const };
    const before = await rowOf(other.member);
    await caller.accounts.updateProfile(profile);
    expect(await caller.accounts.profile()).toMatchObject({ firstName: 'Driton', phone: '+38345200300', city: 'Prizren' });
    expect(await rowOf(other.member)).toEqual(before);
    expect((await rowOf(member))?.nameTokens).toContain('driton');
    await expect(caller.accounts.updateProfile({ ...profile, phone: 'no' })).rejects.toMatchObject({ cause: { field: 'phone', messageKey: 'errors.phone' } });
    await caller.accounts.changeLocale({ locale: 'en' });
    expect((await rowOf(member))?.locale).toBe('en');
  });
});

describe('links', () => {
  it('open once, for their purpose, in their tenant, and in time', async () => {
    const { member } = ks.branches[1];
    const refused = { cause: { messageKey: 'errors.link' } };
    const { token } = await linkFor(member, 'reset_password');
    await expect((await site(mk)).accounts.resetPassword({ token, password: next })).rejects.toMatchObject(refused);
    await expect((await site(ks)).accounts.verifyEmail({ token })).rejects.toMatchObject(refused);
    await expect((await site(ks)).accounts.acceptInvitation({ token, password: next })).rejects.toMatchObject(refused);
    await (await site(ks)).accounts.resetPassword({ token, password: next });
    await expect((await site(ks)).accounts.resetPassword({ token, password: 'another good phrase' })).rejects.toMatchObject(refused);
    expect(await signsIn(member, next)).toBe(true);
    const old = await linkFor(member, 'reset_password', new Date(Date.now() - 2 * 3_600_000));
    await expect((await site(ks)).accounts.resetPassword({ token: old.token, password: next })).rejects.toMatchObject(refused);
    const first = await linkFor(member, 'reset_password');
    await linkFor(member, 'reset_password');
    await expect((await site(ks)).accounts.resetPassword({ token: first.token, password: next })).rejects.toMatchObject(refused);
  });

  it('S-07 open for the purpose that they were made for and for no other, and nothing else opens as a link', async () => {
    const { manager } = ks.branches[1];
    const caller = callerFor(await visitorOf(ks), { ip: '203.0.113.40' });
    const uses: Readonly<Record<TokenPurpose, (token: string) => Promise<unknown>>> = {
      verify_email: (token) => caller.accounts.verifyEmail({ token }),
      reset_password: (token) => caller.accounts.resetPassword({ token, password: next }),
      invitation: async (token) => [await caller.accounts.invitation({ token }), await caller.accounts.acceptInvitation({ token, password: next })],
      change_email: (token) => caller.accounts.confirmEmailChange({ token }),
    };
    const purposes = Object.keys(uses) as TokenPurpose[];
    const refused = { code: 'BAD_REQUEST', cause: { messageKey: 'errors.link' } };
    for (const purpose of purposes) {
      const issued = await withTenant(system, (tx) => issueToken(tx, system, manager.id, purpose, new Date(), purpose === 'change_email' ? `moved-${newId()}@ks.example` : null));
      for (const other of purposes) if (other !== purpose) await expect(uses[other](issued.token)).rejects.toMatchObject(refused);
      await expect(uses[purpose](issued.token)).resolves.toBeDefined();
      for (const again of purposes) await expect(uses[again](issued.token)).rejects.toMatchObject(refused);
    }
    const scope = await scopeOf(ks, manager);
    const { ticket } = await callerFor(scope).secondFactor.begin();
    for (const strange of [scope.sessionId ?? '', ticket, ticket.slice(0, 43), manager.id, 'x'.repeat(43)]) for (const purpose of purposes) await expect(uses[purpose](strange)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('of a reset answer alike for everybody, and two at a time are used once', async () => {
    const { member } = ks.branches[0];
    const caller = await site(ks);
    expect(await caller.accounts.requestPasswordReset({ email: 'nobody@nowhere.example' })).toEqual(await caller.accounts.requestPasswordReset({ email: member.email }));
    await caller.accounts.requestPasswordReset({ email: member.email });
    await (await site(mk)).accounts.requestPasswordReset({ email: member.email });
    const sent = await mailsOf(member, 'password-reset');
    expect(sent).toHaveLength(1);
    const token = /token=([\w-]+)/u.exec(sent[0]?.text ?? '')?.[1] ?? '';
    const tries = await Promise.allSettled(Array.from({ length: 5 }, async () => (await site(ks)).accounts.resetPassword({ token, password: next })));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('of an invitation make a person of the staff who can sign in', async () => {
    const { agent } = ks.branches[1];
    await withTenant(system, (tx) => tx.update(user).set({ status: 'invited', signInEmail: null, passwordHash: null }).where(and(eq(user.tenantId, ks.id), eq(user.id, agent.id))));
    const { token } = await linkFor(agent, 'invitation');
    expect(await (await site(ks)).accounts.invitation({ token })).toEqual({ firstName: expect.any(String) as unknown, email: agent.email, role: 'agent', tenantName: ks.pack.tenant.name });
    await expect((await site(ks)).accounts.acceptInvitation({ token, password: 'password1' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await (await site(ks)).accounts.acceptInvitation({ token, password: next });
    expect(await rowOf(agent)).toMatchObject({ status: 'active', signInEmail: agent.email });
    await expect((await site(ks)).accounts.invitation({ token })).rejects.toMatchObject({ cause: { messageKey: 'errors.link' } });
    const again = await linkFor(agent, 'invitation');
    await withTenant(system, (tx) => tx.update(user).set({ status: 'disabled' }).where(and(eq(user.tenantId, ks.id), eq(user.id, agent.id))));
    await expect((await site(ks)).accounts.acceptInvitation({ token: again.token, password: next })).rejects.toMatchObject({ cause: { messageKey: 'errors.link' } });
  });
});

describe('sessions and passwords', () => {
  it('a new password ends every other browser at once, and needs the present one', async () => {
    const { member } = mk.branches[0];
    const here = await scopeOf(mk, member);
    const there = await scopeOf(mk, member);
    const caller = callerFor(here);
    await expect(caller.accounts.changePassword({ current: 'wrong', password: next })).rejects.toMatchObject({ cause: { field: 'current', messageKey: 'errors.password.wrong' } });
    await caller.accounts.changePassword({ current: member.password, password: next });
    const left = await caller.accounts.sessions();
    expect(left.map(({ id, current }) => [id, current])).toEqual([[here.sessionId, true]]);
    expect(left.some(({ id }) => id === there.sessionId)).toBe(false);
  });

  it('only the own sessions are seen and ended', async () => {
    const [a, b] = ks.branches;
    const mine = await scopeOf(ks, a.manager);
    const other = await scopeOf(ks, b.manager);
    const caller = callerFor(mine);
    await expect(caller.accounts.endSession({ id: other.sessionId ?? '' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await caller.accounts.sessions()).map(({ id }) => id)).not.toContain(other.sessionId);
    await callerFor(other).accounts.endSession({ id: other.sessionId ?? '' });
    const [row] = await withTenant(system, (tx) => tx.select({ revokedAt: sessions.revokedAt }).from(sessions).where(and(eq(sessions.tenantId, ks.id), eq(sessions.id, other.sessionId ?? ''))));
    expect(row?.revokedAt).not.toBeNull();
  });

  it('guessing the present password is stopped after five', async () => {
    const caller = callerFor(await scopeOf(mk, mk.branches[1].member));
    const codes: string[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      codes.push(await caller.accounts.changePassword({ current: `guess ${String(attempt)}`, password: next }).then(() => 'OK', (error: { code: string }) => error.code));
    }
    expect(codes).toEqual([...Array<string>(5).fill('BAD_REQUEST'), 'TOO_MANY_REQUESTS']);
  });
});
