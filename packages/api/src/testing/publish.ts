import { newId, type RuleInput, type RuleKind } from '@interdomestik/rules';
import { withTenant } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { forgetRules } from '../settings/rules';
import { systemScopeOf } from './callers';
import type { TestTenant } from './world';

/** Puts a version of a rule in force, as publishing it a moment ago would have. */
export async function publishRule<K extends RuleKind>(tenant: TestTenant, kind: K, version: number, value: RuleInput<K>, from = new Date(Date.now() - 1000)): Promise<void> {
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(tenantSettings).values({ tenantId: tenant.id, id: newId(), kind, version, status: 'published', value, effectiveFrom: from, publishedAt: from });
  });
  forgetRules(tenant.id);
}
