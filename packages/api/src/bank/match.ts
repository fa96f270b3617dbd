import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { isDomainError, judgeLine, negate, referencesIn, type DateOnly, type Expected, type OpenReason } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { bankLines, cashDeposits, payments } from '@interdomestik/db/schema';
import { defineJob } from '../jobs/registry';
import { logFailure } from '../log';
import { moneyOf } from '../memberships/service';
import { closePaidOut, paidOutWith } from '../refunds/by-bank';
import { assignLine, missingOf, ofLine, type BankLine } from './assign';
import { bookPayout, isPayout } from './payout';
import { transferRules, type Payment, type TransferRules } from './settle';

/** References that a line holds, wherever the payer or the bank has written them. */
export const referencesOf = (line: Pick<BankLine, 'reference' | 'purpose'>): string[] => [...new Set([...referencesIn(line.reference), ...referencesIn(line.purpose)])];

/** Whether money still counts for a sale: it waits, or has lapsed while the money was on its way in time. What was sold again in its place counts as paid. */
export function stateFor(payment: Pick<Payment, 'paidAt' | 'replacedAt' | 'status' | 'expiresOn'>, bookedOn: string): Expected['state'] {
  if (payment.paidAt !== null || payment.replacedAt !== null) return 'paid';
  return payment.status === 'pending' || (payment.expiresOn !== null && (bookedOn as DateOnly) <= payment.expiresOn) ? 'waiting' : 'lapsed';
}

/** Sales of the tenant behind the references. One of another tenant is none. */
async function expectedBy(tx: Tx, scope: TenantScope, line: BankLine, references: readonly string[]): Promise<Expected[]> {
  if (references.length === 0) return [];
  const rows = await tx.select().from(payments)
    .where(and(eq(payments.tenantId, scope.tenantId), eq(payments.method, 'bank_transfer'), inArray(payments.providerTransactionId, [...references]))).orderBy(asc(payments.id));
  const expected: Expected[] = [];
  for (const row of rows) expected.push({ paymentId: row.id, state: stateFor(row, line.bookedOn), missing: await missingOf(tx, scope, row) });
  return expected;
}

/** Cash that a branch has paid in: the slip's number stands in the line, and no other line was it. The ledger has it since the branch said so. */
async function depositBy(tx: Tx, scope: TenantScope, line: BankLine): Promise<string | null> {
  if (line.amountMinor <= 0n) return null;
  const text = `${line.reference} ${line.purpose} ${line.bankId}`.toUpperCase();
  const rows = await tx.select({ id: cashDeposits.id, slip: cashDeposits.slip }).from(cashDeposits)
    .where(and(
      eq(cashDeposits.tenantId, scope.tenantId), eq(cashDeposits.amountMinor, line.amountMinor), eq(cashDeposits.currency, line.currency),
      sql`not exists (select from bank_lines seen where seen.tenant_id = ${cashDeposits}.tenant_id and seen.deposit_id = ${cashDeposits}.id)`,
    )).orderBy(asc(cashDeposits.depositedOn), asc(cashDeposits.id));
  const named = rows.filter(({ slip }) => slip.trim().length >= 3 && text.includes(slip.trim().toUpperCase()));
  return named.length === 1 ? (named[0]?.id ?? null) : null;
}

const waits = async (tx: Tx, scope: TenantScope, line: BankLine, reason: OpenReason, paymentId: string | null, now: Date): Promise<void> => {
  await tx.update(bankLines).set({ status: 'open', reason, paymentId, updatedAt: now }).where(ofLine(scope, line.id));
};

/** A refund went out with this movement. Gives back what `closePaidOut` throws. */
export async function payOutLine(tx: Tx, scope: TenantScope, line: BankLine, refundId: string, by: string | null, now: Date): Promise<void> {
  await closePaidOut(tx, scope, refundId, negate(moneyOf(line.amountMinor, line.currency)), now);
  await tx.update(bankLines).set({ status: 'booked', reason: null, refundId, decidedBy: by, decidedAt: now, updatedAt: now }).where(ofLine(scope, line.id));
}

/** Looks at one movement that nobody has looked at, in a transaction of its own: either all that follows from it stands or nothing does. Repeating finds it done. */
export async function matchLine(scope: TenantScope, lineId: string, rules: TransferRules, now: Date): Promise<void> {
  await withTenant(scope, async (tx) => {
    const [line] = await tx.select().from(bankLines).where(and(ofLine(scope, lineId), eq(bankLines.status, 'new'))).for('no key update');
    if (line === undefined) return;
    const references = referencesOf(line);
    const amount = moneyOf(line.amountMinor, line.currency);
    const refundId = line.amountMinor < 0n ? await paidOutWith(tx, scope, negate(amount), references, line.payerAccount) : null;
    if (refundId !== null) {
      await payOutLine(tx, scope, line, refundId, null, now);
      return;
    }
    const verdict = judgeLine(amount, references.length > 0, await expectedBy(tx, scope, line, references));
    if (verdict.kind === 'book') {
      await assignLine(tx, scope, line, verdict.paymentId, null, rules, now);
      return;
    }
    const depositId = verdict.paymentId === null ? await depositBy(tx, scope, line) : null;
    if (depositId === null && verdict.paymentId === null && (await isPayout(tx, scope, line))) await bookPayout(tx, scope, line, null, now);
    else if (depositId === null) await waits(tx, scope, line, verdict.reason, verdict.paymentId, now);
    else await tx.update(bankLines).set({ status: 'seen', depositId, decidedAt: now, updatedAt: now }).where(ofLine(scope, line.id));
  });
}

const pageSize = 100;

/**
 * Looks at every movement of a statement that nobody has looked at, one after the other. It may stop anywhere, run again and run beside itself. One that cannot be booked for a reason of its own waits
 * for a person, and one that failed otherwise for the next try; neither holds up another.
 */
export async function matchStatement(given: TenantScope, statementId: string, now: Date): Promise<void> {
  const scope = inAction(given, 'bank.match');
  const rules = await transferRules(scope, now);
  let broken: unknown;
  for (let after: string | null = null; ;) {
    const last: string | null = after;
    const rows: { id: string }[] = await withTenant(scope, (tx) => tx.select({ id: bankLines.id }).from(bankLines)
      .where(and(eq(bankLines.tenantId, scope.tenantId), eq(bankLines.statementId, statementId), eq(bankLines.status, 'new'), last === null ? undefined : gt(bankLines.id, last))).orderBy(asc(bankLines.id)).limit(pageSize));
    for (const { id } of rows) {
      try {
        await matchLine(scope, id, rules, now);
      } catch (error) {
        logFailure(scope.requestId, 'bank.match', error);
        if (!isDomainError(error)) {
          broken = error;
          continue;
        }
        await withTenant(scope, async (tx) => { await tx.update(bankLines).set({ status: 'open', reason: 'failed', updatedAt: now }).where(and(ofLine(scope, id), eq(bankLines.status, 'new'))); });
      }
    }
    if (rows.length < pageSize) break;
    after = rows.at(-1)?.id ?? null;
  }
  if (broken !== undefined) throw new Error('movements of the bank were not looked at', { cause: broken });
}

export const matchStatementJob = defineJob({
  name: 'bank.match', payload: z.object({ statementId: z.uuid() }), retries: 8, atOnce: 2, run: (scope, { statementId }) => matchStatement(scope, statementId, new Date()),
});
