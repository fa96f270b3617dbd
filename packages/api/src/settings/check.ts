import { and, eq, gt, or, sql } from 'drizzle-orm';
import {
  branchRuleParts, DomainError, inForceAt, onlyOnce, readOver, readRule, ruleFaults, ruleKinds, sameFault, type Beside, type RuleDocs, type RuleIssue, type RuleKind, type RuleReading,
} from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { branches, tenantSettings, user, userRoles } from '@interdomestik/db/schema';

/** A published version with its document. */
export interface Published {
  readonly kind: string;
  readonly branchId: string | null;
  readonly version: number;
  readonly status: 'published';
  readonly effectiveFrom: Date;
  readonly value: unknown;
  /** Made from a country pack, and never published by a person. */
  readonly fromPack: boolean;
}

const s = tenantSettings;
const columns = { kind: s.kind, branchId: s.branchId, version: s.version, effectiveFrom: s.effectiveFrom, value: s.value, publishedBy: s.publishedBy };

/** What is in force at an instant and what is scheduled after it, of every kind and branch. */
export async function publishedFrom(tx: Tx, scope: TenantScope, at: Date): Promise<Published[]> {
  const newer = sql`exists (select from tenant_settings n where n.tenant_id = ${s.tenantId} and n.kind = ${s.kind} and n.branch_id is not distinct from ${s.branchId} and n.status = 'published'
    and n.effective_from <= ${at.toISOString()}::timestamptz and (n.effective_from, n.version) > (${s.effectiveFrom}, ${s.version}))`;
  const rows = await tx.select(columns).from(s).where(and(eq(s.tenantId, scope.tenantId), eq(s.status, 'published'), or(gt(s.effectiveFrom, at), sql`not ${newer}`)));
  return rows.flatMap(({ publishedBy, effectiveFrom, ...row }) => (effectiveFrom === null ? [] : [{ ...row, effectiveFrom, status: 'published' as const, fromPack: row.version === 1 && row.branchId === null && publishedBy === null }]));
}

/** The tenant's stored document of a kind in force at an instant, among those. Throws UNAVAILABLE when there is none. */
export function tenantValue(published: readonly Published[], kind: RuleKind, at: Date): Published {
  const found = inForceAt(published.filter((one) => one.kind === kind && one.branchId === null), at);
  if (found === undefined) throw new DomainError('UNAVAILABLE', 'errors.rule.missing', { params: { kind } });
  return found;
}

/** A stored value as the whole document that it makes: of a branch, laid over the tenant's. */
export const readWhole = <K extends RuleKind>(published: readonly Published[], kind: K, branchId: string | null, value: unknown, at: Date): RuleReading<K> =>
  (branchId === null ? readRule(kind, value) : readOver(kind, tenantValue(published, kind, at).value, value));

/** What a draft is compared with, beside the documents themselves. */
export interface Surroundings {
  readonly published: readonly Published[];
  readonly currency: string;
  readonly branches: readonly { readonly id: string; readonly code: string; readonly name: string; readonly isActive: boolean }[];
  readonly approvers: number;
  readonly history: Beside['history'];
}

/** Reads them in the transaction that writes, so that what was compared is so. */
export async function surroundingsOf(tx: Tx, scope: TenantScope, kind: RuleKind, at: Date): Promise<Surroundings> {
  const published = await publishedFrom(tx, scope, at);
  const places = await tx.select({ id: branches.id, code: branches.code, name: branches.name, isActive: branches.isActive }).from(branches).where(eq(branches.tenantId, scope.tenantId));
  const people = await tx.selectDistinct({ id: user.id }).from(user).innerJoin(userRoles, and(eq(userRoles.tenantId, user.tenantId), eq(userRoles.userId, user.id)))
    .where(and(eq(user.tenantId, scope.tenantId), eq(user.status, 'active'), eq(userRoles.role, 'tenant_admin')));
  const before = kind !== 'legal' && kind !== 'invoicing' ? [] : await tx.select({ value: s.value }).from(s)
    .where(and(eq(s.tenantId, scope.tenantId), eq(s.kind, kind), eq(s.status, 'published'))).orderBy(s.version);
  const read = <K extends RuleKind>(of: K) => before.flatMap(({ value }) => {
    const reading = readRule(of, value);
    return reading.ok ? [reading.value] : [];
  });
  const history = kind === 'legal' ? { legal: read(kind) } : kind === 'invoicing' ? { invoicing: read(kind) } : {};
  return { published, currency: scope.tenant.currency, branches: places, approvers: people.length, history };
}

