import { z } from 'zod';
import { decideDeadline, isClosed, missingDocuments, readFacts, triageStates, type DocumentKind, type Facts, type Priority, type ResolvedRule, type RuleReceipt } from '@interdomestik/rules';
import { categoryOf, type ClaimRow } from './pack';

/** Where the clock of a claim stands: columns of its row. */
export interface Clock {
  readonly packCompleteAt: Date | null;
  readonly stageSince: Date;
  readonly slaDueAt: Date | null;
  readonly slaReceipt: RuleReceipt | null;
  readonly routeCode: string | null;
  readonly priority: Priority;
}

const decidedSchema = z.object({ inputs: z.object({ decision: z.literal('deadline'), facts: z.unknown() }) });

/** The way through triage stays as it was decided once the first decision is made, whatever becomes known later. */
function factsFor(claim: Pick<ClaimRow, 'status' | 'slaReceipt'>, facts: Facts<'claim'>): Facts<'claim'> {
  if (triageStates.includes(claim.status)) return facts;
  const decided = decidedSchema.safeParse(claim.slaReceipt);
  return decided.success ? readFacts('claim', decided.data.inputs.facts) : facts;
}

/** Documents that the category asks for and that are not there yet. */
export const missingOf = (rule: ResolvedRule<'workflows'>, claim: Pick<ClaimRow, 'category'>, present: readonly DocumentKind[]): DocumentKind[] =>
  missingDocuments(rule.value, categoryOf(claim.category), present);

/** Since when the pack of a claim is complete; null while something is missing. */
export const completeSince = (rule: ResolvedRule<'workflows'>, claim: Pick<ClaimRow, 'category' | 'packCompleteAt'>, present: readonly DocumentKind[], now: Date): Date | null =>
  (missingOf(rule, claim, present).length > 0 ? null : (claim.packCompleteAt ?? now));

/**
 * The clock of a claim in the state that it is in since `stageSince`: a complete pack starts triage and an incomplete one holds it; an open claim
 * is due when its rule says so, a closed one never.
 */
export function clockOf(rule: ResolvedRule<'workflows'>, claim: ClaimRow, facts: Facts<'claim'>, now: Date): Clock {
  const { packCompleteAt } = claim;
  const since = claim.stageSince ?? now;
  if (isClosed(rule.value.claims, claim.status)) {
    return { packCompleteAt, stageSince: since, slaDueAt: null, slaReceipt: claim.slaReceipt as RuleReceipt | null, routeCode: claim.routeCode, priority: claim.priority === 'urgent' ? 'urgent' : 'normal' };
  }
  const { dueAt, routeCode, priority, receipt } = decideDeadline(rule, {
    state: claim.status, since, packCompleteAt, facts: factsFor(claim, { ...facts, packComplete: packCompleteAt !== null }),
  });
  return { packCompleteAt, stageSince: since, slaDueAt: dueAt, slaReceipt: receipt, routeCode, priority };
}
