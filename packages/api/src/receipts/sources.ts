import { and, asc, eq, gt, isNotNull, sql } from 'drizzle-orm';
import { readTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { claimEvents, claims, invoices, memberships } from '@interdomestik/db/schema';
import type { DecisionKind } from './decide';

/** Where receipts lie, in the order in which a check goes through them. */
export const sourceNames = ['memberships', 'invoices', 'fees', 'deadlines', 'steps'] as const;
export type SourceName = (typeof sourceNames)[number];

export const receiptEntities = ['membership', 'invoice', 'claim'] as const;
export type ReceiptEntity = (typeof receiptEntities)[number];

/** A receipt with the row that it lies in and the record that it is of. */
export interface StoredReceipt {
  readonly id: string;
  readonly entityId: string;
  readonly branchId: string;
  readonly receipt: unknown;
}

interface Source {
  readonly entity: ReceiptEntity;
  readonly decision: DecisionKind;
  readonly page: (tx: Tx, tenantId: string, after: string | null, size: number) => PromiseLike<StoredReceipt[]>;
}

export const sources: Readonly<Record<SourceName, Source>> = {
  memberships: {
    entity: 'membership', decision: 'price',
    page: (tx, tenantId, after, size) => tx.select({ id: memberships.id, entityId: memberships.id, branchId: memberships.branchId, receipt: memberships.receipt }).from(memberships)
      .where(and(eq(memberships.tenantId, tenantId), isNotNull(memberships.receipt), after === null ? undefined : gt(memberships.id, after))).orderBy(asc(memberships.id)).limit(size),
  },
  invoices: {
    entity: 'invoice', decision: 'price',
    page: (tx, tenantId, after, size) => tx.select({ id: invoices.id, entityId: invoices.id, branchId: invoices.branchId, receipt: sql<unknown>`${invoices.receipt} -> 'quote'` }).from(invoices)
      .where(and(eq(invoices.tenantId, tenantId), sql`${invoices.receipt} -> 'quote' is not null`, after === null ? undefined : gt(invoices.id, after))).orderBy(asc(invoices.id)).limit(size),
  },
  fees: {
    entity: 'claim', decision: 'fee',
    page: (tx, tenantId, after, size) => tx.select({ id: claims.id, entityId: claims.id, branchId: claims.branchId, receipt: claims.receipt }).from(claims)
      .where(and(eq(claims.tenantId, tenantId), isNotNull(claims.receipt), after === null ? undefined : gt(claims.id, after))).orderBy(asc(claims.id)).limit(size),
  },
  deadlines: {
    entity: 'claim', decision: 'deadline',
    page: (tx, tenantId, after, size) => tx.select({ id: claims.id, entityId: claims.id, branchId: claims.branchId, receipt: claims.slaReceipt }).from(claims)
      .where(and(eq(claims.tenantId, tenantId), isNotNull(claims.slaReceipt), after === null ? undefined : gt(claims.id, after))).orderBy(asc(claims.id)).limit(size),
  },
  steps: {
    entity: 'claim', decision: 'step',
    page: (tx, tenantId, after, size) => tx.select({ id: claimEvents.id, entityId: claimEvents.claimId, branchId: claimEvents.branchId, receipt: claimEvents.receipt }).from(claimEvents)
      .where(and(eq(claimEvents.tenantId, tenantId), isNotNull(claimEvents.receipt), after === null ? undefined : gt(claimEvents.id, after))).orderBy(asc(claimEvents.id)).limit(size),
  },
};

/** Where a check stands: what it looks through, and the last row that it has seen there. */
export interface Place {
  readonly source: SourceName;
  readonly after: string | null;
}

const sourceAfter = (source: SourceName): SourceName | undefined => sourceNames[sourceNames.indexOf(source) + 1];

/** The next receipts from a place, and the place behind them; null when there are no more. Only the last page of a source may be empty. */
export async function nextReceipts(scope: TenantScope, { source, after }: Place, size: number): Promise<{ readonly rows: readonly StoredReceipt[]; readonly next: Place | null }> {
  const rows = await readTenant(scope, (tx) => sources[source].page(tx, scope.tenantId, after, size));
  if (rows.length === size) return { rows, next: { source, after: rows.at(-1)?.id ?? null } };
  const following = sourceAfter(source);
  return { rows, next: following === undefined ? null : { source: following, after: null } };
}
