import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { couponRedemptions, invoiceLines, invoices, memberships, payments, user } from '@interdomestik/db/schema';
import { newId, type RuleInput } from '@interdomestik/rules';
import { callerFor, deliver, enrolInputOf, eventOf, factsOf, joinInputOf, pendingSale, runJobs, scopeOf, systemScopeOf, transactionData, usePaddle, useWorld, visitorOf, type PendingSale, type TestTenant } from '../testing';
import { publishRule } from '../testing/publish';
import { refusalsOf } from '../testing/refusals';
import { releaseCouponJob } from './coupons';

const world = useWorld();
usePaddle(world);
let mk: TestTenant;
let ks: TestTenant;
let system: TenantScope;
const ofTenant = (tenant: TestTenant, extra: Partial<RuleInput<'products'>>): RuleInput<'products'> => ({ ...tenant.pack.rules.products, ...extra });
const coupon = (code: string, more: object = {}) => ({ code, titles: { en: code, sq: code }, reduction: { kind: 'percent' as const, percentBp: 1000 }, ...more });

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
  await publishRule(ks, 'products', 2, ofTenant(ks, { coupons: [coupon('ONCE', { maxUses: 1 }), coupon('LAST', { maxUses: 1 }), coupon('AGAIN', { maxUses: 1 }), coupon('FREE', { reduction: { kind: 'percent', percentBp: 10_000 } }), coupon('MANY')] }));
});

const join = async (changes: Record<string, unknown>, tenant = ks) => await callerFor(await visitorOf(tenant), { ip: newId() }).accounts.join(joinInputOf(tenant, changes));
const uses = (code: string) => withTenant(system, (tx) => tx.select().from(couponRedemptions).where(and(eq(couponRedemptions.tenantId, ks.id), eq(couponRedemptions.code, code))));
const event = (sale: PendingSale, status: string, minor: bigint) => deliver(ks, eventOf(`transaction.${status}`, transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status, minor })));
const work = () => runJobs(world.current.database);

describe('a coupon', () => {
  it("is the tenant's own: to the other one it is a word that nobody knows, and nothing is left behind", async () => {
    expect(await refusalsOf([join({ couponCode: 'MANY' }, mk), join({ couponCode: 'NOTHING' }, mk)])).toEqual(['INVALID errors.coupon.unknown', 'INVALID errors.coupon.unknown']);
    expect(await withTenant(await systemScopeOf(mk), (tx) => tx.select().from(couponRedemptions).where(eq(couponRedemptions.tenantId, mk.id)))).toHaveLength(0);
  });

  it('lowers the sale, is written with it, and is named in the receipt', async () => {
    const answer = await join({ couponCode: 'many', addons: ['roadside'] });
    const [used] = await uses('MANY');
    expect(used).toMatchObject({ membershipId: answer.membershipId, amountMinor: 320n, currency: 'EUR', releasedAt: null });
    const [sale] = await withTenant(system, (tx) => tx.select().from(memberships).where(and(eq(memberships.tenantId, ks.id), eq(memberships.id, answer.membershipId ?? ''))));
    expect(sale).toMatchObject({ priceMinor: 2880n, addonCodes: ['roadside'], people: 1, receipt: { inputs: { couponCode: 'MANY', addons: ['roadside'] }, outcome: { gross: { minor: '2880' }, list: '3200' } } });
    const [payment] = await withTenant(system, (tx) => tx.select().from(payments).where(and(eq(payments.tenantId, ks.id), eq(payments.id, answer.paymentId ?? ''))));
    expect(payment).toMatchObject({ amountMinor: 2880n, vatMinor: 439n });
  });

  it('may make a membership cost nothing, which is then active at once without a payment', async () => {
    expect(await join({ couponCode: 'FREE' })).toMatchObject({ next: 'done', paymentId: null });
    expect((await uses('FREE'))[0]).toMatchObject({ amountMinor: 2000n });
  });
});

describe('the last use', () => {
  it('of two sales at the same moment is one, and the loser keeps nothing', async () => {
    const before = await withTenant(system, (tx) => tx.select({ id: user.id }).from(user).where(eq(user.tenantId, ks.id)));
    const race = await Promise.allSettled(Array.from({ length: 4 }, () => join({ couponCode: 'LAST' })));
    expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of race) if (one.status === 'rejected') expect(one.reason).toMatchObject({ cause: { code: 'INVALID', field: 'couponCode', messageKey: 'errors.coupon.usedUp' } });
    expect(await uses('LAST')).toHaveLength(1);
    const after = await withTenant(system, (tx) => tx.select({ id: user.id }).from(user).where(eq(user.tenantId, ks.id)));
    expect(after.length - before.length).toBe(1);
    expect(await refusalsOf([(async () => callerFor(await visitorOf(ks), { ip: newId() }).plans.quote({ planCode: 'asistenca', couponCode: 'LAST' }))()])).toEqual(['INVALID errors.coupon.usedUp']);
  });

  it('is free again when the sale waited too long, and whoever then wants to pay it must find one left', async () => {
    const sale = await pendingSale(ks, { couponCode: 'ONCE' });
    await releaseCouponJob.run(system, { membershipId: sale.membershipId });
    await releaseCouponJob.run(system, { membershipId: sale.membershipId });
    expect(await uses('ONCE')).toMatchObject([{ releasedAt: expect.any(Date) as unknown }]);
    await expect(join({ couponCode: 'ONCE' })).resolves.toMatchObject({ next: 'pay' });
    const caller = callerFor(await scopeOf(ks, { id: sale.userId, role: 'member' }));
    await withTenant(system, (tx) => tx.update(payments).set({ checkoutUrl: null, providerTransactionId: null }).where(and(eq(payments.tenantId, ks.id), eq(payments.id, sale.paymentId))).then(() => undefined));
    await expect(caller.payments.checkout({ paymentId: sale.paymentId })).rejects.toMatchObject({ cause: { code: 'CONFLICT', messageKey: 'errors.coupon.usedUp' } });
  });

  it('is free again when the payment was cancelled for good, and taken again by who pays after all', async () => {
    const sale = await pendingSale(ks, { couponCode: 'AGAIN' });
    await event(sale, 'canceled', 1800n);
    await work();
    expect(await uses('AGAIN')).toMatchObject([{ releasedAt: expect.any(Date) as unknown }]);
    // the money is here at the agreed price, so the membership is too
    await event(sale, 'completed', 1800n);
    await work();
    expect(await factsOf(sale)).toMatchObject({ payment: { status: 'succeeded', amountMinor: 1800n }, membership: { status: 'active' } });
    expect(await uses('AGAIN')).toMatchObject([{ releasedAt: null }]);
    await releaseCouponJob.run(system, { membershipId: sale.membershipId });
    expect(await uses('AGAIN')).toMatchObject([{ releasedAt: null }]);
  });
});

