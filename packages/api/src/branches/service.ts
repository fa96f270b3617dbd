import { and, eq } from 'drizzle-orm';
import { conflict, newId, notFound, type BranchInput } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope } from '@interdomestik/db';
import { branches } from '@interdomestik/db/schema';
import { violates } from '../database-errors';
import { inReach } from './read';

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

/** Opens a closed branch again, empty as it was closed. Repeating does nothing. */
export async function reopenBranch(scope: TenantScope, id: string, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'branches.reopen'), async (tx) => {
    const [branch] = await tx.select({ isActive: branches.isActive }).from(branches).where(and(inReach(scope), eq(branches.id, id))).for('update');
    if (branch === undefined) throw notFound();
    if (!branch.isActive) await tx.update(branches).set({ isActive: true, updatedAt: now }).where(and(inReach(scope), eq(branches.id, id)));
  });
}
