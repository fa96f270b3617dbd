import { and, eq, lte } from 'drizzle-orm';
import { assertOutsideTransaction, readTenant, type TenantScope } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { DomainError, resolveRule, ruleKindSchema, type ResolvedRule, type RuleKind, type RuleVersion } from '@interdomestik/rules';

const freshForMs = 1_000;

interface Loaded {
  at: number;
  versions: readonly RuleVersion[];
  resolved: Map<string, ResolvedRule<RuleKind>>;
}

// keyed by tenant; holds rule documents only, never a row about a person
const loaded = new Map<string, Loaded>();
const loading = new Map<string, Promise<Loaded>>();

async function load(scope: TenantScope, now: Date): Promise<Loaded> {
  const rows = await readTenant(scope, (tx) =>
    tx.select().from(tenantSettings).where(and(eq(tenantSettings.tenantId, scope.tenantId), eq(tenantSettings.status, 'published'), lte(tenantSettings.effectiveFrom, new Date(now.getTime() + 60_000)))),
  );
  const versions = rows.map((row): RuleVersion => ({
    kind: ruleKindSchema.parse(row.kind), version: row.version, tenantId: row.tenantId, branchId: row.branchId,
    effectiveFrom: row.effectiveFrom ?? row.createdAt, status: 'published', value: row.value,
  }));
  const before = loaded.get(scope.tenantId);
  const unchanged = before !== undefined && fingerprint(before.versions) === fingerprint(versions);
  const entry: Loaded = { at: Date.now(), versions, resolved: unchanged ? before.resolved : new Map() };
  loaded.set(scope.tenantId, entry);
  return entry;
}

const fingerprint = (versions: readonly RuleVersion[]): string =>
  versions.map((version) => `${version.kind}/${version.branchId ?? ''}/${String(version.version)}/${String(version.effectiveFrom.getTime())}`).toSorted().join();

async function versionsOf(scope: TenantScope, now: Date): Promise<Loaded> {
  const entry = loaded.get(scope.tenantId);
  if (entry !== undefined && Date.now() - entry.at < freshForMs) return entry;
  const running = loading.get(scope.tenantId) ?? load(scope, now).finally(() => loading.delete(scope.tenantId));
  loading.set(scope.tenantId, running);
  // a warm process answers with what it has while the next version is fetched; one second bounds how old that is
  if (entry !== undefined && Date.now() - entry.at < 2 * freshForMs) {
    running.catch(() => undefined);
    return entry;
  }
  return await running;
}

/**
 * The rule document of a tenant in force at `now`, for a branch where branches may differ. Throws UNAVAILABLE when the tenant
 * has none. Call it before opening a transaction, never inside one. A published version is seen within two seconds in every process; a warm call sends no query of its own.
 */
export async function ruleOf<K extends RuleKind>(scope: TenantScope, kind: K, now: Date, branchId: string | null = null): Promise<ResolvedRule<K>> {
  // cold or warm alike, so that a call inside a transaction is found at once and not only when the memory is old
  assertOutsideTransaction();
  const entry = await versionsOf(scope, now);
  const due = entry.versions.filter((version) => version.kind === kind && version.effectiveFrom <= now);
  const key = `${kind}/${branchId ?? ''}/${due.map((version) => String(version.version)).join()}`;
  const known = entry.resolved.get(key);
  if (known !== undefined) return known as unknown as ResolvedRule<K>;
  const rule = resolveRule(kind, entry.versions, now, branchId);
  entry.resolved.set(key, rule);
  return rule;
}

/** Which versions a rule was put together from: what running work keeps of the rules that it began with. */
export interface RulePin {
  readonly version: number;
  /** Of a branch's rule: the tenant's version below it, and whose it is. */
  readonly base?: number | null | undefined;
  readonly branchId?: string | null | undefined;
}

const endOfTime = new Date(8_640_000_000_000_000);

/** The rule as it was made of exactly those published versions, whatever is in force now. Throws UNAVAILABLE when one of them is not there. Call it before opening a transaction. */
export async function ruleAt<K extends RuleKind>(scope: TenantScope, kind: K, { version, base = null, branchId = null }: RulePin): Promise<ResolvedRule<K>> {
  assertOutsideTransaction();
  const now = new Date();
  const wanted = (candidate: RuleVersion): boolean => candidate.kind === kind
    && (candidate.branchId === null ? candidate.version === (branchId === null ? version : base) : candidate.branchId === branchId && candidate.version === version);
  let entry = await versionsOf(scope, now);
  let parts = entry.versions.filter(wanted);
  // published a moment ago by another process
  if (!parts.some((part) => part.branchId === branchId)) parts = (entry = await load(scope, now)).versions.filter(wanted);
  if (!parts.some((part) => part.branchId === branchId)) throw new DomainError('UNAVAILABLE', 'errors.rule.missing', { params: { kind } });
  const key = `at/${kind}/${branchId ?? ''}/${String(version)}/${String(base)}`;
  const known = entry.resolved.get(key);
  if (known !== undefined) return known as unknown as ResolvedRule<K>;
  const rule = resolveRule(kind, parts, endOfTime, branchId);
  entry.resolved.set(key, rule);
  return rule;
}

/** What running work stores of the rule that it begins with. */
export const pinOf = ({ version, base, branchId }: ResolvedRule<RuleKind>): RulePin => ({ version, ...(base === undefined ? {} : { base }), ...(branchId === undefined ? {} : { branchId }) });

/** Drops what is remembered of a tenant's rules; after a version was published in this process. */
export function forgetRules(tenantId: string): void {
  loaded.delete(tenantId);
}
