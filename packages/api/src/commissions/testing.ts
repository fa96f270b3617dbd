import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect } from 'vitest';
import { chargebackLegs, divideHalfUp, money, newId, reversalLegs } from '@interdomestik/rules';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { commissionPayouts, commissions, memberships, payments } from '@interdomestik/db/schema';
import { balanceOfAccount, post } from '../ledger';
import { callerFor, scopeOf, systemScopeOf, type TestPerson, type TestTenant } from '../testing';
import { settleCommission } from './settle';

const minute = 60_000;
const vatBp = 1800n;
const shares = { new: 2000n, renewal: 1000n, upgrade: 1500n, business: 2500n } as const;
const leastPayout = 5000n;

/** One thing that happens; numbers are taken modulo what is there. */
export type Happening =
  | { readonly is: 'sale'; readonly agent: number; readonly price: number; readonly business: boolean }
  | { readonly is: 'refund'; readonly sale: number; readonly part: number }
  | { readonly is: 'dispute'; readonly sale: number }
  | { readonly is: 'again'; readonly sale: number }
  | { readonly is: 'approve'; readonly agent: number }
  | { readonly is: 'payOut'; readonly agents: readonly number[] };

const index = fc.nat({ max: 60 });
export const happenings: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ is: fc.constant('sale' as const), agent: index, price: fc.integer({ min: 1, max: 60_000 }), business: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('refund' as const), sale: index, part: fc.integer({ min: 1, max: 100 }) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('dispute' as const), sale: index }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('again' as const), sale: index }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('approve' as const), agent: index }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('payOut' as const), agents: fc.array(index, { minLength: 1, maxLength: 3 }) }) },
);

interface Sold {
  readonly id: string;
  readonly membershipId: string;
  readonly agent: number;
  readonly paid: bigint;
  readonly net: bigint;
  readonly share: bigint;
  refunded: bigint;
  disputed: boolean;
  disputes: number;
}

interface Line {
  readonly sale: string;
  readonly agent: number;
  readonly amount: bigint;
  approved: boolean;
  paid: boolean;
}

/** The plain model: what a sale earns now is a share of what stayed of it, and every change is a line. */
class Model {
  readonly sales: Sold[] = [];
  readonly lines: Line[] = [];
  readonly payouts: { agent: number; amount: bigint }[] = [];

  settle(sale: Sold): void {
    const back = sale.refunded + (sale.disputed ? sale.paid : 0n);
    const kept = back >= sale.paid ? 0n : back === 0n ? sale.net : (sale.net * (sale.paid - back)) / sale.paid;
    const of = this.lines.filter((line) => line.sale === sale.id);
    const difference = divideHalfUp(kept * sale.share, 10_000n) - of.reduce((total, { amount }) => total + amount, 0n);
    if (difference !== 0n) this.lines.push({ sale: sale.id, agent: sale.agent, amount: difference, approved: of.at(-1)?.approved ?? false, paid: false });
  }

  open(agent: number): Line[] {
    return this.lines.filter((line) => line.agent === agent && line.approved && !line.paid);
  }

  payOut(agent: number): void {
    const open = this.open(agent);
    const amount = open.reduce((total, line) => total + line.amount, 0n);
    if (amount < leastPayout) return;
    for (const line of open) line.paid = true;
    this.payouts.push({ agent, amount });
  }

  sum(agent: number, which: (line: Line) => boolean): bigint {
    return this.lines.filter((line) => line.agent === agent && which(line)).reduce((total, { amount }) => total + amount, 0n);
  }
}

