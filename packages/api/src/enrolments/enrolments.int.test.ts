import { and, eq, inArray, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import {
  cards, cashReceipts, consents, invoiceLines, invoices, leads, ledgerEntries, ledgerTransactions, mails, memberships, notifications, numberSeries, payments, tenantSettings, user, userRoles,
} from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { env } from '../env';
import { forgetRules } from '../settings/rules';
import { adminSql, callerFor, enrolInputOf, scopeOf, systemScopeOf, usePaddle, useTestSettings, useWorld, type TestTenant } from '../testing';

const world = useWorld();
usePaddle(world);

let ks: TestTenant;
let mk: TestTenant;
let system: TenantScope;
let agent: TenantScope;
const sell = async (scope: TenantScope, changes: Record<string, unknown> = {}, tenant: TestTenant = ks) => {
  const input = enrolInputOf(tenant, changes);
  return { input, answer: await callerFor(scope).enrolments.enrol(input) };
};
const rowsOf = (userId: string) => withTenant(system, async (tx) => ({
  people: await tx.select().from(user).where(and(eq(user.tenantId, ks.id), eq(user.id, userId))),
  roles: await tx.select().from(userRoles).where(and(eq(userRoles.tenantId, ks.id), eq(userRoles.userId, userId))),
  memberships: await tx.select().from(memberships).where(and(eq(memberships.tenantId, ks.id), eq(memberships.userId, userId))),
  payments: await tx.select().from(payments).where(and(eq(payments.tenantId, ks.id), eq(payments.userId, userId))),
  receipts: await tx.select().from(cashReceipts).where(and(eq(cashReceipts.tenantId, ks.id), eq(cashReceipts.userId, userId))),
  invoices: await tx.select().from(invoices).where(and(eq(invoices.tenantId, ks.id), eq(invoices.userId, userId))),
  lines: await tx.select().from(invoiceLines).where(and(eq(invoiceLines.tenantId, ks.id), eq(invoiceLines.userId, userId))),
  cards: await tx.select().from(cards).where(and(eq(cards.tenantId, ks.id), eq(cards.userId, userId))),
  consents: await tx.select().from(consents).where(and(eq(consents.tenantId, ks.id), eq(consents.userId, userId))),
  mails: await tx.select().from(mails).where(and(eq(mails.tenantId, ks.id), eq(mails.userId, userId))),
  told: await tx.select().from(notifications).where(and(eq(notifications.tenantId, ks.id), eq(notifications.userId, userId))),
}));
const count = (scope: TenantScope) => withTenant(scope, async (tx) => {
  const { rows } = await tx.execute<Record<string, string>>(sql`select (select count(*) from "user" where tenant_id = ${scope.tenantId}) people, (select count(*) from payments where tenant_id = ${scope.tenantId}) payments,
    (select count(*) from invoices where tenant_id = ${scope.tenantId}) invoices, (select count(*) from ledger_entries where tenant_id = ${scope.tenantId}) entries, (select count(*) from mails where tenant_id = ${scope.tenantId}) mails,
    (select coalesce(sum(last_number), 0) from number_series where tenant_id = ${scope.tenantId}) numbers, (select count(*) from pgboss.job) jobs`);
  return rows[0];
});

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
  agent = await scopeOf(ks, ks.branches[0].agent);
});

