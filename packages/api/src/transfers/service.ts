import { and, asc, eq, ne } from 'drizzle-orm';
import {
  assertMayDecide, assertStillThere, conflict, DomainError, fullName, invalid, isDecidedAs, mayWithdraw, newId, notFound, settlesAtOnce, type TransferInput,
} from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, memberTransfers, user } from '@interdomestik/db/schema';
import { violates } from '../database-errors';
import { enqueue } from '../jobs/queue';
import { mailMovedJob } from './mail-moved';
import { isMember, moveMembers } from './moves';
import { tellOfMove, tellOfRefusal, tellOfRequest, type Successor, type TransferNews } from './notices';
import { agentsOf, concerns, holdBranches, partyOf } from './reach';

type Transfer = typeof memberTransfers.$inferSelect;

/** A member of the tenant, locked: nobody else moves the person meanwhile. */
async function lockMember(tx: Tx, scope: TenantScope, id: string) {
  const [member] = await tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName, branchId: user.branchId, agentId: user.agentId }).from(user)
    .where(and(eq(user.tenantId, scope.tenantId), eq(user.id, id), isMember)).for('update', { of: user });
  if (member === undefined) throw notFound();
  return member;
}

/** That person, when he works as an agent of the branch now. */
async function agentOf(tx: Tx, scope: TenantScope, branchId: string, agentId: string): Promise<Successor | null> {
  const agent = (await agentsOf(tx, scope, [branchId])).find(({ id }) => id === agentId);
  return agent === undefined ? null : { id: agent.id, name: fullName(agent) };
}

/** Ends what is still open about a member who is moved by another decision. */
async function supersede(tx: Tx, scope: TenantScope, memberId: string, exceptId: string, now: Date): Promise<void> {
  await tx.update(memberTransfers).set({ status: 'withdrawn', decidedAt: now, updatedAt: now })
    .where(and(eq(memberTransfers.tenantId, scope.tenantId), eq(memberTransfers.userId, memberId), eq(memberTransfers.status, 'requested'), ne(memberTransfers.id, exceptId)));
}

async function settle(tx: Tx, scope: TenantScope, news: TransferNews, now: Date): Promise<void> {
  await moveMembers(tx, scope, [{ userId: news.member.id, branchId: news.toBranchId, agentId: news.agent?.id ?? null }], now);
  await supersede(tx, scope, news.member.id, news.id, now);
  await tellOfMove(tx, scope, news);
  await enqueue(tx, scope, mailMovedJob, { transferIds: [news.id] });
}

/** Only the own branch's agents can be named: who works in another one is that branch's affair. */
function assertMayName(scope: TenantScope, input: TransferInput): void {
  const { reach } = scope;
  if (input.toAgentId === null || reach.kind === 'tenant') return;
  if ((reach.kind === 'branch' || reach.kind === 'own') && reach.branchId === input.toBranchId) return;
  throw invalid('toAgentId', 'errors.transfer.agentOfOwnBranch');
}

export interface AskedTransfer {
  readonly id: string;
  /** `approved`: done, nobody else had to be asked. */
  readonly status: 'requested' | 'approved';
}

/**
 * Asks for a member in reach to go to another branch or agent, with a reason. Done at once where nobody else has a say (`settlesAtOnce`). The
 * same request again gives the one that is open. Throws NOT_FOUND for a member, branch or agent out of reach, INVALID when nothing would change,
 * CONFLICT `errors.branch.closed` and, while another request is open, `errors.transfer.alreadyOpen`.
 */
