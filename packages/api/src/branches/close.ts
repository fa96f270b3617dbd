import { and, asc, eq, inArray, or, sql } from 'drizzle-orm';
import { conflict, fullName, invalid, newId, notFound, type CloseBranchInput } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, leads, memberTransfers, notifications, referralCodes, user, userGrants, userRoles } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { notify, notifyRole } from '../notifications';
import { publishedFrom } from '../settings/check';
import { lockRules } from '../settings/versions';
import { mailMovedJob } from '../transfers/mail-moved';
import { isMember, moveMembers } from '../transfers/moves';
import { whereToTurn } from '../transfers/notices';
import { agentsOf } from '../transfers/reach';
import { inReach, teamOf, unbankedCash } from './read';

/** People moved by one round of statements: far below what a statement may take. */
const perRound = 500;

interface Branch {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly phone: string | null;
  readonly isActive: boolean;
}

/**
 * Both branches, locked in one order. Whoever wants to join, sell or be taken in where it closes waits for the outcome and is then refused by the
 * database; the target goes on working.
 */
async function lockBoth(tx: Tx, scope: TenantScope, closingId: string, targetId: string | null): Promise<Map<string, Branch>> {
  const found = new Map<string, Branch>();
  for (const id of [...new Set([closingId, targetId ?? closingId])].toSorted()) {
    const [branch] = await tx.select({ id: branches.id, code: branches.code, name: branches.name, phone: branches.phone, isActive: branches.isActive }).from(branches)
      .where(and(inReach(scope), eq(branches.id, id))).for(id === closingId ? 'update' : 'no key update');
    if (branch === undefined) throw notFound();
    found.set(id, branch);
  }
  return found;
}

/** Throws CONFLICT `errors.branch.isDefault` while a published rule, of today or of a later day, sends members who join by themselves there. */
async function assertNotDefault(tx: Tx, scope: TenantScope, branch: Branch, now: Date): Promise<void> {
  // read here and not from what the process remembers: nobody publishes another one meanwhile
  const rules = await publishedFrom(tx, scope, now);
  const named = rules.filter(({ kind, branchId }) => kind === 'enrolment' && branchId === null);
  if (named.some(({ value }) => (value as { readonly defaultBranchCode?: unknown }).defaultBranchCode === branch.code)) throw conflict('errors.branch.isDefault');
}

const inBranch = (scope: TenantScope, table: typeof user | typeof leads | typeof referralCodes | typeof userRoles | typeof userGrants, branchId: string) =>
  and(eq(table.tenantId, scope.tenantId), eq(table.branchId, branchId));

async function isEmpty(tx: Tx, scope: TenantScope, branchId: string): Promise<boolean> {
  for (const table of [user, userRoles, userGrants, leads, referralCodes]) {
    const [row] = await tx.select({ id: table.id }).from(table).where(inBranch(scope, table, branchId)).limit(1);
    if (row !== undefined) return false;
  }
  return true;
}

/** Who takes over from each leaver. Throws CONFLICT or INVALID when the wish does not fit the team as it is now. */
async function successors(tx: Tx, scope: TenantScope, input: CloseBranchInput, targetId: string): Promise<Map<string, string | null>> {
  const team = await teamOf(tx, scope, input.id);
  const leaving = new Map(input.leaving.map(({ userId, successorId }) => [userId, successorId]));
  const moving = team.filter(({ userId, roles }) => !leaving.has(userId) && roles.includes('agent')).map(({ userId }) => userId);
  const allowed = new Set([...moving, ...(await agentsOf(tx, scope, [targetId])).map(({ id }) => id)]);
  for (const [userId, successorId] of leaving) {
    const person = team.find((one) => one.userId === userId);
    if (person === undefined) throw conflict('errors.branch.notOfTheTeam');
    if (successorId !== null && !(allowed.has(successorId) && !leaving.has(successorId))) throw invalid('leaving', 'errors.branch.successor');
    if (successorId === null && person.openLeads > 0) throw conflict('errors.branch.leadsNeedSuccessor');
  }
  return leaving;
}