describe('who may not', () => {
  it('members and promoters sell nothing, and see no prices of sellers', async () => {
    for (const person of [ks.branches[0].member, ks.promoter]) {
      const caller = callerFor(await scopeOf(ks, person));
      await expect(caller.enrolments.enrol(enrolInputOf(ks))).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(caller.enrolments.plans()).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(caller.enrolments.quote({ planCode: 'asistenca', method: 'cash' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(callerFor(null).enrolments.enrol(enrolInputOf(ks))).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('I-16 tenant, branch, role, price and status of an input are never taken', async () => {
    const extra = { tenantId: mk.id, branchId: ks.branches[1].id, role: 'tenant_admin', userId: ks.admin.id, status: 'disabled', price: { minor: 1n, currency: 'EUR' }, agentId: ks.admin.id };
    const { answer } = await sell(agent, extra);
    const made = await rowsOf(answer.memberId);
    expect(made.people[0]).toMatchObject({ tenantId: ks.id, branchId: ks.branches[0].id, agentId: ks.branches[0].agent.id, status: 'invited' });
    expect(made.roles).toMatchObject([{ role: 'member', branchId: null }]);
    expect(made.payments[0]?.amountMinor).toBe(2000n);
  });

  it('another tenant and another branch see nothing of the sale', async () => {
    const { answer } = await sell(agent);
    const stranger = callerFor(await scopeOf(mk, mk.admin));
    const neighbour = callerFor(await scopeOf(ks, ks.branches[1].manager));
    for (const caller of [stranger, neighbour, callerFor(await scopeOf(ks, ks.branches[1].agent))]) {
      await expect(caller.invoices.get({ id: answer.invoiceId ?? '' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await caller.cash.list({ limit: 100 })).items.some(({ id }) => id === answer.receiptId)).toBe(false);
      await expect(caller.members.get({ id: answer.memberId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('a lead of somebody else is not there', async () => {
    const leadId = newId();
    await withTenant(system, (tx) => tx.insert(leads).values({ tenantId: ks.id, id: leadId, branchId: ks.branches[1].id, ownerId: ks.branches[1].agent.id, firstName: 'Lead' }).then(() => undefined));
    const before = await count(system);
    await expect(sell(agent, { leadId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(callerFor(await scopeOf(mk, mk.admin)).enrolments.enrol(enrolInputOf(mk, { leadId }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await count(system)).toEqual(before);
  });
});

describe('a cash sale', () => {
  it('is one transaction with everything that belongs to it', async () => {
    const { input, answer } = await sell(agent, { firstName: 'Çlirim', lastName: 'Gashi' });
    const made = await rowsOf(answer.memberId);
    expect(answer).toMatchObject({ memberNumber: expect.stringMatching(/^MEM-XK-\d{6}$/u) as unknown, receiptCode: expect.stringMatching(/^P-\d{4}-\d{6}$/u) as unknown, invoiceCode: expect.stringMatching(/^F-\d{4}-\d{6}$/u) as unknown, payLink: null });
    expect(made.people[0]).toMatchObject({ firstName: 'Çlirim', nameTokens: 'clirim gasi', signInEmail: input.email, passwordHash: null, memberNumber: answer.memberNumber });
    expect(made.memberships).toMatchObject([{ status: 'active', sellerId: ks.branches[0].agent.id, channel: 'agent', priceMinor: 2000n }]);
    expect(made.payments).toMatchObject([{ status: 'succeeded', method: 'cash', amountMinor: 2000n, vatMinor: 305n, taxDocumentIssuer: 'tenant', collectedBy: ks.branches[0].agent.id }]);
    expect(made.receipts).toMatchObject([{ status: 'collected', agentId: ks.branches[0].agent.id, amountMinor: 2000n, code: answer.receiptCode }]);
    expect(made.invoices).toMatchObject([{ id: answer.invoiceId, status: 'paid', netMinor: 1695n, vatMinor: 305n, totalMinor: 2000n, seller: { demo: true, legalName: 'Interdomestik Demo SH.P.K.' }, buyer: { name: 'Çlirim Gashi', memberNumber: answer.memberNumber } }]);
    expect(made.lines).toMatchObject([{ position: 0, quantity: 1, vatRateBp: 1800, netMinor: 1695n, vatMinor: 305n, totalMinor: 2000n }]);
    expect(made.cards).toHaveLength(1);
    expect(made.consents).toHaveLength(3);
    expect(made.mails.map(({ template }) => template).toSorted()).toEqual(['invoice-issued', 'member-invitation', 'welcome-membership']);
    expect(made.told.map(({ kind }) => kind).toSorted()).toEqual(['invoice.issued', 'membership.activated']);
    const posted = await withTenant(system, (tx) => tx.select({ amount: ledgerEntries.amountMinor, party: ledgerEntries.partyId }).from(ledgerEntries)
      .innerJoin(ledgerTransactions, and(eq(ledgerTransactions.tenantId, ledgerEntries.tenantId), eq(ledgerTransactions.id, ledgerEntries.transactionId)))
      .where(and(eq(ledgerTransactions.tenantId, ks.id), eq(ledgerTransactions.sourceId, answer.paymentId ?? ''))).orderBy(ledgerEntries.position));
    expect(posted).toEqual([{ amount: 2000n, party: ks.branches[0].agent.id }, { amount: -1695n, party: null }, { amount: -305n, party: null }]);
  });

  it('in MK is taken in denars of the cash price list', async () => {
    const { answer } = await sell(await scopeOf(mk, mk.branches[1].agent), {}, mk);
    const invoice = await callerFor(await scopeOf(mk, mk.branches[1].agent)).invoices.get({ id: answer.invoiceId ?? '' });
    expect(invoice).toMatchObject({ total: { minor: 123_000n, currency: 'MKD' }, vat: { minor: 18_763n }, languages: ['mk', 'sq'] });
  });

  it('enrols a person without an e-mail, who is active and gets no mail', async () => {
    const { answer } = await sell(agent, { email: '' });
    const made = await rowsOf(answer.memberId);
    expect(made.people[0]).toMatchObject({ email: null, signInEmail: null, status: 'active' });
    expect(made.mails).toEqual([]);
  });

  it('a tenant admin sells for the default branch, a manager for the own and without an agent', async () => {
    const byAdmin = await sell(await scopeOf(ks, ks.admin));
    expect((await rowsOf(byAdmin.answer.memberId)).people[0]).toMatchObject({ branchId: ks.branches[0].id, agentId: null });
    const byManager = await sell(await scopeOf(ks, ks.branches[1].manager), { planCode: 'business' });
    const made = await rowsOf(byManager.answer.memberId);
    expect(made.people[0]).toMatchObject({ branchId: ks.branches[1].id, agentId: null });
    expect(made.memberships[0]).toMatchObject({ sellerId: ks.branches[1].manager.id, planCode: 'business' });
  });

  it('counts for a referral code and converts the seller’s lead', async () => {
    const leadId = newId();
    await withTenant(system, (tx) => tx.insert(leads).values({ tenantId: ks.id, id: leadId, branchId: ks.branches[0].id, ownerId: ks.branches[0].agent.id, firstName: 'Lead' }).then(() => undefined));
    const { answer } = await sell(agent, { leadId, referralCode: ks.promoterCode.toLowerCase() });
    const made = await rowsOf(answer.memberId);
    expect(made.memberships[0]?.referralCodeId).not.toBeNull();
    expect(made.people[0]?.branchId).toBe(ks.branches[0].id);
    const [lead] = await withTenant(system, (tx) => tx.select().from(leads).where(and(eq(leads.tenantId, ks.id), eq(leads.id, leadId))));
    expect(lead).toMatchObject({ status: 'converted', userId: answer.memberId });
    await expect(sell(agent, { leadId })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('a sale is refused, and nothing half-written stays', () => {
  const refusals: [string, Record<string, unknown>, string, string][] = [
    ['the wrong amount', { amountTendered: { currency: 'EUR', minor: '1999' } }, 'amountTendered', 'errors.money.tendered'],
    ['another currency', { amountTendered: { currency: 'MKD', minor: '2000' } }, 'amountTendered', 'errors.money.tendered'],
    ['cash for a plan that costs nothing', { planCode: 'free_start', amountTendered: { currency: 'EUR', minor: '1' } }, 'amountTendered', 'errors.money.tendered'],
    ['an unknown plan', { planCode: 'gold', amountTendered: { currency: 'EUR', minor: '1' } }, 'planCode', 'errors.plan.unknown'],
    ['a plan that agents do not sell', { planCode: 'group', amountTendered: { currency: 'EUR', minor: '1' } }, 'planCode', 'errors.plan.channel'],
    ['an unknown referral code', { referralCode: 'NOBODY' }, 'referralCode', 'errors.referral'],
    ['a child', { birthDate: '01.01.2020' }, 'birthDate', 'errors.birthDate.tooYoung'],
    ['a wrong phone', { phone: '12' }, 'phone', 'errors.phone'],
    ['a wrong personal number', { personalNumber: '123' }, 'personalNumber', 'errors.personalNumber.length'],
  ];
  it.each(refusals)('%s', async (_, changes, field, messageKey) => {
    const input = changes['planCode'] === undefined ? enrolInputOf(ks, changes) : { ...enrolInputOf(ks), ...changes };
    const before = await count(system);
    await expect(callerFor(agent).enrolments.enrol(input)).rejects.toMatchObject({ cause: { field, messageKey } });
    expect(await count(system)).toEqual(before);
  });

  it('an old version of the terms', async () => {
    const consents = { terms: { accepted: true, version: 7 }, privacy: { accepted: true, version: 1 }, marketing: false };
    await expect(sell(agent, { consents })).rejects.toMatchObject({ cause: { code: 'CONFLICT', messageKey: 'errors.consent.outdated' } });
  });

  it('the same person twice, on the field that says so, also from another branch; the other tenant does not matter', async () => {
    const { input } = await sell(agent);
    const other = await scopeOf(ks, ks.branches[1].agent);
    const before = await count(system);
    await expect(sell(other, { personalNumber: input.personalNumber })).rejects.toMatchObject({ cause: { code: 'CONFLICT', field: 'personalNumber', messageKey: 'errors.personalNumber.taken' } });
    await expect(sell(other, { email: input.email })).rejects.toMatchObject({ cause: { code: 'CONFLICT', field: 'email', messageKey: 'errors.account.emailTaken' } });
    expect(await count(system)).toEqual(before);
    await expect(sell(await scopeOf(mk, mk.branches[0].agent), { email: input.email }, mk)).resolves.toBeDefined();
  });

  it('an amount above the cash limit of the tenant, published a moment ago', async () => {
    const limits = { ...ks.pack.rules.limits, cashPerPayment: [{ minor: '1999', currency: 'EUR' }] };
    const from = new Date(Date.now() - 1000);
    await withTenant(system, (tx) => tx.insert(tenantSettings).values({ tenantId: ks.id, id: newId(), kind: 'limits', version: 2, status: 'published', value: limits, effectiveFrom: from, publishedAt: from }).then(() => undefined));
    forgetRules(ks.id);
    try {
      await expect(sell(agent)).rejects.toMatchObject({ cause: { code: 'INVALID', field: 'payment', messageKey: 'errors.cash.limit', params: { minor: '1999' } } });
      expect(await callerFor(agent).enrolments.quote({ planCode: 'asistenca', method: 'cash' })).toMatchObject({ withinCashLimit: false, cashLimit: { minor: 1999n } });
    } finally {
      await withTenant(system, (tx) => tx.update(tenantSettings).set({ status: 'withdrawn' }).where(and(eq(tenantSettings.tenantId, ks.id), eq(tenantSettings.kind, 'limits'), eq(tenantSettings.version, 2))).then(() => undefined));
      forgetRules(ks.id);
    }
  });

  it('cash in production while the legal details are demo values', async () => {
    useTestSettings({ APP_ENV: 'production' });
    try {
      const before = await count(system);
      await expect(sell(agent)).rejects.toMatchObject({ cause: { code: 'CONFLICT', messageKey: 'errors.invoice.demoLegalDetails' } });
      expect(await count(system)).toEqual(before);
    } finally {
      useTestSettings();
    }
    expect(env.APP_ENV).toBe('test');
  });
});

describe('a pay link', () => {
  it('leaves membership and payment pending, opens the checkout and mails its address', async () => {
    const { input, answer } = await sell(agent, { payment: 'pay_link', amountTendered: undefined });
    expect(answer).toMatchObject({ memberNumber: null, receiptCode: null, invoiceCode: null, payLink: expect.stringMatching(/^http/u) as unknown });
    const made = await rowsOf(answer.memberId);
    expect(made.memberships).toMatchObject([{ status: 'pending', startsOn: null }]);
    expect(made.payments).toMatchObject([{ status: 'pending', method: 'card', amountMinor: 2000n, checkoutUrl: answer.payLink }]);
    expect(made.invoices).toEqual([]);
    const link = made.mails.find(({ template }) => template === 'payment-link');
    expect(link).toMatchObject({ toEmail: input.email });
    expect(link?.text).toContain(answer.payLink);
  });

  it('for a plan that costs nothing is active at once, with nothing to pay', async () => {
    const { answer } = await sell(agent, { planCode: 'free_start', payment: 'pay_link', amountTendered: undefined });
    expect(answer).toMatchObject({ paymentId: null, payLink: null, memberNumber: expect.any(String) as unknown });
    expect((await rowsOf(answer.memberId)).memberships).toMatchObject([{ status: 'active' }]);
  });
});

describe('a sale happens once', () => {
  it('P-16 eight clicks at once are one sale with one answer', async () => {
    const input = enrolInputOf(ks);
    const answers = await Promise.all(Array.from({ length: 8 }, () => callerFor(agent).enrolments.enrol(input)));
    expect(new Set(answers.map(({ memberId, invoiceCode }) => `${memberId} ${String(invoiceCode)}`)).size).toBe(1);
    const made = await rowsOf(answers[0]?.memberId ?? '');
    expect([made.people, made.memberships, made.payments, made.receipts, made.invoices, made.cards].map(({ length }) => length)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await callerFor(agent).enrolments.enrol(input)).toEqual(answers[0]);
  });

  it('P-16 the same key with another payload is refused', async () => {
    const { input } = await sell(agent);
    await expect(sell(agent, { idempotencyKey: input.idempotencyKey })).rejects.toMatchObject({ cause: { code: 'CONFLICT', messageKey: 'errors.idempotency.mismatch' } });
  });

  it('P-16 two tabs with keys of their own sell once; the others are told which field', async () => {
    const input = enrolInputOf(ks, { email: '' });
    const before = await count(system);
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => callerFor(agent).enrolments.enrol({ ...input, idempotencyKey: newId() })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ cause: { code: 'CONFLICT', field: 'personalNumber' } });
    const after = await count(system);
    expect(Number(after?.['people']) - Number(before?.['people'])).toBe(1);
    expect(Number(after?.['invoices']) - Number(before?.['invoices'])).toBe(1);
  });

  it('P-14 eight sellers at once take gapless numbers, and refused sales leave no hole', async () => {
    const sellers = await Promise.all([ks.branches[0].agent, ks.branches[1].agent, ks.branches[0].manager, ks.branches[1].manager].map((person) => scopeOf(ks, person)));
    const known = enrolInputOf(ks);
    await callerFor(agent).enrolments.enrol(known);
    const results = await Promise.allSettled(Array.from({ length: 24 }, (_, index) => {
      const scope = sellers[index % sellers.length] ?? agent;
      return callerFor(scope).enrolments.enrol(enrolInputOf(ks, index % 4 === 3 ? { email: known.email } : {}));
    }));
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(6);
    const numbers = await withTenant(system, (tx) => tx.select({ number: invoices.number, issuedAt: invoices.issuedAt, issuedOn: invoices.issuedOn }).from(invoices).where(eq(invoices.tenantId, ks.id)).orderBy(invoices.number));
    expect(numbers.map(({ number }) => number)).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers.map(({ issuedAt }) => issuedAt.getTime())).toEqual(numbers.map(({ issuedAt }) => issuedAt.getTime()).toSorted((a, b) => a - b));
    const receipts = await withTenant(system, (tx) => tx.select({ code: cashReceipts.code }).from(cashReceipts).where(eq(cashReceipts.tenantId, ks.id)).orderBy(cashReceipts.code));
    expect(receipts.map(({ code }) => Number(code.slice(-6)))).toEqual(receipts.map((_, index) => index + 1));
    const series = await withTenant(system, (tx) => tx.select().from(numberSeries).where(and(eq(numberSeries.tenantId, ks.id), inArray(numberSeries.series, ['F', 'P']))));
    expect(Object.fromEntries(series.map((row) => [row.series, row.lastNumber]))).toEqual({ F: numbers.length, P: receipts.length });
  });

  it('P-17 the price is the rule’s of the moment, and what was sold keeps its own', async () => {
    const { answer } = await sell(agent);
    const [invoice] = (await rowsOf(answer.memberId)).invoices;
    expect(invoice?.receipt).toMatchObject({ quote: { kind: 'products', version: 1 }, rules: { invoicing: 1, tax: 1 } });
    await expect(adminSql(world.current.database.adminUrl, `update invoices set total_minor = 1 where id = $1`, [answer.invoiceId])).rejects.toThrow(/does not change/u);
    await expect(adminSql(world.current.database.adminUrl, `delete from invoices where id = $1`, [answer.invoiceId])).rejects.toThrow(/append-only/u);
  });
});
