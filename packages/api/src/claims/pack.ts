import { and, eq, isNotNull } from 'drizzle-orm';
import { claimCategories, documentKinds, dueAt, missingDocuments, type ClaimCategory, type DocumentKind, type WorkflowsRule } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { documents, type claims } from '@interdomestik/db/schema';

export type ClaimRow = typeof claims.$inferSelect;

/** A category as the table's check allows it. */
export function categoryOf(text: string): ClaimCategory {
  const category = claimCategories.find((candidate) => candidate === text);
  if (category === undefined) throw new Error('a claim has an unknown category');
  return category;
}

/** The kinds of stored documents of a claim. */
export async function storedKinds(tx: Tx, scope: TenantScope, claimId: string): Promise<DocumentKind[]> {
  const rows = await tx.selectDistinct({ kind: documents.kind }).from(documents)
    .where(and(eq(documents.tenantId, scope.tenantId), eq(documents.entity, 'claim'), eq(documents.entityId, claimId), eq(documents.status, 'stored'), isNotNull(documents.kind)));
  return documentKinds.filter((kind) => rows.some((row) => row.kind === kind));
}

/** States in which the first decision is still to be made, so that the triage clock matters. */
const untriaged: readonly string[] = ['submitted', 'verification'];

/**
 * Where the triage clock stands for a claim with these documents: it starts when the pack of a submitted claim becomes complete, and
 * stands, with null, while something is missing.
 */
export function packOf(rule: WorkflowsRule, claim: Pick<ClaimRow, 'category' | 'status' | 'packCompleteAt' | 'slaDueAt'>, present: readonly DocumentKind[], now: Date) {
  const missing = missingDocuments(rule, categoryOf(claim.category), present);
  if (missing.length > 0) return { missing, packCompleteAt: null, slaDueAt: null };
  if (claim.packCompleteAt !== null) return { missing, packCompleteAt: claim.packCompleteAt, slaDueAt: claim.slaDueAt };
  const due = untriaged.includes(claim.status) ? dueAt(now, rule.triageHours, rule.calendar) : null;
  return { missing, packCompleteAt: now, slaDueAt: due };
}