/** Roles and grants go along; those of leavers end. What a person holds in the target already is not held twice. */
async function moveTeam(tx: Tx, scope: TenantScope, closingId: string, targetId: string, leavers: readonly string[]): Promise<void> {
  for (const [table, what] of [[userRoles, 'role'], [userGrants, 'permission']] as const) {
    const here = inBranch(scope, table, closingId);
    const heldThere = sql`exists (select from ${table} t where t.tenant_id = ${table.tenantId} and t.user_id = ${table.userId} and t.branch_id = ${targetId} and t.${sql.identifier(what)} = ${table}.${sql.identifier(what)})`;
    await tx.delete(table).where(and(here, leavers.length === 0 ? heldThere : or(inArray(table.userId, [...leavers]), heldThere)));
    await tx.update(table).set({ branchId: targetId }).where(here);
  }
}

/** Every lead, open or told to the end, goes where somebody can see it; a leaver's open ones to the successor. */
async function moveLeads(tx: Tx, scope: TenantScope, closingId: string, targetId: string, leaving: ReadonlyMap<string, string | null>, now: Date): Promise<void> {
  for (const [leaver, successor] of leaving) {
    if (successor === null) continue;
    await tx.update(leads).set({ ownerId: successor, updatedAt: now })
      .where(and(inBranch(scope, leads, closingId), eq(leads.ownerId, leaver), inArray(leads.status, ['new', 'contacted', 'payment_pending'])));
  }
  for (;;) {
    const round = tx.select({ id: leads.id }).from(leads).where(inBranch(scope, leads, closingId)).orderBy(asc(leads.id)).limit(perRound * 4);
    const moved = await tx.update(leads).set({ branchId: targetId }).where(and(inBranch(scope, leads, closingId), inArray(leads.id, round))).returning({ id: leads.id });
    if (moved.length === 0) return;
  }
}

async function moveCodes(tx: Tx, scope: TenantScope, closingId: string, targetId: string, leavers: readonly string[], now: Date): Promise<void> {
  const here = inBranch(scope, referralCodes, closingId);
  if (leavers.length > 0) await tx.update(referralCodes).set({ disabledAt: sql`coalesce(${referralCodes.disabledAt}, ${now.toISOString()})` }).where(and(here, inArray(referralCodes.userId, [...leavers])));
  await tx.update(referralCodes).set({ branchId: targetId }).where(here);
}

/** How many members came to the target, and how many of them each successor looks after now. */
interface Handover {
  members: number;
  readonly perSuccessor: Map<string, number>;
}

/** Names of people of the tenant by id. */
async function namesOf(tx: Tx, scope: TenantScope, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName }).from(user).where(and(eq(user.tenantId, scope.tenantId), inArray(user.id, wanted)));
  return new Map(rows.map((row) => [row.id, fullName(row)]));
}

/** The next people of the branch: where each goes, a line in the book of transfers and word to each member. False when nobody is left. */
async function movePeople(tx: Tx, scope: TenantScope, from: Branch, to: Branch, leaving: ReadonlyMap<string, string | null>, handover: Handover, now: Date): Promise<boolean> {
  const people = await tx.select({ id: user.id, agentId: user.agentId, isMember }).from(user)
    .where(inBranch(scope, user, from.id)).orderBy(asc(user.id)).limit(perRound).for('update', { of: user });
  if (people.length === 0) return false;
  const agentAfter = (agentId: string | null) => (agentId !== null && leaving.has(agentId) ? (leaving.get(agentId) ?? null) : agentId);
  await moveMembers(tx, scope, people.map(({ id, agentId }) => ({ userId: id, branchId: to.id, agentId: agentAfter(agentId) })), now);
  const members = people.filter((person) => person.isMember);
  if (members.length === 0) return true;
  const rows = members.map(({ id, agentId }) => ({
    tenantId: scope.tenantId, id: newId(), userId: id, fromBranchId: from.id, toBranchId: to.id, fromAgentId: agentId, toAgentId: agentAfter(agentId), reason: '',
    status: 'approved', decidedBy: scope.actor.kind === 'user' ? scope.actor.id : null, decidedAt: now, createdAt: now, updatedAt: now,
  }));
  await tx.insert(memberTransfers).values(rows);
  const names = await namesOf(tx, scope, rows.map(({ toAgentId }) => toAgentId));
  await tx.insert(notifications).values(rows.map((row) => ({
    tenantId: scope.tenantId, id: newId(), userId: row.userId, kind: 'transfer.new_branch', params: whereToTurn(to, row.toAgentId === null ? null : (names.get(row.toAgentId) ?? null)), effectKey: `transfer:${row.id}:member`,
  })));
  await enqueue(tx, scope, mailMovedJob, { transferIds: rows.map(({ id }) => id) });
  handover.members += rows.length;
  for (const { fromAgentId, toAgentId } of rows) {
    if (toAgentId !== null && toAgentId !== fromAgentId) handover.perSuccessor.set(toAgentId, (handover.perSuccessor.get(toAgentId) ?? 0) + 1);
  }
  return true;
}

