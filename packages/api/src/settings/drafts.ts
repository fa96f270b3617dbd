import { and, eq } from 'drizzle-orm';
import { assertPlainDocument, assertStep, canonicalJson, conflict, invalid, newestPublished, newId, notFound, readRule, ruleState, ruleToJson, type RuleIssue, type RuleKind } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { issuesOf, surroundingsOf } from './check';
import { assertBranch, authorOf, lockRules, nextVersion, openOf, placeOf, versionsOf, viewOf, type VersionRow, type VersionView } from './versions';

export interface DraftInput {
  readonly kind: RuleKind;
  readonly branchId: string | null;
  /** Null: a new draft. */
  readonly id: string | null;
  /** The revision that was being edited; null for a new one. */
  readonly revision: number | null;
  readonly value: unknown;
  readonly note: string;
}

export type SavedDraft = VersionView & { readonly issues: RuleIssue[] };

/** What was sent as plain JSON in its stored form: amounts as text, defaults written out where the document is right. Throws INVALID with the place of a name that no document may have. */
export function storedForm(kind: RuleKind, branchId: string | null, sent: unknown): unknown {
  const value: unknown = JSON.parse(JSON.stringify(sent ?? null, (_, one: unknown) => (typeof one === 'bigint' ? one.toString() : one)));
  assertPlainDocument(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('value', 'errors.type');
  if (branchId !== null) return value;
  const reading = readRule(kind, value);
  return reading.ok ? ruleToJson(reading.value) : value;
}

/** A version that is open, at the revision that the caller has seen. Throws NOT_FOUND, or CONFLICT when somebody saved in between or it is open no more. */
export async function openVersion(tx: Tx, scope: TenantScope, at: { readonly id: string; readonly revision: number }, step: 'save' | 'discard' | 'rebase' | 'validate' | 'approve' | 'publish', now: Date) {
  const { kind, branchId, value } = await placeOf(tx, scope, at.id);
  const versions = await versionsOf(tx, scope, kind, branchId);
  const row = versions.find(({ id }) => id === at.id);
  if (row === undefined) throw notFound();
  const state = ruleState(row, versions, now);
  if (row.revision !== at.revision && openOf(versions)?.id === row.id) throw conflict('errors.rule.draftChanged');
  assertStep(state, step);
  return { kind, branchId, value, row, versions, state };
}

/** The row after a change, for the answer. */
export async function reread(tx: Tx, scope: TenantScope, row: Pick<VersionRow, 'id' | 'kind' | 'branchId'>, now: Date): Promise<VersionView> {
  const versions = await versionsOf(tx, scope, row.kind, row.branchId);
  const found = versions.find(({ id }) => id === row.id);
  if (found === undefined) throw notFound();
  return await viewOf(tx, scope, found, versions, now);
}

export const thisVersion = (scope: TenantScope, id: string) => and(eq(tenantSettings.tenantId, scope.tenantId), eq(tenantSettings.id, id));

/** What a draft loses with every save: nobody has checked, approved or scheduled this one. */
export const unchecked = { status: 'draft', validatedAt: null, approvedBy: null, approvedAt: null } as const;
/** What it loses beside that when its document changes. */
export const untried = { simulatedHash: null, simulationId: null } as const;

/**
 * Keeps what somebody has written of a rule so far, right or wrong, with everything that is wrong with it. Each save counts the revision up and takes
 * back what was said of the one before. Throws CONFLICT `errors.rule.draftExists` when another draft of the kind is open, `errors.rule.draftChanged`
 * when somebody saved in between, INVALID for what cannot be stored.
 */
export async function saveDraft(scope: TenantScope, input: DraftInput, now: Date): Promise<SavedDraft> {
  const { kind, branchId, note } = input;
  const value = storedForm(kind, branchId, input.value);
  return await withTenant(inAction(scope, 'settings.saveDraft'), async (tx) => {
    await lockRules(tx, scope);
    await assertBranch(tx, scope, kind, branchId, 'open');
    const row = input.id === null ? await begin(tx, scope, { kind, branchId, value, note }, now) : await goOn(tx, scope, { ...input, id: input.id, value }, now);
    const issues = issuesOf(await surroundingsOf(tx, scope, kind, now), { kind, branchId, value }, now);
    return { ...(await reread(tx, scope, row, now)), issues };
  });
}

/** A new draft on the newest published version. Throws CONFLICT `errors.rule.draftExists`. */
export async function begin(tx: Tx, scope: TenantScope, draft: Pick<DraftInput, 'kind' | 'branchId' | 'value' | 'note'> & { readonly restoresVersion?: number }, now: Date): Promise<Pick<VersionRow, 'id' | 'kind' | 'branchId'>> {
  const { kind, branchId, value, note, restoresVersion = null } = draft;
  const versions = await versionsOf(tx, scope, kind, branchId);
  if (openOf(versions) !== undefined) throw conflict('errors.rule.draftExists');
  const id = newId();
  await tx.insert(tenantSettings).values({
    tenantId: scope.tenantId, id, kind, branchId, version: nextVersion(versions), status: 'draft', value, note, restoresVersion, baseVersion: newestPublished(versions)?.version ?? null,
    createdBy: authorOf(scope), updatedBy: authorOf(scope), createdAt: now, updatedAt: now,
  });
  return { id, kind, branchId };
}

async function goOn(tx: Tx, scope: TenantScope, input: DraftInput & { readonly id: string }, now: Date): Promise<VersionRow> {
  const { row, value: before } = await openVersion(tx, scope, { id: input.id, revision: input.revision ?? 0 }, 'save', now);
  // an id of another kind or branch is no draft of this one
  if (row.kind !== input.kind || row.branchId !== input.branchId) throw notFound();
  const changed = canonicalJson(storedForm(input.kind, input.branchId, before)) !== canonicalJson(input.value);
  await tx.update(tenantSettings).set({ ...unchecked, ...(changed ? untried : {}), value: input.value, note: input.note, revision: row.revision + 1, updatedBy: authorOf(scope), updatedAt: now }).where(thisVersion(scope, row.id));
  return row;
}

/** Gives a draft up; it stays in the history as withdrawn. */
export async function discardDraft(scope: TenantScope, input: { readonly id: string; readonly revision: number }, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'settings.discardDraft'), async (tx) => {
    await lockRules(tx, scope);
    const { row } = await openVersion(tx, scope, input, 'discard', now);
    await tx.update(tenantSettings).set({ status: 'withdrawn', updatedBy: authorOf(scope), updatedAt: now }).where(thisVersion(scope, row.id));
  });
}
