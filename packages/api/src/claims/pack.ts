import { and, eq, isNotNull } from 'drizzle-orm';
import { claimCategories, documentKinds, type ClaimCategory, type DocumentKind } from '@interdomestik/rules';
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