/** The managers of the branch that took everything over, and whoever looks after members of somebody who left, once each. */
async function tellTeam(tx: Tx, scope: TenantScope, from: Branch, to: Branch, { members, perSuccessor }: Handover, now: Date): Promise<void> {
  const effectKey = `branch:${from.id}:closed:${now.toISOString()}`;
  await notifyRole(tx, scope, { role: 'branch_manager', branchId: to.id }, { kind: 'branch.taken_over', params: { from: from.name, to: to.name, members }, href: '/members', effectKey });
  for (const [userId, count] of perSuccessor) await notify(tx, scope, { userId, kind: 'transfer.assigned_many', params: { from: from.name, count }, href: '/members', effectKey: `${effectKey}:${userId}:members` });
}

/**
 * Closes a branch in one transaction, with everything that lives in it moved to another one (decision 0010); money stays where it was taken.
 * Repeating does nothing. Throws CONFLICT `errors.branch.isDefault`, `errors.branch.cashNotBanked` and, without a target, `errors.branch.notEmpty`;
 * NOT_FOUND for a branch that the tenant does not have; and as `successors` does.
 */
export async function closeBranch(asker: TenantScope, input: CloseBranchInput, now: Date): Promise<void> {
  const { targetBranchId: targetId } = input;
  if (targetId === input.id) throw invalid('targetBranchId', 'errors.branch.sameTarget');
  const scope = inAction(asker, 'branches.close');
  await withTenant(scope, async (tx) => {
    // before the branches: whoever publishes a rule holds this and then looks at them
    await lockRules(tx, scope);
    const locked = await lockBoth(tx, scope, input.id, targetId);
    const closing = locked.get(input.id);
    const target = targetId === null ? undefined : locked.get(targetId);
    if (closing === undefined) throw notFound();
    if (!closing.isActive) return;
    await assertNotDefault(tx, scope, closing, now);
    const { count } = await unbankedCash(tx, scope, closing.id);
    if (count > 0) throw conflict('errors.branch.cashNotBanked', { count });
    if (target === undefined) {
      if (!(await isEmpty(tx, scope, closing.id))) throw conflict('errors.branch.notEmpty');
    } else {
      if (!target.isActive) throw conflict('errors.branch.closed');
      await moveEverything(tx, scope, closing, target, input, now);
    }
    await tx.update(branches).set({ isActive: false, updatedAt: now }).where(and(inReach(scope), eq(branches.id, closing.id)));
  });
}

async function moveEverything(tx: Tx, scope: TenantScope, closing: Branch, target: Branch, input: CloseBranchInput, now: Date): Promise<void> {
  const leaving = await successors(tx, scope, input, target.id);
  const leavers = [...leaving.keys()];
  // nobody can decide them any more: the members are moved by this
  await tx.update(memberTransfers).set({ status: 'withdrawn', decidedAt: now, updatedAt: now }).where(and(
    eq(memberTransfers.tenantId, scope.tenantId), eq(memberTransfers.status, 'requested'), or(eq(memberTransfers.fromBranchId, closing.id), eq(memberTransfers.toBranchId, closing.id))));
  await moveTeam(tx, scope, closing.id, target.id, leavers);
  await moveLeads(tx, scope, closing.id, target.id, leaving, now);
  await moveCodes(tx, scope, closing.id, target.id, leavers, now);
  const handover: Handover = { members: 0, perSuccessor: new Map() };
  let more = true;
  while (more) more = await movePeople(tx, scope, closing, target, leaving, handover, now);
  await tellTeam(tx, scope, closing, target, handover, now);
}
