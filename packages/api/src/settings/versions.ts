import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import {
  branchRuleKinds, conflict, fullName, invalid, isEmptyPatch, inForceAt, notFound, openRuleStatuses, ruleState, ruleStatuses, type RuleKind, type RuleLife, type RuleState, type RuleStatus,
} from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { branches, tenantSettings, user } from '@interdomestik/db/schema';

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** One version of a rule as the history shows it; people are null for the system, a pack and the console. */
export interface VersionView {
  readonly id: string;
  readonly kind: RuleKind;
  readonly branchId: string | null;
  readonly version: number;
  readonly state: RuleState;
  readonly revision: number;
  readonly baseVersion: number | null;
  readonly restoresVersion: number | null;
  readonly note: string;
  readonly effectiveFrom: Date | null;
  readonly createdAt: Date;
  readonly createdBy: Person | null;
  readonly updatedBy: Person | null;
  readonly approvedBy: Person | null;
  readonly approvedAt: Date | null;
  readonly publishedBy: Person | null;
  readonly publishedAt: Date | null;
  readonly simulatedHash: string | null;
}

export const versionColumns = {
  id: tenantSettings.id, kind: tenantSettings.kind, branchId: tenantSettings.branchId, version: tenantSettings.version, status: tenantSettings.status, revision: tenantSettings.revision,
  baseVersion: tenantSettings.baseVersion, restoresVersion: tenantSettings.restoresVersion, note: tenantSettings.note, effectiveFrom: tenantSettings.effectiveFrom,
  createdAt: tenantSettings.createdAt, createdBy: tenantSettings.createdBy, updatedBy: tenantSettings.updatedBy, approvedBy: tenantSettings.approvedBy, approvedAt: tenantSettings.approvedAt,
  publishedBy: tenantSettings.publishedBy, publishedAt: tenantSettings.publishedAt, simulatedHash: tenantSettings.simulatedHash,
};

/** A version without its document. */
export type VersionRow = Omit<VersionView, 'state' | 'createdBy' | 'updatedBy' | 'approvedBy' | 'publishedBy'> & RuleLife & {
  readonly createdBy: string | null;
  readonly updatedBy: string | null;
  readonly approvedBy: string | null;
  readonly publishedBy: string | null;
};

export const statusOf = (status: string): RuleStatus => {
  const known = ruleStatuses.find((one) => one === status);
  if (known === undefined) throw new Error(`a rule with the status ${status}`);
  return known;
};

export const ofBranch = (branchId: string | null) => (branchId === null ? isNull(tenantSettings.branchId) : eq(tenantSettings.branchId, branchId));

/** Every version of a kind for the tenant or for one branch, newest first, without the documents. */
export async function versionsOf(tx: Tx, scope: TenantScope, kind: RuleKind, branchId: string | null): Promise<VersionRow[]> {
  const rows = await tx.select(versionColumns).from(tenantSettings)
    .where(and(eq(tenantSettings.tenantId, scope.tenantId), eq(tenantSettings.kind, kind), ofBranch(branchId))).orderBy(desc(tenantSettings.version));
  return rows.map((row) => ({ ...row, kind, status: statusOf(row.status) }));
}

/** The stored documents of some versions, by id. */
export async function valuesOf(tx: Tx, scope: TenantScope, ids: readonly string[]): Promise<Map<string, unknown>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.select({ id: tenantSettings.id, value: tenantSettings.value }).from(tenantSettings).where(and(eq(tenantSettings.tenantId, scope.tenantId), inArray(tenantSettings.id, [...ids])));
  return new Map(rows.map(({ id, value }) => [id, value]));
}

/** Which kind and branch a version is of. Throws NOT_FOUND. */
export async function placeOf(tx: Tx, scope: TenantScope, id: string): Promise<{ kind: RuleKind; branchId: string | null; value: unknown }> {
  const [row] = await tx.select({ kind: tenantSettings.kind, branchId: tenantSettings.branchId, value: tenantSettings.value }).from(tenantSettings)
    .where(and(eq(tenantSettings.tenantId, scope.tenantId), eq(tenantSettings.id, id)));
  if (row === undefined) throw notFound();
  return { ...row, kind: row.kind as RuleKind };
}

