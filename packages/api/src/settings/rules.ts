import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { assertOutsideTransaction, readTenant, type TenantScope } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { branchRuleKinds, DomainError, overTenant, type ResolvedRule, type RuleKind } from '@interdomestik/rules';

const freshForMs = 1_000;
/** What acts within this time is read ahead, so that its first moment waits for nothing. */
const aheadMs = 60_000;
/** Parsed documents of one tenant that are kept: those in force, and older ones that receipts and running work ask for. */
const keptPerTenant = 160;

/** A published version; its document never changes, so what was read of it stays right. */
interface Known {
  readonly id: string;
  readonly branchId: string | null;
  readonly version: number;
  readonly effectiveFrom: Date;
}

interface Loaded {
  /** When its reading began: everything that was published before is in it. */
  readonly at: number;
  /** By kind and branch, the one that acts last first. */
  readonly versions: ReadonlyMap<string, readonly Known[]>;
  /** Stored documents in force or about to be, by version. */
  readonly values: ReadonlyMap<string, unknown>;
}

// all keyed by tenant; they hold rule documents only, never a row about a person
const loaded = new Map<string, Loaded>();
const loading = new Map<string, Promise<Loaded>>();
// as promises that are kept already: one made anew for each lookup took as long as the lookup
const parsed = new Map<string, Map<string, Promise<ResolvedRule<RuleKind>>>>();

const listOf = (kind: string, branchId: string | null): string => `${kind}/${branchId ?? ''}`;

/** In one list: of several that have begun, the last one counts. */
const inForce = (versions: readonly Known[] | undefined, at: Date): Known | undefined => versions?.find(({ effectiveFrom }) => effectiveFrom <= at);

async function readValues(scope: TenantScope, ids: readonly string[]): Promise<Map<string, unknown>> {
  const rows = await readTenant(scope, (tx) => tx.select({ id: tenantSettings.id, value: tenantSettings.value }).from(tenantSettings)
    .where(and(eq(tenantSettings.tenantId, scope.tenantId), inArray(tenantSettings.id, [...ids]))));
  return new Map(rows.map(({ id, value }) => [id, value]));
}

async function load(scope: TenantScope): Promise<Loaded> {
  const at = Date.now();
  const rows = await readTenant(scope, (tx) =>
    tx.select({ id: tenantSettings.id, kind: tenantSettings.kind, branchId: tenantSettings.branchId, version: tenantSettings.version, effectiveFrom: tenantSettings.effectiveFrom }).from(tenantSettings)
      .where(and(eq(tenantSettings.tenantId, scope.tenantId), eq(tenantSettings.status, 'published'), isNotNull(tenantSettings.effectiveFrom))));
  const versions = new Map<string, Known[]>();
  for (const { kind, effectiveFrom, ...row } of rows) {
    if (effectiveFrom === null) continue;
    const list = listOf(kind, row.branchId);
    versions.set(list, [...(versions.get(list) ?? []), { ...row, effectiveFrom }]);
  }
  for (const list of versions.values()) list.sort((a, b) => b.effectiveFrom.getTime() - a.effectiveFrom.getTime() || b.version - a.version);
  const [now, soon] = [new Date(at), new Date(at + aheadMs)];
  const current = [...versions.values()].flatMap((list) => list.filter((one) => one === inForce(list, now) || (one.effectiveFrom > now && one.effectiveFrom <= soon)));
  const before = loaded.get(scope.tenantId)?.values;
  const missing = current.filter(({ id }) => before?.has(id) !== true).map(({ id }) => id);
  const read = missing.length === 0 ? new Map<string, unknown>() : await readValues(scope, missing);
  return { at, versions, values: new Map(current.map(({ id }) => [id, read.has(id) ? read.get(id) : before?.get(id)])) };
}

function refresh(scope: TenantScope): Promise<Loaded> {
  const { tenantId } = scope;
  const running = loading.get(tenantId);
  if (running !== undefined) return running;
  const started: Promise<Loaded> = load(scope).then((entry) => {
    // what was forgotten meanwhile is not remembered again
    if (loading.get(tenantId) === started) loaded.set(tenantId, entry);
    return entry;
  }).finally(() => {
    if (loading.get(tenantId) === started) loading.delete(tenantId);
  });
  loading.set(tenantId, started);
  return started;
}

/** What a warm process answers with at once; undefined when it has to be read first. Every promise less is a third of a lookup. */
function warmVersions(scope: TenantScope): Loaded | undefined {
  const entry = loaded.get(scope.tenantId);
  if (entry === undefined) return undefined;
  const age = Date.now() - entry.at;
  if (age < freshForMs) return entry;
  if (age >= 2 * freshForMs) return undefined;
  // the next version is fetched meanwhile; two seconds bound how old the answer is
  refresh(scope).catch(() => undefined);
  return entry;
}

const versionsOf = async (scope: TenantScope): Promise<Loaded> => warmVersions(scope) ?? (await refresh(scope));

const documentKey = (tenant: Known, branch: Known | undefined): string => (branch === undefined ? tenant.id : `${tenant.id}/${branch.id}`);

