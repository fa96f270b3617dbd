import { and, asc, eq, sql } from 'drizzle-orm';
import { conflict, newId, notFound, type BranchInput } from '@interdomestik/rules';
import { inAction, readTenant, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { branches, user, userRoles } from '@interdomestik/db/schema';
import { violates } from '../database-errors';

/** Branches in reach: a tenant admin's all, a branch person's own. */
function inReach(scope: TenantScope) {
  const { reach } = scope;
  const inTenant = eq(branches.tenantId, scope.tenantId);
  if (reach.kind === 'tenant') return inTenant;
  if (reach.kind === 'branch' || reach.kind === 'own') return and(inTenant, eq(branches.id, reach.branchId));
  return sql`false`;
}

/** Branches with the number of people who work and who are members there. */
export async function listBranches(scope: TenantScope) {
  // in a list of fields drizzle writes a column without its table, which inside a subquery would mean the inner one
  const members = sql<number>`(select count(*)::int from ${user} u where u.tenant_id = ${branches}.tenant_id and u.branch_id = ${branches}.id and u.member_number is not null)`;
  const staff = sql<number>`(select count(distinct r.user_id)::int from ${userRoles} r where r.tenant_id = ${branches}.tenant_id and r.branch_id = ${branches}.id and r.role <> 'member')`;
  return await readTenant(scope, (tx) =>
    tx.select({ id: branches.id, code: branches.code, name: branches.name, city: branches.city, address: branches.address, phone: branches.phone, isActive: branches.isActive, members, staff })
      .from(branches).where(inReach(scope)).orderBy(asc(branches.name)),
  );
}

/** Opens a branch. Throws CONFLICT on the code when the tenant has one of that code. */
export async function createBranch(scope: TenantScope, input: BranchInput): Promise<string> {
  const id = newId();
  try {
    await withTenant(inAction(scope, 'branches.create'), async (tx) => {
      await tx.insert(branches).values({
        tenantId: scope.tenantId, id, code: input.code, name: input.name, city: input.city, address: input.address ?? '', phone: input.phone ?? null,
      });
    });
  } catch (error) {
    if (violates(error, 'branches_code')) throw conflict('errors.branch.codeTaken');
    throw error;
  }
  return id;
}

/** Changes a branch's name and address. The code stays: it stands in rules and addresses. */
export async function updateBranch(scope: TenantScope, id: string, input: Omit<BranchInput, 'code'>, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'branches.update'), async (tx) => {
    const changed = await tx.update(branches)
      .set({ name: input.name, city: input.city, address: input.address ?? '', phone: input.phone ?? null, updatedAt: now })
      .where(and(inReach(scope), eq(branches.id, id))).returning({ id: branches.id });
    if (changed.length === 0) throw notFound();
  });
}

/** Closes an empty branch. Throws CONFLICT while people belong to it: they have to be moved first, so that nobody is lost. */
export async function closeBranch(scope: TenantScope, id: string, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'branches.close'), async (tx) => {
    const [found] = await tx.select({ id: branches.id }).from(branches).where(and(inReach(scope), eq(branches.id, id))).for('update');
    if (found === undefined) throw notFound();
    const [person] = await tx.select({ id: user.id }).from(user).where(and(visible(scope, user), eq(user.branchId, id))).limit(1);
    // somebody may work here and be a member elsewhere
    const [worker] = await tx.select({ id: userRoles.id }).from(userRoles).where(and(eq(userRoles.tenantId, scope.tenantId), eq(userRoles.branchId, id))).limit(1);
    if (person !== undefined || worker !== undefined) throw conflict('errors.branch.notEmpty');
    await tx.update(branches).set({ isActive: false, updatedAt: now }).where(and(inReach(scope), eq(branches.id, id)));
  });
}
