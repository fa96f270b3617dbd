import { and, eq } from 'drizzle-orm';
import {
  conflict, DomainError, isDomainError, isTriedKind, notFound, openRuleStatuses, overTenant, inForceAt, ruleKindSchema, type ResolvedRule, type RuleKind, type TrialRules, type TriedKind, type WorkflowsPair,
} from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { publishedFrom, tenantValue, type Published } from '../settings/check';
import { hashOfDraft } from '../settings/gates';

/** A draft that can be tried, as it lies in the table. */
export interface TriedDraft {
  readonly id: string;
  readonly kind: TriedKind;
  readonly branchId: string | null;
  readonly value: unknown;
}

/** The open draft of that id. Throws NOT_FOUND, CONFLICT `errors.simulation.notDraft` once it is published or thrown away, INVALID for a kind that changes no price and no deadline. */
export async function draftOf(tx: Tx, scope: TenantScope, settingId: string, lock: boolean): Promise<TriedDraft> {
  const query = tx.select({ id: tenantSettings.id, kind: tenantSettings.kind, branchId: tenantSettings.branchId, status: tenantSettings.status, value: tenantSettings.value }).from(tenantSettings)
    .where(and(eq(tenantSettings.tenantId, scope.tenantId), eq(tenantSettings.id, settingId)));
  const [row] = await (lock ? query.for('no key update') : query);
  if (row === undefined) throw notFound();
  if (!openRuleStatuses.some((open) => open === row.status)) throw conflict('errors.simulation.notDraft');
  const kind = ruleKindSchema.parse(row.kind);
  if (!isTriedKind(kind)) throw new DomainError('INVALID', 'errors.simulation.kind', { field: 'settingId' });
  return { id: row.id, kind, branchId: row.branchId, value: row.value };
}

/** SHA-256 of the whole document that the draft makes, as publishing will ask for it. Throws INVALID `errors.simulation.draftWrong` when it makes none. */
export function hashToTry(published: readonly Published[], draft: TriedDraft, at: Date): string {
  const hash = hashOfDraft(published, draft, at);
  if (hash === null) throw new DomainError('INVALID', 'errors.simulation.draftWrong', { field: 'settingId' });
  return hash;
}

/** The same of a draft as it lies there now; null when it makes no document, or is no draft any more. */
export async function hashOfOpenDraft(tx: Tx, scope: TenantScope, settingId: string, now: Date): Promise<string | null> {
  try {
    return hashOfDraft(await publishedFrom(tx, scope, now), await draftOf(tx, scope, settingId, false), now);
  } catch (error) {
    if (isDomainError(error)) return null;
    throw error;
  }
}

function resolved<K extends RuleKind>(published: readonly Published[], kind: K, branchId: string | null, at: Date): ResolvedRule<K> {
  const own = branchId === null ? undefined : inForceAt(published.filter((one) => one.kind === kind && one.branchId === branchId), at);
  return overTenant(kind, tenantValue(published, kind, at), own);
}

/** The same with the draft in force from `at` on. */
function withDraft(published: readonly Published[], draft: TriedDraft, at: Date): Published[] {
  const newest = Math.max(0, ...published.filter(({ kind }) => kind === draft.kind).map(({ version }) => version));
  return [...published, { kind: draft.kind, branchId: draft.branchId, version: newest + 1, status: 'published', effectiveFrom: at, value: draft.value, fromPack: false }];
}

/**
 * The rules in force at an instant, and the same with the draft among them. A draft of the whole tenant acts below what branches have their own
 * way; a draft of one branch leaves every other branch as it is.
 */
export async function trialRules(tx: Tx, scope: TenantScope, draft: TriedDraft, at: Date): Promise<TrialRules & { readonly hash: string }> {
  const published = await publishedFrom(tx, scope, at);
  const hash = hashToTry(published, draft, at);
  const tried = withDraft(published, draft, at);
  const both = <K extends RuleKind>(kind: K, branchId: string | null) => ({ current: resolved(published, kind, branchId, at), draft: resolved(tried, kind, branchId, at) });
  const [products, tax] = [both('products', null), both('tax', null)];
  const pairs = new Map<string, WorkflowsPair>();
  return {
    hash, current: { products: products.current, tax: tax.current }, draft: { products: products.draft, tax: tax.draft }, workflows: both('workflows', draft.branchId),
    workflowsOf: (branchId) => {
      const pair = pairs.get(branchId) ?? both('workflows', branchId);
      pairs.set(branchId, pair);
      return pair;
    },
  };
}
