import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { allocate, chartOfAccounts, conflict, money, providerPayoutLegs, type Money } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { bankLines, ledgerAccounts, ledgerEntries, paymentAccounts } from '@interdomestik/db/schema';
import { post } from '../ledger';
import { moneyOf } from '../memberships/service';
import { paysOut } from '../vendors/paddle';
import { ofLine, type BankLine } from './assign';

/** What the card provider owes a branch: with the tax that it pays itself, and without. */
interface Owed {
  readonly branchId: string;
  readonly net: bigint;
  readonly tax: bigint;
}

const receivable = chartOfAccounts.providerReceivable.code;
const taxOfProvider = chartOfAccounts.providerTax.code;

async function owedIn(tx: Tx, scope: TenantScope, currency: Money['currency']): Promise<Owed[]> {
  const of = (code: string) => sql<string>`coalesce(sum(${ledgerEntries.amountMinor}) filter (where ${ledgerAccounts.code} = ${code}), 0)::text`;
  const rows = await tx.select({ branchId: ledgerEntries.branchId, receivable: of(receivable), tax: of(taxOfProvider) }).from(ledgerEntries)
    .innerJoin(ledgerAccounts, and(eq(ledgerAccounts.tenantId, ledgerEntries.tenantId), eq(ledgerAccounts.id, ledgerEntries.accountId)))
    .where(and(eq(ledgerEntries.tenantId, scope.tenantId), inArray(ledgerAccounts.code, [receivable, taxOfProvider]), eq(ledgerEntries.currency, currency))).groupBy(ledgerEntries.branchId).orderBy(asc(ledgerEntries.branchId));
  return rows.map((row) => ({ branchId: row.branchId, net: BigInt(row.receivable) + BigInt(row.tax), tax: -BigInt(row.tax) }));
}

/**
 * Books money that came in as what the card provider has paid out: the bank has it, the provider owes as much less, and the tax that it pays itself is cleared in proportion; branch by branch, by what it owes each. Once. Part of the
 * transaction that holds the line's lock. Throws CONFLICT `errors.bank.payoutMore` where it does not owe so much, in that currency.
 */
export async function bookPayout(tx: Tx, scope: TenantScope, line: BankLine, by: string | null, now: Date): Promise<void> {
  const amount = moneyOf(line.amountMinor, line.currency);
  // two payouts at once: the second sees what the first has left
  const [account] = await tx.select({ id: paymentAccounts.id }).from(paymentAccounts)
    .where(and(eq(paymentAccounts.tenantId, scope.tenantId), eq(paymentAccounts.provider, 'paddle'), eq(paymentAccounts.currency, line.currency))).orderBy(desc(paymentAccounts.isActive), asc(paymentAccounts.id)).limit(1).for('no key update');
  const all = await owedIn(tx, scope, amount.currency);
  const owing = all.filter(({ net }) => net > 0n);
  if (account === undefined || amount.minor <= 0n || all.reduce((total, { net }) => total + net, 0n) < amount.minor) throw conflict('errors.bank.payoutMore');
  const shares = allocate(amount, owing.map(({ net }) => net));
  for (const [index, { branchId, net, tax }] of owing.entries()) {
    const share = shares[index];
    if (share === undefined || share.minor === 0n) continue;
    const cleared = tax <= 0n ? 0n : (tax * share.minor) / net;
    await post(tx, scope, {
      kind: 'provider_payout', branchId, source: { type: 'bank_line', id: line.id }, effectKey: `bank_line:${line.id}:payout:${branchId}`, occurredAt: now, legs: providerPayoutLegs(share, money(cleared, amount.currency)),
    });
  }
  await tx.update(bankLines).set({ status: 'booked', reason: null, payoutOf: account.id, decidedBy: by, decidedAt: now, updatedAt: now }).where(ofLine(scope, line.id));
}

/** Whether a movement is surely a payout: it comes from the provider, and the provider owes as much. */
export async function isPayout(tx: Tx, scope: TenantScope, line: BankLine): Promise<boolean> {
  if (line.amountMinor <= 0n || !paysOut(line.payer)) return false;
  const { currency } = moneyOf(line.amountMinor, line.currency);
  return (await owedIn(tx, scope, currency)).reduce((total, { net }) => total + net, 0n) >= line.amountMinor;
}
