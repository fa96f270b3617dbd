import { and, eq, ne } from 'drizzle-orm';
import { z } from 'zod';
import { notFound, type ResolvedRule } from '@interdomestik/rules';
import { readTenant, visible, type TenantScope } from '@interdomestik/db';
import { claims } from '@interdomestik/db/schema';
import { pinOf, ruleAt, ruleOf } from '../settings/rules';

/** The rules by which one claim runs. */
export interface ClaimRules {
  readonly workflows: ResolvedRule<'workflows'>;
  readonly products: ResolvedRule<'products'>;
}

const pinSchema = z.object({ version: z.int(), base: z.int().optional(), branchId: z.string().optional() });
const pinsSchema = z.object({ workflows: pinSchema, products: pinSchema });

/** What a claim stores of the rules that it begins with. */
export const pinsOf = ({ workflows, products }: ClaimRules) => pinsSchema.parse({ workflows: pinOf(workflows), products: pinOf(products) });

/** The rules that a claim was handed in under; those in force for a draft, and for one from before claims kept theirs. Call it before opening a transaction. */
export async function rulesOf(scope: TenantScope, claim: { readonly branchId: string; readonly ruleVersions: unknown }, now: Date): Promise<ClaimRules> {
  const kept = claim.ruleVersions === null ? null : pinsSchema.parse(claim.ruleVersions);
  const [workflows, products] = await Promise.all(kept === null
    ? [ruleOf(scope, 'workflows', now, claim.branchId), ruleOf(scope, 'products', now)] as const
    : [ruleAt(scope, 'workflows', kept.workflows), ruleAt(scope, 'products', kept.products)] as const);
  return { workflows, products };
}

/** The rules of a claim in sight; with `handedIn` drafts look missing. Throws NOT_FOUND for every other. */
export async function rulesOfClaim(scope: TenantScope, id: string, now: Date, { handedIn }: { readonly handedIn: boolean }): Promise<ClaimRules & { readonly branchId: string }> {
  const [row] = await readTenant(scope, (tx) => tx.select({ branchId: claims.branchId, ruleVersions: claims.ruleVersions }).from(claims)
    .where(and(visible(scope, claims), handedIn ? ne(claims.status, 'draft') : undefined, eq(claims.id, id))));
  if (row === undefined) throw notFound();
  return { branchId: row.branchId, ...(await rulesOf(scope, row, now)) };
}