type Docs = Partial<RuleDocs>;

export interface Draft {
  readonly kind: RuleKind;
  readonly branchId: string | null;
  readonly value: unknown;
}

/** Every document as it is at an instant, for the tenant or for a branch. One that cannot be read is left out. */
function docsAt({ published }: Surroundings, branchId: string | null, at: Date): Docs {
  return Object.fromEntries(ruleKinds.flatMap((kind) => {
    const tenant = inForceAt(published.filter((one) => one.kind === kind && one.branchId === null), at);
    const own = branchId === null ? undefined : inForceAt(published.filter((one) => one.kind === kind && one.branchId === branchId), at);
    if (tenant === undefined) return [];
    const reading = own === undefined ? readRule(kind, tenant.value) : readOver(kind, tenant.value, own.value);
    return reading.ok ? [[kind, reading.value]] : [];
  }));
}

const besideOf = ({ currency, branches: places, approvers, history }: Surroundings, docs: Docs): Beside => ({
  currencies: [...new Set([currency, ...(docs.payments?.routes.flatMap(({ currencies }) => currencies) ?? [])])], languages: docs.languages?.offered ?? [], branches: places, approvers, history,
});

/** Faults with the draft in its place. In other documents only those that the draft brings about: what was wrong there before is not this draft's to mend. */
function faultsWith(around: Surroundings, kind: RuleKind, docs: Docs, drafted: RuleDocs[RuleKind]): RuleIssue[] {
  const changed: Docs = { ...docs, [kind]: drafted };
  const before = new Set(ruleFaults(docs, besideOf(around, docs), kind).map(sameFault));
  return ruleFaults(changed, besideOf(around, changed), kind).filter((issue) => issue.kind === kind || !before.has(sameFault(issue)));
}

/** Branches whose own rule would no longer fit the tenant's new document. */
function branchFaults(around: Surroundings, { kind, value }: Draft, at: Date): RuleIssue[] {
  return around.branches.flatMap(({ id, name, isActive }) => {
    const own = inForceAt(around.published.filter((one) => one.kind === kind && one.branchId === id), at);
    if (own === undefined || !isActive) return [];
    const reading = readOver(kind, value, own.value);
    const fits = reading.ok && faultsWith(around, kind, docsAt(around, id, at), reading.value).length === 0;
    return fits ? [] : [{ kind, field: '', key: 'errors.rule.branchOverride', params: { branch: name } }];
  });
}

/**
 * Everything that is wrong with a draft that acts from `at` on, each fault with its place; none when it may. It is compared with the other rules as
 * they are then, and as they will be at each later instant for which something is scheduled.
 */
export function issuesOf(around: Surroundings, draft: Draft, at: Date): RuleIssue[] {
  const { kind, branchId, value } = draft;
  const parts = branchRuleParts[kind] ?? [];
  const foreign = branchId === null || typeof value !== 'object' || value === null ? [] : Object.keys(value).filter((part) => !parts.includes(part));
  const refused = foreign.map((field): RuleIssue => ({ kind, field, key: 'errors.rule.notOfBranch', params: {} }));
  const instants = [at, ...around.published.map(({ effectiveFrom }) => effectiveFrom).filter((from) => from > at)];
  const faults = instants.flatMap((instant) => {
    const reading = readWhole(around.published, kind, branchId, value, instant);
    if (!reading.ok) return reading.issues.map((issue): RuleIssue => ({ ...issue, kind }));
    return [...faultsWith(around, kind, docsAt(around, branchId, instant), reading.value), ...(branchId === null ? branchFaults(around, draft, instant) : [])];
  });
  return onlyOnce([...refused, ...faults]);
}