/** The parsed document of a version, or of a branch's over the tenant's, when somebody has asked for it before. */
const warmDocument = <K extends RuleKind>(scope: TenantScope, tenant: Known, branch: Known | undefined): Promise<ResolvedRule<K>> | undefined =>
  parsed.get(scope.tenantId)?.get(documentKey(tenant, branch)) as unknown as Promise<ResolvedRule<K>> | undefined;

/** The same, read and parsed; once, however many ask. */
async function documentOf<K extends RuleKind>(scope: TenantScope, entry: Loaded, kind: K, tenant: Known, branch: Known | undefined): Promise<ResolvedRule<K>> {
  const known = warmDocument<K>(scope, tenant, branch);
  if (known !== undefined) return await known;
  const missing = [tenant, branch].flatMap((one) => (one === undefined || entry.values.has(one.id) ? [] : [one.id]));
  const read = missing.length === 0 ? entry.values : new Map([...entry.values, ...(await readValues(scope, missing))]);
  const rule = overTenant(kind, { ...tenant, value: read.get(tenant.id) }, branch === undefined ? undefined : { ...branch, value: read.get(branch.id) });
  const kept = parsed.get(scope.tenantId) ?? new Map<string, Promise<ResolvedRule<RuleKind>>>();
  parsed.set(scope.tenantId, kept);
  if (kept.size >= keptPerTenant) for (const old of [...kept.keys()].slice(0, keptPerTenant / 4)) kept.delete(old);
  kept.set(documentKey(tenant, branch), Promise.resolve(rule));
  return rule;
}

const missing = (kind: RuleKind): DomainError => new DomainError('UNAVAILABLE', 'errors.rule.missing', { params: { kind } });

/**
 * The rule document of a tenant in force at `now`, for a branch where branches may differ. Throws UNAVAILABLE when the tenant
 * has none. Call it before opening a transaction, never inside one. A published version is seen within two seconds in every process, and a scheduled one
 * acts at its instant; a warm call sends no query of its own.
 */
export function ruleOf<K extends RuleKind>(scope: TenantScope, kind: K, now: Date, branchId: string | null = null): Promise<ResolvedRule<K>> {
  try {
    // cold or warm alike, so that a call inside a transaction is found at once and not only when the memory is old
    assertOutsideTransaction();
    const entry = warmVersions(scope);
    return entry === undefined ? refresh(scope).then((read) => inEntry(scope, read, kind, now, branchId)) : inEntry(scope, entry, kind, now, branchId);
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}

function inEntry<K extends RuleKind>(scope: TenantScope, entry: Loaded, kind: K, now: Date, branchId: string | null): Promise<ResolvedRule<K>> {
  const tenant = inForce(entry.versions.get(listOf(kind, null)), now);
  if (tenant === undefined) throw missing(kind);
  const branch = branchId === null || !branchRuleKinds.includes(kind) ? undefined : inForce(entry.versions.get(listOf(kind, branchId)), now);
  return warmDocument<K>(scope, tenant, branch) ?? documentOf(scope, entry, kind, tenant, branch);
}

/** Which versions a rule was put together from: what running work keeps of the rules that it began with, and what a receipt names. */
export interface RulePin {
  readonly version: number;
  /** Of a branch's rule: the tenant's version below it, and whose it is. */
  readonly base?: number | null | undefined;
  readonly branchId?: string | null | undefined;
}

/**
 * The rule as it was made of exactly those published versions, whether or not they are still in force: for work that goes on under the rules it began
 * with, and for deciding again what a receipt says was decided. Throws UNAVAILABLE when one of them was never published. As with `ruleOf`, never
 * inside a transaction.
 */
export async function ruleAt<K extends RuleKind>(scope: TenantScope, kind: K, { version, base = null, branchId = null }: RulePin): Promise<ResolvedRule<K>> {
  assertOutsideTransaction();
  const find = (entry: Loaded) => {
    const tenant = entry.versions.get(listOf(kind, null))?.find((one) => one.version === (branchId === null ? version : base));
    const branch = branchId === null ? undefined : entry.versions.get(listOf(kind, branchId))?.find((one) => one.version === version);
    return tenant === undefined || (branchId !== null && branch === undefined) ? null : { entry, tenant, branch };
  };
  // another process may have published it a moment ago
  const found = find(await versionsOf(scope)) ?? find(await refresh(scope));
  if (found === null) throw missing(kind);
  return await documentOf(scope, found.entry, kind, found.tenant, found.branch);
}

/** What running work stores of the rule that it begins with. */
export const pinOf = ({ version, base, branchId }: ResolvedRule<RuleKind>): RulePin => ({ version, ...(base === undefined ? {} : { base }), ...(branchId === undefined ? {} : { branchId }) });

/** Drops what is remembered of a tenant's rules; after a version was published in this process. */
export function forgetRules(tenantId: string): void {
  loaded.delete(tenantId);
  loading.delete(tenantId);
  parsed.delete(tenantId);
}
