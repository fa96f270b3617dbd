import { and, asc, eq, inArray, isNotNull, isNull, lte } from 'drizzle-orm';
import { commissionPaidLegs, forbidden, formatMoney, formatNumber, invalid, isPayable, money, newId, notFound, parseNumberPattern, partsOf, payoutReceipt, reversalLegs, todayIn, type DateOnly, type Money, type ResolvedRule } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { commissionPayouts, commissions, user } from '@interdomestik/db/schema';
import { once } from '../idempotency';
import { staffOf } from '../cash/cashier';
import { enqueue } from '../jobs/queue';
import { post } from '../ledger';
import { notify } from '../notifications';
import { takeNumber } from '../numbering';
import { ruleOf } from '../settings/rules';
import { localeOfPerson, totalsByPerson, type Entry } from './approve';
import { renderStatementJob } from './statement';

export interface PayOutInput {
  readonly agentIds: readonly string[];
  readonly paidOn: DateOnly;
  readonly reference?: string | undefined;
  /** What was approved later was not seen and stays for the next time. */
  readonly until: Date;
  readonly idempotencyKey: string;
}

export interface PaidOut {
  readonly payouts: { readonly id: string; readonly code: string; readonly agentId: string; readonly amount: Money }[];
  /** What is owed and stays below the least payout; it is carried forward. */
  readonly carried: { readonly agentId: string; readonly amount: Money }[];
}

type Group = ReturnType<typeof totalsByPerson>[number];

async function branchOfPayee(tx: Tx, scope: TenantScope, { agentId, entries }: Group): Promise<string> {
  const [row] = await tx.select({ branchId: user.branchId }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, agentId)));
  const branchId = row?.branchId ?? entries[0]?.branchId;
  if (branchId === undefined) throw new Error('a payout without entries');
  return branchId;
}

/** Books what leaves the bank, in the branches whose sales earned it. Where more went back than was earned, the branch's part is turned round. */
async function postByBranch(tx: Tx, scope: TenantScope, payout: { readonly id: string; readonly agentId: string }, entries: readonly Entry[], now: Date): Promise<void> {
  const byBranch = new Map<string, bigint>();
  for (const { branchId, amountMinor } of entries) byBranch.set(branchId, (byBranch.get(branchId) ?? 0n) + amountMinor);
  const [first] = entries;
  if (first === undefined) return;
  const currency = first.currency as Money['currency'];
  for (const [branchId, minor] of byBranch) {
    if (minor === 0n) continue;
    const legs = minor > 0n ? commissionPaidLegs(money(minor, currency)) : reversalLegs(commissionPaidLegs(money(-minor, currency)));
    await post(tx, scope, {
      kind: 'commission_paid', branchId, source: { type: 'commission_payout', id: payout.id }, effectKey: `commission_payout:${payout.id}:${branchId}`, occurredAt: now, legs, parties: { commissionsPayable: payout.agentId },
    });
  }
}

async function payOne(tx: Tx, scope: TenantScope, group: Group, batch: { readonly id: string; readonly me: string; readonly input: PayOutInput; readonly rule: ResolvedRule<'commissions'>; readonly now: Date }): Promise<PaidOut['payouts'][number]> {
  const { me, input, rule, now } = batch;
  const { agentId, amount, entries } = group;
  const id = newId();
  const branchId = await branchOfPayee(tx, scope, group);
  const { year } = partsOf(input.paidOn);
  const { payoutPattern } = rule.value;
  const n = await takeNumber(tx, scope, 'payout', parseNumberPattern(payoutPattern).perYear ? year : 0);
  const code = formatNumber(payoutPattern, { country: scope.tenant.countryCode, year, n });
  await tx.insert(commissionPayouts).values({
    tenantId: scope.tenantId, id, branchId, agentId, batchId: batch.id, code, amountMinor: amount.minor, currency: amount.currency, entries: entries.length, paidOn: input.paidOn, reference: input.reference ?? null, paidBy: me,
    receipt: payoutReceipt(rule, amount), createdAt: now,
  });
  await tx.update(commissions).set({ payoutId: id, updatedAt: now }).where(and(eq(commissions.tenantId, scope.tenantId), inArray(commissions.id, entries.map((entry) => entry.id))));
  await postByBranch(tx, scope, { id, agentId }, entries, now);
  await notify(tx, scope, { userId: agentId, kind: 'commission.paid', params: { amount: formatMoney(amount, await localeOfPerson(tx, scope, agentId)), code }, href: '/commissions?view=payouts', effectKey: `commission_payout:${id}:paid` });
  await enqueue(tx, scope, renderStatementJob, { payoutId: id });
  return { id, code, agentId, amount };
}

/**
 * Pays out what is approved and owed to the named people: one payout with a statement for each person and currency that reaches the least payout of the rule; what stays below is carried forward, and so is what
 * somebody owes because more went back than was earned. Entries are locked, so that two who pay at once pay each entry once; a repeat with the same key gives the same answer. For people of the whole tenant. Throws
 * FORBIDDEN for others, INVALID for a day to come, NOT_FOUND where nothing is approved and owed.
 */
export async function payOutCommissions(asker: TenantScope, input: PayOutInput, now: Date): Promise<PaidOut> {
  const me = staffOf(asker);
  if (asker.reach.kind !== 'tenant') throw forbidden();
  if (input.paidOn > todayIn(asker.tenant.timeZone, now)) throw invalid('paidOn', 'errors.commission.future');
  const scope = inAction(asker, 'commissions.payOut');
  const rule = await ruleOf(scope, 'commissions', now);
  const { idempotencyKey, ...payload } = input;
  return await withTenant(scope, (tx) => once(tx, scope, { operation: 'commissions.payOut', key: idempotencyKey, payload }, async () => {
    const open = await tx.select().from(commissions)
      .where(and(eq(commissions.tenantId, scope.tenantId), inArray(commissions.agentId, [...input.agentIds]), isNotNull(commissions.approvedAt), isNull(commissions.payoutId), lte(commissions.approvedAt, input.until)))
      .orderBy(asc(commissions.id)).for('no key update');
    if (open.length === 0) throw notFound();
    const batch = { id: newId(), me, input, rule, now };
    const payouts: PaidOut['payouts'] = [];
    const carried: PaidOut['carried'] = [];
    for (const group of totalsByPerson(open)) {
      if (isPayable(rule.value, group.amount) && group.amount.minor > 0n) payouts.push(await payOne(tx, scope, group, batch));
      else if (group.amount.minor !== 0n) carried.push({ agentId: group.agentId, amount: group.amount });
    }
    return { payouts, carried };
  }));
}
