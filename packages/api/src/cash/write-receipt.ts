import { documentNumber, newId, todayIn, type Money } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { cashReceipts } from '@interdomestik/db/schema';
import { numberYear, type InvoiceRules } from '../invoices/issue';
import { enqueue } from '../jobs/queue';
import { takeNumber } from '../numbering';
import { renderReceiptJob } from './render';

export interface TakenCash {
  readonly paymentId: string;
  readonly userId: string;
  readonly branchId: string;
  /** Who holds it now. */
  readonly agentId: string;
  readonly amount: Money;
}

/** The pre-numbered receipt of cash: it proves to the member that they paid, and to the branch who holds the money. */
export async function writeReceipt(tx: Tx, scope: TenantScope, { invoicing }: Pick<InvoiceRules, 'invoicing'>, cash: TakenCash, now: Date): Promise<{ id: string; code: string }> {
  const { amount, ...owner } = cash;
  const rule = invoicing.value;
  const issuedOn = todayIn(scope.tenant.timeZone, now);
  const number = await takeNumber(tx, scope, rule.receipt.series, numberYear(rule, 'receipt', issuedOn));
  const { number: code } = documentNumber(rule, 'receipt', { country: scope.tenant.countryCode, issuedOn, n: BigInt(number) });
  const id = newId();
  await tx.insert(cashReceipts).values({
    tenantId: scope.tenantId, id, ...owner, code, amountMinor: amount.minor, currency: amount.currency, collectedAt: now, createdAt: now, updatedAt: now,
  });
  await enqueue(tx, scope, renderReceiptJob, { receiptId: id });
  return { id, code };
}
