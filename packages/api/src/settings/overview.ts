import { and, asc, eq, gt, inArray, or } from 'drizzle-orm';
import { inForceAt, isEmptyPatch, openRuleStatuses, ruleKinds, ruleKindSchema, type RuleKind } from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, tenantSettings } from '@interdomestik/db/schema';
import { issuesOf, publishedFrom, surroundingsOf, tenantValue, type Published } from './check';
import { needsOf } from './gates';
import { authorOf, statusOf, valuesOf, versionColumns, viewsOf, type VersionRow, type VersionView } from './versions';

export interface KindStanding {
  readonly kind: RuleKind;
  readonly version: number;
  readonly source: 'tenant' | 'pack';
  readonly effectiveFrom: Date;
  readonly overrides: number;
}

export type PendingVersion = VersionView & { readonly branchName: string | null };
export type OpenVersion = PendingVersion & { readonly issues: number; readonly waitsForMe: boolean };

export interface RulesOverview {
  readonly kinds: KindStanding[];
  readonly open: OpenVersion[];
  readonly scheduled: PendingVersion[];
}

/** Versions of every kind and branch that are being written or whose time has not come, those that act soonest first. */
async function pendingOf(tx: Tx, scope: TenantScope, now: Date): Promise<VersionRow[]> {
  const rows = await tx.select({ ...versionColumns, kind: tenantSettings.kind }).from(tenantSettings)
    .where(and(eq(tenantSettings.tenantId, scope.tenantId), or(inArray(tenantSettings.status, [...openRuleStatuses]), and(eq(tenantSettings.status, 'published'), gt(tenantSettings.effectiveFrom, now)))))
    .orderBy(asc(tenantSettings.effectiveFrom), asc(tenantSettings.createdAt), asc(tenantSettings.id));
  return rows.map((row) => ({ ...row, kind: ruleKindSchema.parse(row.kind), status: statusOf(row.status) }));
}

function standingOf(published: readonly Published[], kind: RuleKind, openBranches: ReadonlySet<string>, now: Date): KindStanding {
  const { version, fromPack, effectiveFrom } = tenantValue(published, kind, now);
  const overrides = [...openBranches].filter((id) => {
    const own = inForceAt(published.filter((one) => one.kind === kind && one.branchId === id), now);
    return own !== undefined && !isEmptyPatch(own.value);
  });
  return { kind, version, source: fromPack ? 'pack' : 'tenant', effectiveFrom, overrides: overrides.length };
}

/** Every kind of rule with the version in force, and everything that is written or scheduled anywhere in the tenant, with what is wrong and whose word it waits for. */
export async function rulesOverview(scope: TenantScope, now: Date): Promise<RulesOverview> {
  return await withTenant(actAsTenant(scope, 'settings.overview'), async (tx) => {
    const places = await tx.select({ id: branches.id, name: branches.name, isActive: branches.isActive }).from(branches).where(eq(branches.tenantId, scope.tenantId));
    const names = new Map(places.map(({ id, name }) => [id, name]));
    const active = new Set(places.filter(({ isActive }) => isActive).map(({ id }) => id));
    const published = await publishedFrom(tx, scope, now);
    const rows = await pendingOf(tx, scope, now);
    const values = await valuesOf(tx, scope, rows.filter(({ status }) => status !== 'published').map(({ id }) => id));
    const views = await viewsOf(tx, scope, rows, rows, now);
    const me = authorOf(scope);
    const pending = views.map((view): PendingVersion => ({ ...view, branchName: view.branchId === null ? null : (names.get(view.branchId) ?? null) }));
    const open: OpenVersion[] = [];
    for (const view of pending.filter(({ state }) => state !== 'scheduled')) {
      const issues = issuesOf(await surroundingsOf(tx, scope, view.kind, now), { ...view, value: values.get(view.id) }, now).length;
      const second = me !== null && me !== view.createdBy?.id && me !== view.updatedBy?.id;
      open.push({ ...view, issues, waitsForMe: second && view.state === 'validated' && needsOf(published, view.kind, now).secondPerson });
    }
    return { kinds: ruleKinds.map((kind) => standingOf(published, kind, active, now)), open, scheduled: pending.filter(({ state }) => state === 'scheduled') };
  });
}
