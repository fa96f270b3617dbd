import { and, count, desc, eq, inArray, isNotNull, ne, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { fullName, mayDecide, mayWithdraw, transferStatuses, type TransferStatus, type TransferView } from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, visible, type TenantScope } from '@interdomestik/db';
import { branches, memberTransfers, user } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { concerns, partyOf, toDecide } from './reach';

export interface TransferFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly status?: TransferStatus | undefined;
  readonly view?: TransferView | undefined;
  readonly memberId?: string | undefined;
}

const fromBranch = alias(branches, 'from_branch');
const toBranch = alias(branches, 'to_branch');

const statusOf = (text: string): TransferStatus => {
  const status = transferStatuses.find((candidate) => candidate === text);
  if (status === undefined) throw new Error('a transfer has an unknown status');
  return status;
};

function inView(scope: TenantScope, view: TransferView | undefined): SQL | undefined {
  if (view === 'decide') return toDecide(scope);
  if (view === 'done') return ne(memberTransfers.status, 'requested');
  if (view === 'mine') return scope.actor.kind === 'user' && scope.actor.id !== null ? eq(memberTransfers.requestedBy, scope.actor.id) : sql`false`;
  return undefined;
}

/** Transfers of one member, only where the list would also say who it is. */
const aboutMember = (memberId: string | undefined): SQL | undefined =>
  memberId === undefined ? undefined : and(eq(memberTransfers.userId, memberId), or(eq(memberTransfers.status, 'requested'), isNotNull(user.id)));

/** How many transfers wait for the scope's decision. */
export async function countToDecide(scope: TenantScope): Promise<number> {
  const [row] = await readTenant(scope, (tx) => tx.select({ waiting: count() }).from(memberTransfers).where(toDecide(scope)));
  return row?.waiting ?? 0;
}

/** Names of people of the tenant by id, for rows that the caller was found to see. */
async function namesOf(scope: TenantScope, ids: readonly (string | null)[]) {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map<string, { name: string; memberNumber: string | null }>();
  const rows = await readTenant(actAsTenant(scope, 'transfers.list'), (tx) =>
    tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName, memberNumber: user.memberNumber }).from(user)
      .where(and(eq(user.tenantId, scope.tenantId), inArray(user.id, wanted))));
  return new Map(rows.map((row) => [row.id, { name: fullName(row), memberNumber: row.memberNumber }]));
}

/**
 * Transfers that concern the scope, newest first. Who the member is, and what was written about the person, is told while the request is
 * open, because somebody has to decide it, and afterwards only to the side that has the member.
 */
export async function listTransfers(scope: TenantScope, filter: TransferFilter) {
  const party = partyOf(scope);
  const rows = await readTenant(inAction(scope, 'transfers.list'), (tx) =>
    tx.select({ transfer: memberTransfers, id: memberTransfers.id, at: exactInstant(memberTransfers.createdAt), fromName: fromBranch.name, toName: toBranch.name, ownMember: user.id }).from(memberTransfers)
      .innerJoin(fromBranch, and(eq(fromBranch.tenantId, memberTransfers.tenantId), eq(fromBranch.id, memberTransfers.fromBranchId)))
      .innerJoin(toBranch, and(eq(toBranch.tenantId, memberTransfers.tenantId), eq(toBranch.id, memberTransfers.toBranchId)))
      .leftJoin(user, and(visible(scope, user), eq(user.id, memberTransfers.userId)))
      .where(and(concerns(scope), inView(scope, filter.view), aboutMember(filter.memberId), filter.status === undefined ? undefined : eq(memberTransfers.status, filter.status), olderThan(memberTransfers.createdAt, memberTransfers.id, filter.cursor)))
      .orderBy(desc(memberTransfers.createdAt), desc(memberTransfers.id)).limit(filter.limit + 1));
  const { items, nextCursor } = newestPage(rows, filter.limit);
  const told = items.map((row) => ({ ...row, named: row.transfer.status === 'requested' || row.ownMember !== null }));
  const names = await namesOf(scope, told.flatMap(({ transfer, named }) => [
    named ? transfer.userId : null, transfer.requestedBy, transfer.decidedBy, transfer.fromAgentId, transfer.toAgentId,
  ]));
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id)?.name ?? null));
  return {
    nextCursor,
    items: told.map(({ transfer, named, ownMember, fromName, toName }) => ({
      id: transfer.id, status: statusOf(transfer.status), createdAt: transfer.createdAt, decidedAt: transfer.decidedAt,
      fromBranchId: transfer.fromBranchId, fromBranchName: fromName, toBranchId: transfer.toBranchId, toBranchName: toName, toAgentId: transfer.toAgentId,
      fromAgentName: nameOf(transfer.fromAgentId), toAgentName: nameOf(transfer.toAgentId), requestedByName: nameOf(transfer.requestedBy), decidedByName: nameOf(transfer.decidedBy),
      member: named ? { name: nameOf(transfer.userId) ?? '', memberNumber: names.get(transfer.userId)?.memberNumber ?? null, openId: ownMember } : null,
      reason: named ? transfer.reason : null, decisionNote: named ? transfer.decisionNote : null,
      mayDecide: transfer.status === 'requested' && mayDecide(party, transfer), mayWithdraw: transfer.status === 'requested' && mayWithdraw(party, transfer),
    })),
  };
}
