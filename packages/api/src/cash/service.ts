import { and, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { cashReceiptStatuses, fullName } from '@interdomestik/rules';
import { inAction, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { branches, cashReceipts, documents, user } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { moneyOf } from '../memberships/service';

/** Where collected cash is. `handed` means handed over by its collector; it is the branch's once somebody there has confirmed it. `returned`: its collector gave it back to the member. */
export const cashPlaces = cashReceiptStatuses;
export type CashPlace = (typeof cashPlaces)[number];

const placeOf = (text: string): CashPlace => {
  const place = cashPlaces.find((candidate) => candidate === text);
  if (place === undefined) throw new Error('a cash receipt has an unknown status');
  return place;
};

const collector = alias(user, 'collector');
const verifier = alias(user, 'verifier');

export interface CashListInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly filters?: { readonly status?: readonly CashPlace[] | undefined; readonly confirmed?: boolean | undefined } | undefined;
}

/** Cash receipts in reach, newest first. */
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
      items: page.items.map((row) => ({
        id: row.id, code: row.code, amount: moneyOf(row.minor, row.currency), status: placeOf(row.status), collectedAt: row.collectedAt, handedAt: row.handedAt,
        bankedAt: row.bankedAt, bankSlip: row.bankSlip, confirmed: row.verifierId !== null, agentId: row.agentId, agentName: person(row.agentFirst, row.agentLast),
        verifiedBy: person(row.verifierFirst, row.verifierLast), branchName: row.branchName, memberId: row.memberId, memberName: person(row.firstName, row.lastName), documentId: row.documentId,
        mine: row.agentId === scope.actor.id,
      })),
    };
  });
}
