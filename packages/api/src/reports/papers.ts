import { and, eq, inArray } from 'drizzle-orm';
import { visible, type TenantScope, type Tx } from '@interdomestik/db';
import { cashDeposits, cashReceipts, commissionPayouts, documents, invoices, payments, refunds } from '@interdomestik/db/schema';

/** What an entry of the ledger is booked for, as people know it. */
export interface Paper {
  readonly kind: 'invoice' | 'creditNote' | 'receipt' | 'provider' | 'deposit' | 'payout';
  /** Number that stands on it. */
  readonly code: string;
  /** To open it; null where there is none of ours, or none yet. */
  readonly documentId: string | null;
  /** Whose sale it was, where the reader may know. */
  readonly memberId: string | null;
}

export interface Source {
  readonly type: string;
  readonly id: string;
  readonly effectKey: string;
  readonly kind: string;
}

const backKinds = new Set(['cash_refund', 'bank_refund', 'credit_note', 'credit_paid']);

async function ofPayments(tx: Tx, scope: TenantScope, sources: readonly Source[]): Promise<ReadonlyMap<Source, Paper>> {
  const own = sources.filter(({ type }) => type === 'payment');
  const ids = [...new Set(own.map(({ id }) => id))];
  if (ids.length === 0) return new Map();
  const [sales, papers, receipts, back] = [
    await tx.select({ id: payments.id, userId: payments.userId, transactionId: payments.providerTransactionId, membershipId: payments.membershipId }).from(payments).where(and(visible(scope, payments), inArray(payments.id, ids))),
    await tx.select({ id: invoices.id, paymentId: invoices.paymentId, membershipId: invoices.membershipId, creditOf: invoices.creditOf, code: invoices.code, documentId: invoices.documentId }).from(invoices)
      .where(and(visible(scope, invoices), inArray(invoices.membershipId, tx.select({ id: payments.membershipId }).from(payments).where(and(eq(payments.tenantId, scope.tenantId), inArray(payments.id, ids)))))),
    await tx.select({ paymentId: cashReceipts.paymentId, code: cashReceipts.code, documentId: documents.id }).from(cashReceipts)
      .leftJoin(documents, and(eq(documents.tenantId, cashReceipts.tenantId), eq(documents.entity, 'receipt'), eq(documents.entityId, cashReceipts.id), eq(documents.status, 'stored'))).where(and(visible(scope, cashReceipts), inArray(cashReceipts.paymentId, ids))),
    await tx.select({ id: refunds.id, paymentId: refunds.paymentId, creditNoteId: refunds.creditNoteId }).from(refunds).where(and(visible(scope, refunds), inArray(refunds.paymentId, ids))),
  ];
  const found = new Map<Source, Paper>();
  for (const source of own) {
    const sale = sales.find(({ id }) => id === source.id);
    const memberId = sale?.userId ?? null;
    const ofSale = papers.filter(({ membershipId }) => sale !== undefined && membershipId === sale.membershipId);
    const part = back.find(({ id, creditNoteId }) => creditNoteId !== null && source.effectKey.includes(id));
    const invoice = ofSale.find(({ paymentId }) => paymentId === source.id) ?? ofSale.find(({ creditOf }) => creditOf === null);
    const note = backKinds.has(source.kind) ? (ofSale.find(({ id }) => id === part?.creditNoteId) ?? ofSale.findLast(({ creditOf }) => creditOf !== null && creditOf === invoice?.id)) : undefined;
    const receipt = receipts.find(({ paymentId }) => paymentId === source.id);
    if (note !== undefined) found.set(source, { kind: 'creditNote', code: note.code, documentId: note.documentId, memberId });
    else if (source.kind === 'instalment_paid' && receipt !== undefined) found.set(source, { kind: 'receipt', code: receipt.code, documentId: receipt.documentId, memberId });
    else if (invoice !== undefined) found.set(source, { kind: 'invoice', code: invoice.code, documentId: invoice.documentId, memberId });
    else if (receipt !== undefined) found.set(source, { kind: 'receipt', code: receipt.code, documentId: receipt.documentId, memberId });
    else if (sale?.transactionId != null) found.set(source, { kind: 'provider', code: sale.transactionId, documentId: null, memberId });
  }
  return found;
}

async function ofDeposits(tx: Tx, scope: TenantScope, ids: readonly string[]) {
  return ids.length === 0 ? [] : await tx.select({ id: cashDeposits.id, code: cashDeposits.slip, documentId: documents.id }).from(cashDeposits)
    .leftJoin(documents, and(eq(documents.tenantId, cashDeposits.tenantId), eq(documents.entity, 'deposit'), eq(documents.entityId, cashDeposits.id), eq(documents.status, 'stored'))).where(and(visible(scope, cashDeposits), inArray(cashDeposits.id, [...ids])));
}

async function ofPayouts(tx: Tx, scope: TenantScope, ids: readonly string[]) {
  return ids.length === 0 ? [] : await tx.select({ id: commissionPayouts.id, code: commissionPayouts.code, documentId: documents.id }).from(commissionPayouts)
    .leftJoin(documents, and(eq(documents.tenantId, commissionPayouts.tenantId), eq(documents.entity, 'payout'), eq(documents.entityId, commissionPayouts.id), eq(documents.status, 'stored'))).where(and(visible(scope, commissionPayouts), inArray(commissionPayouts.id, [...ids])));
}

/** The paper behind each source of entries, in their order; null where there is none. */
export async function papersOf(tx: Tx, scope: TenantScope, sources: readonly Source[]): Promise<(Paper | null)[]> {
  const idsOf = (type: string) => [...new Set(sources.flatMap((source) => (source.type === type ? [source.id] : [])))];
  const sales = await ofPayments(tx, scope, sources);
  const deposits = await ofDeposits(tx, scope, idsOf('cash_deposit'));
  const payouts = await ofPayouts(tx, scope, idsOf('commission_payout'));
  return sources.map((source) => {
    const sale = sales.get(source);
    if (sale !== undefined) return sale;
    const [kind, row] = source.type === 'cash_deposit' ? (['deposit', deposits.find(({ id }) => id === source.id)] as const) : (['payout', source.type === 'commission_payout' ? payouts.find(({ id }) => id === source.id) : undefined] as const);
    return row === undefined ? null : { kind, code: row.code, documentId: row.documentId, memberId: null };
  });
}
