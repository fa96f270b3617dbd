import { inForceAt, newestPublished, notFound, ruleToJson, type RuleIssue, type RuleKind } from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { issuesOf, publishedFrom, readWhole, surroundingsOf, tenantValue, type Published } from './check';
import { needsOf, type Needs } from './gates';
import { assertBranch, openOf, overridesOf, placeOf, valuesOf, versionsOf, viewOf, viewsOf, type BranchOverride, type VersionView } from './versions';

export interface KindView {
  readonly kind: RuleKind;
  readonly inForce: { readonly version: number; readonly source: 'branch' | 'tenant' | 'pack'; readonly value: unknown; readonly effectiveFrom: Date };
  /** What a new draft begins from, in its stored form; null where a branch has published nothing yet. */
  readonly newest: { readonly version: number; readonly value: unknown } | null;
  readonly draft: VersionView | null;
  readonly versions: VersionView[];
  readonly branches: BranchOverride[];
  readonly needs: Needs;
}

/** One kind of rule for the tenant or for a branch: what is in force, what is being written, and every version. Throws NOT_FOUND for a branch of nobody. */
export async function getKind(scope: TenantScope, input: { readonly kind: RuleKind; readonly branchId: string | null }, now: Date): Promise<KindView> {
  const { kind, branchId } = input;
  return await withTenant(actAsTenant(scope, 'settings.kind'), async (tx) => {
    await assertBranch(tx, scope, kind, branchId);
    const versions = await versionsOf(tx, scope, kind, branchId);
    const published = await publishedFrom(tx, scope, now);
    const newest = newestPublished(versions);
    const values = await valuesOf(tx, scope, newest === undefined ? [] : [newest.id]);
    const views = await viewsOf(tx, scope, versions, versions, now);
    const open = openOf(versions);
    return {
      kind, inForce: inForceOf(published, kind, branchId, now), newest: newest === undefined ? null : { version: newest.version, value: values.get(newest.id) },
      draft: views.find(({ id }) => id === open?.id) ?? null, versions: views, branches: await overridesOf(tx, scope, kind, now), needs: needsOf(published, kind, now),
    };
  });
}

function inForceOf(published: readonly Published[], kind: RuleKind, branchId: string | null, now: Date): KindView['inForce'] {
  const tenant = tenantValue(published, kind, now);
  const own = branchId === null ? undefined : inForceAt(published.filter((one) => one.kind === kind && one.branchId === branchId), now);
  const reading = own === undefined ? readWhole(published, kind, null, tenant.value, now) : readWhole(published, kind, branchId, own.value, now);
  const { version, effectiveFrom } = own ?? tenant;
  const source = own !== undefined ? 'branch' : tenant.fromPack ? 'pack' : 'tenant';
  return { version, source, effectiveFrom, value: reading.ok ? ruleToJson(reading.value) : tenant.value };
}

export type VersionPage = VersionView & {
  /** As it is stored: of a branch, what it overrides. */
  readonly value: unknown;
  /** The whole document. */
  readonly resolved: unknown;
  readonly issues: RuleIssue[];
};

/** One version with its document and, while it is open, everything that is wrong with it. Throws NOT_FOUND. */
export async function getVersion(scope: TenantScope, id: string, now: Date): Promise<VersionPage> {
  return await withTenant(actAsTenant(scope, 'settings.version'), async (tx) => {
    const { kind, branchId, value } = await placeOf(tx, scope, id);
    const versions = await versionsOf(tx, scope, kind, branchId);
    const row = versions.find((one) => one.id === id);
    if (row === undefined) throw notFound();
    const around = await surroundingsOf(tx, scope, kind, now);
    const reading = readWhole(around.published, kind, branchId, value, now);
    const issues = openOf(versions)?.id === id ? issuesOf(around, { kind, branchId, value }, now) : [];
    return { ...(await viewOf(tx, scope, row, versions, now)), value, resolved: reading.ok ? ruleToJson(reading.value) : value, issues };
  });
}