describe('P-17 the price of a sale', () => {
  it('is the one that was shown, or a conflict; a repeat of a sale that was made gives its answer at any price', async () => {
    const visitor = await visitorOf(ks);
    // whoever asks does so at a moment of their own, after the rule came into force
    const site = () => callerFor(visitor, { ip: newId() });
    const input = joinInputOf(ks, { shown: { minor: '2000', currency: 'EUR' } });
    const first = await site().accounts.join(input);
    expect(await refusalsOf([site().accounts.join(joinInputOf(ks, { shown: { minor: '1999', currency: 'EUR' } }))])).toEqual(['CONFLICT errors.plan.priceChanged']);
    const products = ofTenant(ks, {});
    await publishRule(ks, 'products', 3, { ...products, plans: products.plans.map((plan) => (plan.code === 'asistenca' ? { ...plan, prices: [{ minor: '2500', currency: 'EUR' }] } : plan)) });
    expect(await site().accounts.join(input)).toMatchObject({ membershipId: first.membershipId, paymentId: first.paymentId });
    expect(await refusalsOf([site().accounts.join(joinInputOf(ks, { shown: { minor: '2000', currency: 'EUR' } }))])).toEqual(['CONFLICT errors.plan.priceChanged']);
    await expect(site().accounts.join(joinInputOf(ks, { shown: { minor: '2500', currency: 'EUR' } }))).resolves.toMatchObject({ next: 'pay' });
    const [sold] = await withTenant(system, (tx) => tx.select().from(memberships).where(and(eq(memberships.tenantId, ks.id), eq(memberships.id, first.membershipId ?? ''))));
    expect(sold).toMatchObject({ priceMinor: 2000n, receipt: { version: 2 } });
  });

  it('stands on the invoice line by line, what is taken off below nothing, and sums to what was paid', async () => {
    await publishRule(mk, 'products', 2, ofTenant(mk, { coupons: [{ code: 'MANY', titles: { mk: 'Многу', sq: 'Shumë', en: 'Many' }, reduction: { kind: 'percent', percentBp: 1000 } }] }));
    const agent = callerFor(await scopeOf(mk, mk.branches[0].agent));
    const wish = { planCode: 'asistenca', addons: ['roadside'], couponCode: 'MANY' };
    const price = await agent.enrolments.quote({ ...wish, method: 'cash' });
    expect(price).toMatchObject({ total: { minor: 177_120n, currency: 'MKD' }, withinCashLimit: true });
    const shown = { minor: price.total.minor, currency: 'MKD' as const };
    expect(await refusalsOf([agent.enrolments.enrol({ ...enrolInputOf(mk, wish), shown, amountTendered: { minor: 123_000n, currency: 'MKD' } })])).toEqual(['INVALID errors.money.tendered']);
    const input = { ...enrolInputOf(mk, wish), shown, amountTendered: shown };
    const sold = await agent.enrolments.enrol(input);
    expect(await agent.enrolments.enrol(input)).toEqual(sold);
    await withTenant(await systemScopeOf(mk), async (tx) => {
      const [invoice] = await tx.select().from(invoices).where(and(eq(invoices.tenantId, mk.id), eq(invoices.id, sold.invoiceId ?? '')));
      const lines = await tx.select().from(invoiceLines).where(and(eq(invoiceLines.tenantId, mk.id), eq(invoiceLines.invoiceId, sold.invoiceId ?? ''))).orderBy(invoiceLines.position);
      expect(lines.map(({ totalMinor }) => totalMinor)).toEqual([123_000n, 73_800n, -19_680n]);
      expect(lines[2]?.description).toEqual({ mk: 'Купон: Многу', sq: 'Kupon: Shumë' });
      expect([invoice?.totalMinor, invoice?.vatMinor]).toEqual([177_120n, 27_018n]);
      expect(lines.reduce((total, { vatMinor }) => total + vatMinor, 0n)).toBe(27_018n);
    });
    await work();
  });
});
