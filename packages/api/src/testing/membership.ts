import { addDays, annualPeriod, newId, todayIn } from '@interdomestik/rules';
import { withTenant } from '@interdomestik/db';
import { memberships } from '@interdomestik/db/schema';
import { systemScopeOf } from './callers';
import type { TestPerson, TestTenant } from './world';

/** Gives a member a running membership that began `daysAgo`; its id. */
export async function giveMembership(tenant: TestTenant, person: TestPerson, options: { planCode?: string; daysAgo?: number; status?: string } = {}): Promise<string> {
  const { planCode = 'asistenca', daysAgo = 30, status = 'active' } = options;
  const scope = await systemScopeOf(tenant);
  const id = newId();
  const { start, end } = annualPeriod(addDays(todayIn(tenant.pack.zone, new Date()), -daysAgo));
  if (person.branchId === null) throw new Error('a member has a branch');
  const values = { tenantId: tenant.id, id, userId: person.id, branchId: person.branchId, planCode, channel: 'agent', status, startsOn: start, endsOn: end, priceMinor: 2000n, currency: tenant.pack.currencies[0] ?? 'EUR' };
  await withTenant(scope, (tx) => tx.insert(memberships).values(values).then(() => undefined));
  return id;
}
