import { and, asc, desc, eq, inArray, isNotNull, isNull, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { cashBankedLegs, cashHandedOverLegs, conflict, forbidden, fullName, notFound, type Money } from '@interdomestik/rules';
import { actAsTenant, inAction, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, cashReceipts, documents, user } from '@interdomestik/db/schema';
import { post } from '../ledger';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { moneyOf } from '../memberships/service';
import { notifyRole } from '../notifications';

/** Where collected cash is. `handed` means handed over by its collector; it is the branch's once somebody there has confirmed it. */
export const cashPlaces = ['collected', 'handed', 'banked'] as const;
export type CashPlace = (typeof cashPlaces)[number];

const placeOf = (text: string): CashPlace => {
  const place = cashPlaces.find((candidate) => candidate === text);
  if (place === undefined) throw new Error('a cash receipt has an unknown status');
  return place;
};

const collector = alias(user, 'collector');
const verifier = alias(user, 'verifier');

/** Cash with its collector until the branch confirms it, then with the branch until it is banked: as the ledger has it. */
const withCollector = and(isNull(cashReceipts.verifiedBy), isNull(cashReceipts.bankedAt));
const withBranch = and(isNotNull(cashReceipts.verifiedBy), isNull(cashReceipts.bankedAt));

export interface CashListInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly filters?: { readonly status?: readonly CashPlace[] | undefined; readonly confirmed?: boolean | undefined } | undefined;
}

async function totalsOf(tx: Tx, scope: TenantScope, where: SQL | undefined): Promise<Money[]> {
  const rows = await tx.select({ currency: cashReceipts.currency, total: sql<string>`sum(${cashReceipts.amountMinor})::text` }).from(cashReceipts)
    .where(and(visible(scope, cashReceipts), where)).groupBy(cashReceipts.currency).orderBy(asc(cashReceipts.currency));
  return rows.map((row) => moneyOf(BigInt(row.total), row.currency));
}

/** Cash receipts in reach, newest first, and how much cash is where. */
export async function listCash(scope: TenantScope, input: CashListInput) {
  const { status, confirmed } = input.filters ?? {};
  return await withTenant(inAction(scope, 'cash.list'), async (tx) => {
    const rows = await tx.select({
      id: cashReceipts.id, at: exactInstant(cashReceipts.collectedAt), code: cashReceipts.code, minor: cashReceipts.amountMinor, currency: cashReceipts.currency, status: cashReceipts.status,
      collectedAt: cashReceipts.collectedAt, handedAt: cashReceipts.handedAt, bankedAt: cashReceipts.bankedAt, bankSlip: cashReceipts.bankSlip, agentId: cashReceipts.agentId,
      agentFirst: collector.firstName, agentLast: collector.lastName, verifierId: cashReceipts.verifiedBy, verifierFirst: verifier.firstName, verifierLast: verifier.lastName,
      branchName: branches.name, memberId: user.id, firstName: user.firstName, lastName: user.lastName, documentId: documents.id,
    }).from(cashReceipts)
      .innerJoin(branches, and(eq(branches.tenantId, cashReceipts.tenantId), eq(branches.id, cashReceipts.branchId)))
      // a payer who moved to another branch is no longer the reader's to know; the cash taken here is
      .leftJoin(user, and(visible(scope, user), eq(user.id, cashReceipts.userId)))
      // staff of the whole tenant have no branch, and a branch does not see them: their names may be missing
      .leftJoin(collector, and(eq(collector.tenantId, cashReceipts.tenantId), eq(collector.id, cashReceipts.agentId)))
      .leftJoin(verifier, and(eq(verifier.tenantId, cashReceipts.tenantId), eq(verifier.id, cashReceipts.verifiedBy)))
      .leftJoin(documents, and(eq(documents.tenantId, cashReceipts.tenantId), eq(documents.entity, 'receipt'), eq(documents.entityId, cashReceipts.id), eq(documents.status, 'stored')))
      .where(and(
        visible(scope, cashReceipts), olderThan(cashReceipts.collectedAt, cashReceipts.id, input.cursor), status === undefined ? undefined : inArray(cashReceipts.status, [...status]),
        confirmed === undefined ? undefined : confirmed ? isNotNull(cashReceipts.verifiedBy) : isNull(cashReceipts.verifiedBy),
      ))
      .orderBy(desc(cashReceipts.collectedAt), desc(cashReceipts.id)).limit(input.limit + 1);
    const page = newestPage(rows, input.limit);
    const person = (first: string | null, last: string | null) => (first === null || last === null ? null : fullName({ firstName: first, lastName: last }));
    return {
      nextCursor: page.nextCursor,
      custody: { withCollectors: await totalsOf(tx, scope, withCollector), inBranch: await totalsOf(tx, scope, withBranch) },
      items: page.items.map((row) => ({
        id: row.id, code: row.code, amount: moneyOf(row.minor, row.currency), status: placeOf(row.status), collectedAt: row.collectedAt, handedAt: row.handedAt,
        bankedAt: row.bankedAt, bankSlip: row.bankSlip, confirmed: row.verifierId !== null, agentId: row.agentId, agentName: person(row.agentFirst, row.agentLast),
        verifiedBy: person(row.verifierFirst, row.verifierLast), branchName: row.branchName, memberId: row.memberId, memberName: person(row.firstName, row.lastName), documentId: row.documentId,
        mine: row.agentId === scope.actor.id,
      })),
    };
  });
}

