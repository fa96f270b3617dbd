import { and, inArray, notInArray, sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { inAction, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { cards, claimEvents, claims, couponRedemptions, documents, erasureRequests, familyMembers, instalments, leads, membershipPauses, memberships, payments, policies, referralCodes, referralRewards, refundRequests, user } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { defineJob } from '../jobs/registry';

type FollowingTable = PgTable & { readonly tenantId: AnyPgColumn; readonly userId: AnyPgColumn; readonly branchId: AnyPgColumn };

interface Following {
  readonly table: FollowingTable;
  /** Which of the member's rows follow; all of them when left out. */
  readonly only?: SQL | undefined;
  /** What changes beside the branch. */
  readonly also?: SQL;
}

// a handler of the old branch could not open the claim any more; it waits for one of the new branch
const handlerWhoStays = sql`, handler_id = case when handler_id is null
  or exists (select from user_roles r where r.tenant_id = moved.tenant_id and r.user_id = moved.handler_id and (r.role = 'tenant_admin' or (r.role <> 'member' and r.branch_id = home.branch_id)))
  or exists (select from user_grants g where g.tenant_id = moved.tenant_id and g.user_id = moved.handler_id and g.permission = 'claims.handle' and (g.branch_id is null or g.branch_id = home.branch_id))
  then handler_id end`;

/**
 * Everything that says something about a member goes where the member goes (decision 0010). What says where money was taken stays; so do
 * the roles that a member holds as staff and the codes that go with them.
 */
const following: readonly Following[] = [
  { table: memberships },
  { table: familyMembers },
  { table: couponRedemptions },
  { table: instalments },
  { table: referralRewards },
  { table: refundRequests },
  { table: membershipPauses },
  { table: erasureRequests },
  { table: cards },
  { table: policies },
  { table: claims, also: handlerWhoStays },
  { table: claimEvents },
  { table: documents, only: notInArray(sql`moved.entity`, ['invoice', 'receipt', 'deposit', 'payout']) },
  { table: leads },
  { table: referralCodes, only: sql`not exists (select from user_roles r where r.tenant_id = moved.tenant_id and r.user_id = moved.user_id and r.role <> 'member')` },
  // nothing is booked yet: it will be where the member is when the money comes
  { table: payments, only: inArray(sql`moved.status`, ['pending', 'failed']) },
];

/** Tables with a branch whose rows stay where they are when a member moves, and why. Every table with a branch is here or follows; a test says so. */
export const staying: Readonly<Record<string, string>> = {
  user_roles: 'work of the person, not the membership',
  user_grants: 'work of the person, not the membership',
  refunds: 'money went back there',
  cash_receipts: 'cash is in the branch that took it',
  cash_handovers: 'append-only: cash was handed to that branch',
  cash_counts: 'append-only: cash was counted there',
  cash_write_offs: 'append-only: cash was missing there',
  cash_deposits: 'append-only: cash was banked by that branch',
  commissions: 'earned by a sale of that branch, and frozen',
  commission_payouts: 'append-only: somebody of that branch was paid',
  cash_deposit_items: 'append-only: cash was banked by that branch',
  invoices: 'issued, and frozen by law',
  invoice_lines: 'issued, and frozen by law',
  invoice_clearances: 'of an invoice that stays',
  ledger_transactions: 'append-only: money was taken there',
  ledger_entries: 'append-only: money was taken there',
  ledger_days: 'sums of what was booked there',
  document_accesses: 'append-only: a paper was opened there',
  audit_logs: 'append-only: it happened there',
  tenant_settings: 'rules of the branch itself',
  rule_simulation_rows: 'what a trial of a rule found, as things were then; the next trial throws it away',
  receipt_differences: 'what a check found, as things were then',
};
export const followingTables: readonly PgTable[] = [user, ...following.map(({ table }) => table)];

/** Brings everything that follows the named members to the branch where each of them is now. Repeating does nothing. */
export async function followMembers(tx: Tx, scope: TenantScope, userIds: readonly string[]): Promise<void> {
  const ids = sql.param([...userIds]);
  for (const { table, only, also = sql`` } of following) {
    await tx.execute(sql`update ${table} moved set branch_id = home.branch_id${also} from ${user} home
      where ${and(sql`moved.tenant_id = ${scope.tenantId}`, sql`moved.user_id = any(${ids}::uuid[])`, sql`home.tenant_id = moved.tenant_id and home.id = moved.user_id and home.branch_id <> moved.branch_id`, only)}`);
  }
}

const gatherPayload = z.object({ userIds: z.array(z.uuid()).min(1).max(1000) });

/**
 * A call that was on its way while members moved may have read the old branch before and written after; once no such call can be alive, what
 * it wrote is brought along.
 */
export const gatherJob = defineJob({
  name: 'transfers.gather', payload: gatherPayload, retries: 3,
  run: async (scope, { userIds }) => { await withTenant(inAction(scope, 'transfers.gather'), (tx) => followMembers(tx, scope, userIds)); },
});

/** Longer than any call may take. */
const gatherAfterSeconds = 60;

/** One member's new place. */
export interface Move {
  readonly userId: string;
  readonly branchId: string;
  readonly agentId: string | null;
}

/** Puts members, and everything that follows them, into other hands as part of `tx`. The scope must reach the tenant (`actAsTenant`). */
export async function moveMembers(tx: Tx, scope: TenantScope, moves: readonly Move[], now: Date): Promise<void> {
  const list = (pick: (move: Move) => string | null) => sql.param(moves.map(pick));
  await tx.execute(sql`update ${user} moved set branch_id = place.branch_id, agent_id = place.agent_id, updated_at = ${now.toISOString()}
    from unnest(${list(({ userId }) => userId)}::uuid[], ${list(({ branchId }) => branchId)}::uuid[], ${list(({ agentId }) => agentId)}::uuid[]) as place (user_id, branch_id, agent_id)
    where ${and(sql`moved.tenant_id = ${scope.tenantId}`, sql`moved.id = place.user_id`)}`);
  const userIds = moves.map(({ userId }) => userId);
  await followMembers(tx, scope, userIds);
  await enqueue(tx, scope, gatherJob, { userIds }, { delaySeconds: gatherAfterSeconds });
}

/**
 * Members in a selection of people: whoever joined, by role or by membership. Staff who never joined are none. (In a list of fields drizzle writes
 * a column without its table, which inside a subquery would mean the inner one.)
 */
export const isMember = sql<boolean>`(exists (select from user_roles r where r.tenant_id = ${user}.tenant_id and r.user_id = ${user}.id and r.role = 'member')
  or exists (select from memberships m where m.tenant_id = ${user}.tenant_id and m.user_id = ${user}.id))`;