/** Lives through the happenings with the product and with the model beside it, and finds entries, payouts and books equal. */
export async function liveThrough(tenant: TestTenant, agents: readonly TestPerson[], story: readonly Happening[]): Promise<void> {
  const system: TenantScope = await systemScopeOf(tenant);
  const admin = callerFor(await scopeOf(tenant, tenant.admin));
  const model = new Model();
  const at = <T>(all: readonly T[], n: number): T | undefined => (all.length === 0 ? undefined : all[n % all.length]);
  const settle = async (sale: Sold) => {
    // told twice at once, as a queue may
    await Promise.all([settleCommission(system, sale.id, new Date()), settleCommission(system, sale.id, new Date())]);
    model.settle(sale);
  };
  for (const one of story) {
    if (one.is === 'sale') {
      const agent = one.agent % agents.length;
      const paid = BigInt(one.price);
      const vat = divideHalfUp(paid * vatBp, 10_000n + vatBp);
      const sale: Sold = { id: newId(), membershipId: newId(), agent, paid, net: paid - vat, share: one.business ? shares.business : shares.new, refunded: 0n, disputed: false, disputes: 0 };
      await laySale(system, tenant, sale, { agentId: agents[agent]?.id ?? '', planCode: one.business ? 'business' : 'asistenca', vat });
      model.sales.push(sale);
      await settle(sale);
      continue;
    }
    if (one.is === 'approve') {
      const agent = one.agent % agents.length;
      await admin.commissions.approve({ agentIds: [agents[agent]?.id ?? ''], until: new Date() });
      for (const line of model.lines) if (line.agent === agent) line.approved = true;
      continue;
    }
    if (one.is === 'payOut') {
      const chosen = [...new Set(one.agents.map((n) => n % agents.length))];
      const input = { agentIds: chosen.map((n) => agents[n]?.id ?? ''), paidOn: '2026-01-05', until: new Date(), idempotencyKey: newId() };
      const owed = chosen.some((agent) => model.open(agent).length > 0);
      if (owed) expect(await admin.commissions.payOut(input)).toEqual(await admin.commissions.payOut(input));
      else await expect(admin.commissions.payOut(input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      for (const agent of chosen) model.payOut(agent);
      continue;
    }
    const sale = at(model.sales, one.sale);
    if (sale === undefined) continue;
    if (one.is === 'refund' && !sale.disputed) {
      sale.refunded += ((sale.paid - sale.refunded) * BigInt(one.part)) / 100n;
      await withTenant(system, (tx) => tx.update(payments).set({ refundedMinor: sale.refunded, status: sale.refunded === sale.paid ? 'refunded' : 'partly_refunded' }).where(and(eq(payments.tenantId, tenant.id), eq(payments.id, sale.id))));
    }
    if (one.is === 'dispute') await dispute(system, sale);
    await settle(sale);
  }
  await expectEqual(system, tenant, agents, model);
}

/** A sale that was paid by card, as its rows say it: nothing is booked for it yet. */
export async function laySale(system: TenantScope, tenant: TestTenant, { id, membershipId, paid }: Pick<Sold, 'id' | 'membershipId' | 'paid'>, { agentId, planCode, vat, branch = 0 }: { agentId: string; planCode: string; vat: bigint; branch?: 0 | 1 }): Promise<void> {
  const { member, id: branchId } = tenant.branches[branch];
  const now = new Date(Date.now() - 5 * minute);
  const owner = { tenantId: tenant.id, userId: member.id, branchId };
  await withTenant(system, async (tx) => {
    // the first purchase of a person each time: nothing else of the member began before it
    await tx.insert(memberships).values({ ...owner, id: membershipId, sellerId: agentId, planCode, channel: 'agent', status: 'active', startsOn: '2021-01-01', endsOn: '2022-01-01', priceMinor: paid, currency: 'EUR', activatedAt: new Date('2021-01-01T00:00:00Z') });
    await tx.insert(payments).values({ ...owner, id, membershipId, paymentAccountId: tenant.card.id, method: 'card', status: 'succeeded', amountMinor: paid, vatMinor: vat, currency: 'EUR', taxDocumentIssuer: 'provider', providerTransactionId: `txn_${id}`, paidAt: now });
  });
}

/** The bank takes the whole away, or gives it back when it had. */
async function dispute(system: TenantScope, sale: Sold): Promise<void> {
  const { branchId } = await withTenant(system, async (tx) => (await tx.select({ branchId: payments.branchId }).from(payments).where(and(eq(payments.tenantId, system.tenantId), eq(payments.id, sale.id))))[0] ?? { branchId: '' });
  const legs = chargebackLegs({ gross: money(sale.paid, 'EUR'), tax: money(sale.paid - sale.net, 'EUR') });
  if (!sale.disputed) sale.disputes += 1;
  await withTenant(system, (tx) => post(tx, system, {
    kind: sale.disputed ? 'reversal' : 'chargeback', branchId, source: { type: 'payment', id: sale.id }, occurredAt: new Date(), legs: sale.disputed ? reversalLegs(legs) : legs,
    effectKey: `payment:${sale.id}:${sale.disputed ? 'chargeback_reversal' : 'chargeback'}:adj${String(sale.disputes)}`,
  }));
  sale.disputed = !sale.disputed;
}

async function expectEqual(system: TenantScope, tenant: TestTenant, agents: readonly TestPerson[], model: Model): Promise<void> {
  for (const [agent, { id }] of agents.entries()) {
    const found = await withTenant(system, async (tx) => ({
      entries: await tx.select().from(commissions).where(and(eq(commissions.tenantId, tenant.id), eq(commissions.agentId, id))),
      payouts: await tx.select({ amount: commissionPayouts.amountMinor }).from(commissionPayouts).where(and(eq(commissionPayouts.tenantId, tenant.id), eq(commissionPayouts.agentId, id))).orderBy(commissionPayouts.code),
      owed: await balanceOfAccount(tx, system, 'commissionsPayable', 'EUR', id),
    }));
    const inOrder = (all: readonly string[]) => all.toSorted();
    expect(inOrder(found.entries.map((row) => `${row.paymentId} ${String(row.amountMinor)} ${row.approvedAt === null ? 'pending' : row.payoutId === null ? 'approved' : 'paid'}`)))
      .toEqual(inOrder(model.lines.filter((line) => line.agent === agent).map((line) => `${line.sale} ${String(line.amount)} ${!line.approved ? 'pending' : !line.paid ? 'approved' : 'paid'}`)));
    expect(found.payouts.map(({ amount }) => amount)).toEqual(model.payouts.filter((payout) => payout.agent === agent).map(({ amount }) => amount));
    expect(found.owed.minor).toBe(model.sum(agent, (line) => !line.paid));
    const { totals } = await callerFor(await scopeOf(tenant, agents[agent] ?? tenant.admin)).commissions.account();
    expect(totals.every(({ agrees }) => agrees)).toBe(true);
  }
}
