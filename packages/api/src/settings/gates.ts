import { conflict, DomainError, parseRule, ruleToJson, type RuleKind } from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import { readWhole, tenantValue, type Published } from './check';
import { documentHash } from './hash';
import { authorOf, type VersionRow } from './versions';

/** What must happen before a rule of a kind is published. */
export interface Needs {
  readonly secondPerson: boolean;
  readonly simulation: boolean;
}

/** By the rule of approval in force. That rule itself needs the second person as soon as anything does: nobody disarms it alone. */
export function needsOf(published: readonly Published[], kind: RuleKind, at: Date): Needs {
  const { secondPersonFor, simulateFor } = parseRule('governance', tenantValue(published, 'governance', at).value);
  return { secondPerson: kind === 'governance' ? secondPersonFor.length > 0 : secondPersonFor.includes(kind), simulation: simulateFor.some((one) => one === kind) };
}

/** Throws FORBIDDEN `errors.rule.secondPerson` for whoever began or last changed the draft, and for a guest who is no person of the tenant. */
export function assertSecondPerson(scope: TenantScope, row: Pick<VersionRow, 'createdBy' | 'updatedBy'>): void {
  const person = authorOf(scope);
  if (person === null || person === row.createdBy || person === row.updatedBy) throw new DomainError('FORBIDDEN', 'errors.rule.secondPerson');
}

/** The hash of the whole document that a draft makes now; null while it is none. What was simulated must have had the same. */
export function hashOfDraft(published: readonly Published[], draft: { readonly kind: RuleKind; readonly branchId: string | null; readonly value: unknown }, at: Date): string | null {
  const reading = readWhole(published, draft.kind, draft.branchId, draft.value, at);
  return reading.ok ? documentHash(ruleToJson(reading.value)) : null;
}

/** Throws CONFLICT with what is still to be done before the draft may act: `errors.rule.notApproved`, `errors.rule.notSimulated`. */
export function assertGates(published: readonly Published[], row: VersionRow, value: unknown, at: Date): void {
  const needs = needsOf(published, row.kind, at);
  if (needs.secondPerson && (row.status !== 'approved' || row.approvedBy === null)) throw conflict('errors.rule.notApproved');
  if (needs.simulation && (row.simulatedHash === null || row.simulatedHash !== hashOfDraft(published, { ...row, value }, at))) throw conflict('errors.rule.notSimulated');
}