/** Throws INVALID for a kind that no branch has its own way, NOT_FOUND for a branch that the tenant has not, CONFLICT where it must be open and is closed. */
export async function assertBranch(tx: Tx, scope: TenantScope, kind: RuleKind, branchId: string | null, must?: 'open'): Promise<void> {
  if (branchId === null) return;
  const [branch] = await tx.select({ isActive: branches.isActive }).from(branches).where(and(eq(branches.tenantId, scope.tenantId), eq(branches.id, branchId)));
  if (branch === undefined) throw notFound();
  if (!branchRuleKinds.includes(kind)) throw invalid('branchId', 'errors.rule.noBranch');
  if (must === 'open' && !branch.isActive) throw conflict('errors.branch.closed');
}

/** Whoever changes the rules of a tenant waits for whoever is doing so: what was checked is still so when it is written. */
export async function lockRules(tx: Tx, scope: TenantScope): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`rules:${scope.tenantId}`}, 0))`);
}

/** Versions as people see them, with names. `siblings` are all versions of the same kind and branch. */
export async function viewsOf(tx: Tx, scope: TenantScope, rows: readonly VersionRow[], siblings: readonly VersionRow[], now: Date): Promise<VersionView[]> {
  const ids = [...new Set(rows.flatMap(({ createdBy, updatedBy, approvedBy, publishedBy }) => [createdBy, updatedBy, approvedBy, publishedBy]))].filter((id) => id !== null);
  const people = ids.length === 0 ? [] : await tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName }).from(user).where(and(eq(user.tenantId, scope.tenantId), inArray(user.id, ids)));
  const names = new Map(people.map((person) => [person.id, { id: person.id, name: fullName(person) }]));
  const person = (id: string | null): Person | null => (id === null ? null : (names.get(id) ?? null));
  return rows.map(({ status: _, ...row }) => ({
    ...row, state: ruleState({ ...row, status: _ }, siblings, now),
    createdBy: person(row.createdBy), updatedBy: person(row.updatedBy), approvedBy: person(row.approvedBy), publishedBy: person(row.publishedBy),
  }));
}

export async function viewOf(tx: Tx, scope: TenantScope, row: VersionRow, siblings: readonly VersionRow[], now: Date): Promise<VersionView> {
  const [view] = await viewsOf(tx, scope, [row], siblings, now);
  if (view === undefined) throw notFound();
  return view;
}

/** The version that is being written; undefined when none is. */
export const openOf = (versions: readonly VersionRow[]): VersionRow | undefined => versions.find(({ status }) => openRuleStatuses.some((open) => open === status));

export const nextVersion = (versions: readonly VersionRow[]): number => Math.max(0, ...versions.map(({ version }) => version)) + 1;

/** Who acts, as a version remembers it: a person of the tenant, or nobody. */
export const authorOf = (scope: TenantScope): string | null => (scope.actor.kind === 'user' ? scope.actor.id : null);

export interface BranchOverride {
  readonly id: string;
  readonly name: string;
  /** Whether a rule of its own is in force there. */
  readonly overrides: boolean;
}

/** The tenant's open branches with whether each has the kind its own way now. */
export async function overridesOf(tx: Tx, scope: TenantScope, kind: RuleKind, now: Date): Promise<BranchOverride[]> {
  if (!branchRuleKinds.includes(kind)) return [];
  const places = await tx.select({ id: branches.id, name: branches.name }).from(branches).where(and(eq(branches.tenantId, scope.tenantId), eq(branches.isActive, true))).orderBy(branches.name, branches.id);
  const rows = await tx.select({ branchId: tenantSettings.branchId, version: tenantSettings.version, effectiveFrom: tenantSettings.effectiveFrom, value: tenantSettings.value }).from(tenantSettings)
    .where(and(eq(tenantSettings.tenantId, scope.tenantId), eq(tenantSettings.kind, kind), eq(tenantSettings.status, 'published'), sql`${tenantSettings.branchId} is not null`));
  return places.map(({ id, name }) => {
    const own = inForceAt(rows.filter(({ branchId }) => branchId === id).map((row) => ({ ...row, status: 'published' as const })), now);
    return { id, name, overrides: own !== undefined && !isEmptyPatch(own.value) };
  });
}