type Receipt = typeof cashReceipts.$inferSelect;

/** The named receipts in reach, locked in one order; all of them, or NOT_FOUND. */
async function lockReceipts(tx: Tx, scope: TenantScope, ids: readonly string[], where?: SQL): Promise<Receipt[]> {
  const wanted = [...new Set(ids)];
  const rows = await tx.select().from(cashReceipts).where(and(visible(scope, cashReceipts), inArray(cashReceipts.id, wanted), where)).orderBy(asc(cashReceipts.id)).for('no key update');
  if (rows.length !== wanted.length) throw notFound();
  return rows;
}

/** The person who acts. A super admin inside a tenant is nobody's cashier. */
function staffOf(scope: TenantScope): string {
  if (scope.actor.kind !== 'user' || scope.actor.id === null) throw forbidden();
  return scope.actor.id;
}

/**
 * A collector says that own cash was handed to the branch. The ledger keeps it with the collector until the branch confirms. All receipts
 * or none; repeating does nothing. Throws NOT_FOUND for receipts that are not the caller's own, CONFLICT for banked ones.
 */
export async function handOverCash(scope: TenantScope, ids: readonly string[], now: Date): Promise<number> {
  const me = staffOf(scope);
  return await withTenant(inAction(scope, 'cash.handOver'), async (tx) => {
    const rows = await lockReceipts(tx, scope, ids, eq(cashReceipts.agentId, me));
    if (rows.some(({ status }) => status === 'banked')) throw conflict('errors.transition.unknown', { from: 'banked', to: 'handed' });
    const moving = rows.filter(({ status }) => status === 'collected');
    for (const row of moving) {
      await tx.update(cashReceipts).set({ status: 'handed', handedAt: now, updatedAt: now }).where(and(visible(scope, cashReceipts), eq(cashReceipts.id, row.id)));
      await notifyRole(tx, scope, { role: 'branch_manager', branchId: row.branchId }, {
        kind: 'cash.handed', params: { agent: fullName(scope.actor), code: row.code }, href: '/cash', effectKey: `cash:${row.id}:handed`,
      });
    }
    return moving.length;
  });
}

/**
 * The branch has counted the cash and takes it over: custody moves from the collector to the branch in the ledger. Also for cash whose
 * collector has not said so. All receipts or none; repeating does nothing. Throws CONFLICT `errors.cash.ownVerification` for own cash.
 */
export async function confirmCash(scope: TenantScope, ids: readonly string[], now: Date): Promise<number> {
  const me = staffOf(scope);
  // the accounts are the tenant's; what is booked on them stays inside the branch that the transaction is bound to
  const books = actAsTenant(scope, 'cash.confirm');
  return await withTenant(inAction(scope, 'cash.confirm'), async (tx) => {
    const rows = await lockReceipts(tx, scope, ids);
    if (rows.some(({ agentId }) => agentId === me)) throw conflict('errors.cash.ownVerification');
    const moving = rows.filter(({ verifiedBy }) => verifiedBy === null);
    for (const row of moving) {
      await tx.update(cashReceipts).set({ status: 'handed', handedAt: row.handedAt ?? now, verifiedBy: me, updatedAt: now }).where(and(visible(scope, cashReceipts), eq(cashReceipts.id, row.id)));
      await post(tx, books, {
        kind: 'cash_handed_over', branchId: row.branchId, source: { type: 'cash_receipt', id: row.id }, effectKey: `cash_receipt:${row.id}:handed`, occurredAt: now,
        legs: cashHandedOverLegs(moneyOf(row.amountMinor, row.currency)), parties: { cashWithAgents: row.agentId },
      });
    }
    return moving.length;
  });
}

/**
 * The branch has paid confirmed cash into the bank. All receipts or none; repeating does nothing. Throws CONFLICT `errors.cash.notConfirmed`
 * for cash that nobody has confirmed.
 */
export async function bankCash(scope: TenantScope, input: { readonly ids: readonly string[]; readonly slip?: string | undefined }, now: Date): Promise<number> {
  // the accounts are the tenant's; what is booked on them stays inside the branch that the transaction is bound to
  const books = actAsTenant(scope, 'cash.bank');
  return await withTenant(inAction(scope, 'cash.bank'), async (tx) => {
    const rows = await lockReceipts(tx, scope, input.ids);
    if (rows.some(({ verifiedBy }) => verifiedBy === null)) throw conflict('errors.cash.notConfirmed');
    const moving = rows.filter(({ status }) => status === 'handed');
    for (const row of moving) {
      await tx.update(cashReceipts).set({ status: 'banked', bankedAt: now, bankSlip: input.slip ?? null, updatedAt: now }).where(and(visible(scope, cashReceipts), eq(cashReceipts.id, row.id)));
      await post(tx, books, {
        kind: 'cash_banked', branchId: row.branchId, source: { type: 'cash_receipt', id: row.id }, effectKey: `cash_receipt:${row.id}:banked`, occurredAt: now,
        legs: cashBankedLegs(moneyOf(row.amountMinor, row.currency)),
      });
    }
    return moving.length;
  });
}