export async function requestTransfer(asker: TenantScope, input: TransferInput, now: Date): Promise<AskedTransfer> {
  const party = partyOf(asker);
  const [seen] = await readTenant(asker, (tx) => tx.select({ branchId: user.branchId }).from(user).where(and(visible(asker, user), eq(user.id, input.memberId))));
  if (seen?.branchId == null) throw notFound();
  assertMayName(asker, input);
  const way = { fromBranchId: seen.branchId, toBranchId: input.toBranchId };
  // the receiving branch's rows are not the asker's to see; what is written there is the member who was just seen
  const scope = actAsTenant(asker, 'transfers.request');
  try {
    return await withTenant(scope, async (tx) => {
      const { to } = await holdBranches(tx, scope, way);
      const member = await lockMember(tx, scope, input.memberId);
      if (member.branchId !== way.fromBranchId) throw notFound();
      if (way.toBranchId === member.branchId && input.toAgentId === member.agentId) throw invalid('toBranchId', 'errors.transfer.nothingChanges');
      const agent = input.toAgentId === null ? null : await agentOf(tx, scope, way.toBranchId, input.toAgentId);
      if (agent === null && input.toAgentId !== null) throw notFound();
      const atOnce = settlesAtOnce(party, way);
      const known = atOnce ? undefined : await sameRequest(tx, scope, input, party.userId);
      if (known !== undefined) return { id: known, status: 'requested' as const };
      const news = { id: newId(), member, ...way, to, fromAgentId: member.agentId, agent, requestedBy: party.userId };
      await tx.insert(memberTransfers).values({
        tenantId: scope.tenantId, id: news.id, userId: member.id, ...way, fromAgentId: member.agentId, toAgentId: input.toAgentId, reason: input.reason, requestedBy: party.userId,
        ...(atOnce ? { status: 'approved', decidedBy: party.userId, decidedAt: now } : {}), createdAt: now, updatedAt: now,
      });
      if (!atOnce) {
        await tellOfRequest(tx, scope, news);
        return { id: news.id, status: 'requested' as const };
      }
      await settle(tx, scope, news, now);
      return { id: news.id, status: 'approved' as const };
    });
  } catch (error) {
    if (violates(error, 'member_transfers_open')) throw conflict('errors.transfer.alreadyOpen');
    throw error;
  }
}

/** The open request that says the same, by the same person. */
async function sameRequest(tx: Tx, scope: TenantScope, input: TransferInput, askerId: string | null): Promise<string | undefined> {
  const [open] = await tx.select({ id: memberTransfers.id, toBranchId: memberTransfers.toBranchId, toAgentId: memberTransfers.toAgentId, requestedBy: memberTransfers.requestedBy }).from(memberTransfers)
    .where(and(eq(memberTransfers.tenantId, scope.tenantId), eq(memberTransfers.userId, input.memberId), eq(memberTransfers.status, 'requested')));
  const same = open !== undefined && askerId !== null && open.requestedBy === askerId && open.toBranchId === input.toBranchId && open.toAgentId === input.toAgentId;
  return same ? open.id : undefined;
}

/** A transfer that concerns the scope, read with its own eyes: by the condition and by the policy. */
async function transferInReach(scope: TenantScope, id: string): Promise<Transfer> {
  const [transfer] = await readTenant(scope, (tx) => tx.select().from(memberTransfers).where(and(concerns(scope), eq(memberTransfers.id, id))));
  if (transfer === undefined) throw notFound();
  return transfer;
}

async function lockTransfer(tx: Tx, scope: TenantScope, id: string): Promise<Transfer> {
  const [transfer] = await tx.select().from(memberTransfers).where(and(eq(memberTransfers.tenantId, scope.tenantId), eq(memberTransfers.id, id))).for('update');
  if (transfer === undefined) throw notFound();
  return transfer;
}

/** Who looks after the member afterwards. Throws NOT_FOUND for a chosen person who is no agent there, CONFLICT when the one who was asked for is gone. */
async function agentAfter(tx: Tx, scope: TenantScope, transfer: Transfer, chosen: string | null | undefined): Promise<Successor | null> {
  const agentId = chosen === undefined ? transfer.toAgentId : chosen;
  const agent = agentId === null ? null : await agentOf(tx, scope, transfer.toBranchId, agentId);
  if (agentId === null || agent !== null) return agent;
  throw chosen === undefined ? new DomainError('CONFLICT', 'errors.transfer.agentGone') : notFound();
}

/**
 * Says yes: the member and everything that follows move in this one transaction, the audit trail says by whom. Approving again does nothing. Throws
 * as `assertMayDecide` does, NOT_FOUND out of reach, and CONFLICT when the request was decided otherwise, the member has moved, the branch closed or
 * the agent left meanwhile.
 */
