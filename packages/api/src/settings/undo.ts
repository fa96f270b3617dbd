import { assertStep, canStep, conflict, notFound, ruleState, type RuleKind } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { publishedFrom } from './check';
import { begin, reread, thisVersion } from './drafts';
import { needsOf } from './gates';
import { publishOpen } from './publish';
import { forgetRules } from './rules';
import { assertBranch, authorOf, lockRules, placeOf, valuesOf, versionsOf, type VersionView } from './versions';

/** A process may remember for two seconds what was scheduled: so close to its time a version counts as acting. */
const actsWithinMs = 5_000;

/** Takes a version back whose time has not come. Throws NOT_FOUND, CONFLICT `errors.rule.acting` for one that acts or is about to. */
export async function withdrawVersion(scope: TenantScope, id: string, now: Date): Promise<VersionView> {
  const view = await withTenant(inAction(scope, 'settings.withdraw'), async (tx) => {
    await lockRules(tx, scope);
    const { kind, branchId } = await placeOf(tx, scope, id);
    const versions = await versionsOf(tx, scope, kind, branchId);
    const row = versions.find((one) => one.id === id);
    if (row === undefined) throw notFound();
    if (row.status === 'published' && row.effectiveFrom !== null && row.effectiveFrom.getTime() <= now.getTime() + actsWithinMs) throw conflict('errors.rule.acting');
    assertStep(ruleState(row, versions, now), 'withdraw');
    await tx.update(tenantSettings).set({ status: 'withdrawn', updatedBy: authorOf(scope), updatedAt: now }).where(thisVersion(scope, id));
    return await reread(tx, scope, row, now);
  });
  forgetRules(scope.tenantId);
  return view;
}

/**
 * Publishes an earlier version's document again, as a new version that acts at once. Where the rule of approval asks for a second person or for a
 * simulation it becomes a draft instead, and goes their way. Throws NOT_FOUND for a version that never acted, CONFLICT for the one in force.
 */
export async function rollbackTo(scope: TenantScope, input: { readonly kind: RuleKind; readonly branchId: string | null; readonly version: number; readonly note: string }, now: Date): Promise<VersionView> {
  const { kind, branchId, note } = input;
  const view = await withTenant(inAction(scope, 'settings.rollback'), async (tx) => {
    await lockRules(tx, scope);
    await assertBranch(tx, scope, kind, branchId, 'open');
    const versions = await versionsOf(tx, scope, kind, branchId);
    const earlier = versions.find(({ version, status }) => version === input.version && status === 'published');
    if (earlier === undefined) throw notFound();
    if (!canStep(ruleState(earlier, versions, now), 'rollback')) throw conflict('errors.rule.notEarlier');
    const value = (await valuesOf(tx, scope, [earlier.id])).get(earlier.id);
    const needs = needsOf(await publishedFrom(tx, scope, now), kind, now);
    const made = await begin(tx, scope, { kind, branchId, value, note, restoresVersion: earlier.version }, now);
    if (needs.secondPerson || needs.simulation) return await reread(tx, scope, made, now);
    const after = await versionsOf(tx, scope, kind, branchId);
    const row = after.find(({ id }) => id === made.id);
    if (row === undefined) throw notFound();
    return await publishOpen(tx, scope, { row, versions: after, value, effectiveFrom: null }, now);
  });
  forgetRules(scope.tenantId);
  return view;
}
