import { and, eq, gt, or, sql } from 'drizzle-orm';
import { branchRuleParts, DomainError, inForceAt, readOver, readRule, type FieldIssue, type RuleKind, type RuleReading } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';

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

/** What is in force at an instant and what is scheduled after it, of every kind and branch. */
export async function publishedFrom(tx: Tx, scope: TenantScope, at: Date): Promise<Published[]> {
  const s = tenantSettings;
  const newer = sql`exists (select from tenant_settings n where n.tenant_id = ${s.tenantId} and n.kind = ${s.kind} and n.branch_id is not distinct from ${s.branchId} and n.status = 'published'
    and n.effective_from <= ${at.toISOString()}::timestamptz and (n.effective_from, n.version) > (${s.effectiveFrom}, ${s.version}))`;
  const rows = await tx.select({ kind: s.kind, branchId: s.branchId, version: s.version, effectiveFrom: s.effectiveFrom, value: s.value, publishedBy: s.publishedBy }).from(s)
    .where(and(eq(s.tenantId, scope.tenantId), eq(s.status, 'published'), or(gt(s.effectiveFrom, at), sql`not ${newer}`)));
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

/** Everything that is wrong with a draft, each fault with its place; none when it may act from `at` on. */
export function issuesOf(published: readonly Published[], draft: { readonly kind: RuleKind; readonly branchId: string | null; readonly value: unknown }, at: Date): FieldIssue[] {
  const { kind, branchId, value } = draft;
  const parts = branchRuleParts[kind] ?? [];
  const foreign = branchId === null || typeof value !== 'object' || value === null ? [] : Object.keys(value).filter((part) => !parts.includes(part));
  const reading = readWhole(published, kind, branchId, value, at);
  return [...foreign.map((field) => ({ field, key: 'errors.rule.notOfBranch', params: {} })), ...(reading.ok ? [] : reading.issues)];
}
