import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import { can, fullName, notFound, staffRoleSchema, todayIn, type DateOnly, type StaffRole } from '@interdomestik/rules';
import { actAsTenant, readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, cashReceipts, claims, leads, memberTransfers, referralCodes, user, userRoles } from '@interdomestik/db/schema';
import { moneyOf } from '../memberships/service';
import { takingsReport } from '../reports/service';
import { ruleOf } from '../settings/rules';

/** Branches in reach: a tenant admin's all, a branch person's own. */
export function inReach(scope: TenantScope) {
  const { reach } = scope;
  const inTenant = eq(branches.tenantId, scope.tenantId);
  if (reach.kind === 'tenant') return inTenant;
  if (reach.kind === 'branch' || reach.kind === 'own') return and(inTenant, eq(branches.id, reach.branchId));
  return sql`false`;
}

// in a list of fields drizzle writes a column without its table, which inside a subquery would mean the inner one
const counted = (from: ReturnType<typeof sql>) => sql<number>`(select count(*)::int from ${from} and x.tenant_id = ${branches}.tenant_id and x.branch_id = ${branches}.id)`;

const openLeads = sql`${leads} x where x.status in ('new', 'contacted', 'payment_pending')`;
const openClaims = sql`${claims} x where x.status not in ('draft', 'resolved', 'rejected')`;

const columns = {
  id: branches.id, code: branches.code, name: branches.name, city: branches.city, address: branches.address, phone: branches.phone, isActive: branches.isActive,
  members: counted(sql`${user} x where x.member_number is not null`),
  staff: sql<number>`(select count(distinct r.user_id)::int from ${userRoles} r where r.tenant_id = ${branches}.tenant_id and r.branch_id = ${branches}.id and r.role <> 'member')`,
  openLeads: counted(openLeads), openClaims: counted(openClaims),
};

/** Branches in reach with what is going on there. */
export async function listBranches(scope: TenantScope) {
  return await readTenant(scope, (tx) => tx.select(columns).from(branches).where(inReach(scope)).orderBy(asc(branches.name), asc(branches.id)));
}

const monthsShown = 6;

function monthsBack(today: DateOnly, months: number): DateOnly {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10) as DateOnly;
}

/** One branch in reach with its cash that is not banked, and with its takings of the last half year by month for those who read reports. Throws NOT_FOUND. */
export async function getBranch(scope: TenantScope, id: string, now: Date) {
  const [branch] = await readTenant(scope, (tx) => tx.select(columns).from(branches).where(and(inReach(scope), eq(branches.id, id))));
  if (branch === undefined) throw notFound();
  const today = todayIn(scope.tenant.timeZone, now);
  const [enrolment, cash, takings] = await Promise.all([
    ruleOf(scope, 'enrolment', now),
    readTenant(scope, (tx) => unbankedRows(tx, scope, id)).then(summed),
    can(scope.permissions, 'reports.read') ? takingsReport(scope, { from: monthsBack(today, monthsShown - 1), to: today, branchId: id }) : null,
  ]);
  return { ...branch, isDefault: enrolment.value.defaultBranchCode === branch.code, cash, takings };
}

/** One person of a branch's team, and what hangs on the person there. */
export interface TeamMember {
  readonly userId: string;
  readonly name: string;
  readonly roles: StaffRole[];
  readonly members: number;
  readonly openLeads: number;
}

/** Everybody who works in a branch, whatever the status of the account. */
export async function teamOf(tx: Tx, scope: TenantScope, branchId: string): Promise<TeamMember[]> {
  const rows = await tx.select({
    userId: userRoles.userId, role: userRoles.role, firstName: user.firstName, lastName: user.lastName,
    members: sql<number>`(select count(*)::int from ${user} m where m.tenant_id = ${userRoles}.tenant_id and m.agent_id = ${userRoles}.user_id and m.branch_id = ${userRoles}.branch_id)`,
    openLeads: sql<number>`(select count(*)::int from ${openLeads} and x.tenant_id = ${userRoles}.tenant_id and x.owner_id = ${userRoles}.user_id and x.branch_id = ${userRoles}.branch_id)`,
  }).from(userRoles).innerJoin(user, and(eq(user.tenantId, userRoles.tenantId), eq(user.id, userRoles.userId)))
    .where(and(eq(userRoles.tenantId, scope.tenantId), eq(userRoles.branchId, branchId))).orderBy(asc(user.lastName), asc(user.firstName), asc(userRoles.id));
  const team = new Map<string, TeamMember>();
  for (const { role, firstName, lastName, ...row } of rows) {
    const roles = [...(team.get(row.userId)?.roles ?? []), staffRoleSchema.parse(role)];
    team.set(row.userId, { ...row, name: fullName({ firstName, lastName }), roles });
  }
  return [...team.values()];
}

const unbankedRows = (tx: Tx, scope: TenantScope, branchId: string) =>
  tx.select({ currency: cashReceipts.currency, count: sql<number>`count(*)::int`, total: sql<string>`sum(${cashReceipts.amountMinor})::text` }).from(cashReceipts)
    .where(and(eq(cashReceipts.tenantId, scope.tenantId), eq(cashReceipts.branchId, branchId), isNull(cashReceipts.bankedAt), ne(cashReceipts.status, 'returned'))).groupBy(cashReceipts.currency).orderBy(asc(cashReceipts.currency));

const summed = (rows: Awaited<ReturnType<typeof unbankedRows>>) =>
  ({ count: rows.reduce((sum, row) => sum + row.count, 0), amounts: rows.map((row) => moneyOf(BigInt(row.total), row.currency)) });

/** How many cash receipts of a branch have not reached the bank, and what they come to. */
export async function unbankedCash(tx: Tx, scope: TenantScope, branchId: string) {
  return summed(await unbankedRows(tx, scope, branchId));
}

/** What a branch owns: what closing it would move, and what keeps it from closing. For the tenant's admin. */
export async function holdingsOf(scope: TenantScope, id: string, now: Date) {
  const enrolment = await ruleOf(scope, 'enrolment', now);
  return await withTenant(actAsTenant(scope, 'branches.holdings'), async (tx) => {
    const [branch] = await tx.select({
      ...columns, people: counted(sql`${user} x where true`), leads: counted(sql`${leads} x where true`),
      referralCodes: counted(sql`${referralCodes} x where x.disabled_at is null`),
      openTransfers: sql<number>`(select count(*)::int from ${memberTransfers} t where t.tenant_id = ${branches}.tenant_id and ${branches}.id in (t.from_branch_id, t.to_branch_id) and t.status = 'requested')`,
    }).from(branches).where(and(inReach(scope), eq(branches.id, id)));
    if (branch === undefined) throw notFound();
    const team = await teamOf(tx, scope, id);
    const { people, leads: everyLead, code, ...counts } = branch;
    return {
      id, code, name: branch.name, isActive: branch.isActive, members: counts.members, openLeads: counts.openLeads, openClaims: counts.openClaims,
      referralCodes: counts.referralCodes, openTransfers: counts.openTransfers, team, cash: await unbankedCash(tx, scope, id),
      isDefault: enrolment.value.defaultBranchCode === code, isEmpty: people === 0 && everyLead === 0 && team.length === 0 && counts.referralCodes === 0,
    };
  });
}
