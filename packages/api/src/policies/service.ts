import { and, count, desc, eq } from 'drizzle-orm';
import { conflict, newId, notFound, type PolicyInput } from '@interdomestik/rules';
import { inAction, readTenant, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { policies, user } from '@interdomestik/db/schema';
import { memberOf } from '../memberships/service';

/** More than anybody holds; keeps a script from filling the table. */
const mostPolicies = 50;

const own = (scope: TenantScope, id: string) => and(visible(scope, policies), eq(policies.userId, memberOf(scope)), eq(policies.id, id));

/** Own policies, newest first. */
export async function listPolicies(scope: TenantScope) {
  const userId = memberOf(scope);
  return await readTenant(scope, (tx) =>
    tx.select({
      id: policies.id, kind: policies.kind, insurer: policies.insurer, policyNumber: policies.policyNumber, startsOn: policies.startsOn, endsOn: policies.endsOn, createdAt: policies.createdAt,
    }).from(policies).where(and(visible(scope, policies), eq(policies.userId, userId))).orderBy(desc(policies.createdAt), desc(policies.id)).limit(mostPolicies));
}

/** Adds a policy of the acting member. Throws CONFLICT `errors.policy.tooMany` beyond what one person can hold. */
export async function addPolicy(scope: TenantScope, input: PolicyInput, now: Date): Promise<string> {
  const userId = memberOf(scope);
  return await withTenant(inAction(scope, 'policies.add'), async (tx) => {
    const [person] = await tx.select({ branchId: user.branchId }).from(user).where(and(visible(scope, user), eq(user.id, userId))).for('no key update');
    if (person?.branchId === undefined || person.branchId === null) throw notFound();
    const [held] = await tx.select({ number: count() }).from(policies).where(and(visible(scope, policies), eq(policies.userId, userId)));
    if ((held?.number ?? 0) >= mostPolicies) throw conflict('errors.policy.tooMany', { maximum: mostPolicies });
    const id = newId();
    await tx.insert(policies).values({ tenantId: scope.tenantId, id, userId, branchId: person.branchId, ...input, createdAt: now, updatedAt: now });
    return id;
  });
}

/** Changes an own policy. Throws NOT_FOUND for anybody else's. */
export async function updatePolicy(scope: TenantScope, id: string, input: PolicyInput, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'policies.update'), async (tx) => {
    const changed = await tx.update(policies).set({ ...input, updatedAt: now }).where(own(scope, id)).returning({ id: policies.id });
    if (changed.length === 0) throw notFound();
  });
}

/** Removes an own policy. Throws NOT_FOUND for anybody else's. */
export async function removePolicy(scope: TenantScope, id: string): Promise<void> {
  await withTenant(inAction(scope, 'policies.remove'), async (tx) => {
    const gone = await tx.delete(policies).where(own(scope, id)).returning({ id: policies.id });
    if (gone.length === 0) throw notFound();
  });
}