export async function approveTransfer(asker: TenantScope, input: { readonly id: string; readonly agentId?: string | null | undefined }, now: Date): Promise<void> {
  const party = partyOf(asker);
  const seen = await transferInReach(asker, input.id);
  assertMayDecide(party, seen);
  const scope = actAsTenant(asker, 'transfers.approve');
  await withTenant(scope, async (tx) => {
    // a decided request is answered from its row: its branch may have closed long after
    if (isDecidedAs(seen.status, 'approved')) return;
    const { to } = await holdBranches(tx, scope, seen);
    const transfer = await lockTransfer(tx, scope, input.id);
    if (isDecidedAs(transfer.status, 'approved')) return;
    const member = await lockMember(tx, scope, transfer.userId);
    assertStillThere(member, transfer);
    const agent = await agentAfter(tx, scope, transfer, input.agentId);
    await tx.update(memberTransfers).set({ status: 'approved', toAgentId: agent?.id ?? null, decidedBy: party.userId, decidedAt: now, updatedAt: now })
      .where(and(eq(memberTransfers.tenantId, scope.tenantId), eq(memberTransfers.id, transfer.id)));
    await settle(tx, scope, { ...transfer, member, agent, to }, now);
  });
}

/** Says no, with a reason; the member stays. Rejecting again does nothing. Throws as `approveTransfer` does, but a stale request can be rejected. */
export async function rejectTransfer(asker: TenantScope, input: { readonly id: string; readonly note: string }, now: Date): Promise<void> {
  const party = partyOf(asker);
  assertMayDecide(party, await transferInReach(asker, input.id));
  const scope = actAsTenant(asker, 'transfers.reject');
  await withTenant(scope, async (tx) => {
    const transfer = await lockTransfer(tx, scope, input.id);
    if (isDecidedAs(transfer.status, 'rejected')) return;
    await tx.update(memberTransfers).set({ status: 'rejected', decidedBy: party.userId, decidedAt: now, decisionNote: input.note, updatedAt: now })
      .where(and(eq(memberTransfers.tenantId, scope.tenantId), eq(memberTransfers.id, transfer.id)));
    const [to] = await tx.select({ name: branches.name }).from(branches).where(and(eq(branches.tenantId, scope.tenantId), eq(branches.id, transfer.toBranchId)));
    await tellOfRefusal(tx, scope, { ...transfer, branch: to?.name ?? '' });
  });
}

/** Takes an open request back. Repeating does nothing. Throws FORBIDDEN for whoever may not (`mayWithdraw`), CONFLICT when it was decided. */
export async function withdrawTransfer(asker: TenantScope, id: string, now: Date): Promise<void> {
  const party = partyOf(asker);
  if (!mayWithdraw(party, await transferInReach(asker, id))) throw new DomainError('FORBIDDEN', 'errors.forbidden');
  await withTenant(inAction(asker, 'transfers.withdraw'), async (tx) => {
    const transfer = await lockTransfer(tx, asker, id);
    if (isDecidedAs(transfer.status, 'withdrawn')) return;
    await tx.update(memberTransfers).set({ status: 'withdrawn', decidedBy: party.userId, decidedAt: now, updatedAt: now })
      .where(and(concerns(asker), eq(memberTransfers.id, id)));
  });
}

/** Where a member can go: every open branch, with its agents where the caller may name them. */
export async function transferTargets(scope: TenantScope) {
  const { reach } = scope;
  return await withTenant(actAsTenant(scope, 'transfers.targets'), async (tx) => {
    const open = await tx.select({ id: branches.id, name: branches.name, city: branches.city }).from(branches)
      .where(and(eq(branches.tenantId, scope.tenantId), eq(branches.isActive, true))).orderBy(asc(branches.name), asc(branches.id));
    const named = open.filter(({ id }) => reach.kind === 'tenant' || ((reach.kind === 'branch' || reach.kind === 'own') && reach.branchId === id)).map(({ id }) => id);
    const agents = named.length === 0 ? [] : await agentsOf(tx, scope, named);
    return open.map((branch) => ({
      ...branch,
      agents: named.includes(branch.id) ? agents.filter(({ branchId }) => branchId === branch.id).map(({ id, firstName, lastName }) => ({ id, name: fullName({ firstName, lastName }) })) : null,
    }));
  });
}
