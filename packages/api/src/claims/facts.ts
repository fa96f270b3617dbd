import { and, eq } from 'drizzle-orm';
import { claimFactsOf, isDateOnly, todayIn, type DateOnly, type Facts } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { branches, memberships } from '@interdomestik/db/schema';
import { categoryOf, type ClaimRow } from './pack';

const dayOf = (text: string | null | undefined): DateOnly | null => (isDateOnly(text) ? text : null);

/** What the conditions of a rule may know of a claim as it stands. */
export async function factsOfClaim(tx: Tx, scope: TenantScope, claim: ClaimRow): Promise<Facts<'claim'>> {
  const [branch] = await tx.select({ code: branches.code }).from(branches).where(and(eq(branches.tenantId, scope.tenantId), eq(branches.id, claim.branchId)));
  const [membership] = claim.membershipId === null ? [] : await tx.select({ planCode: memberships.planCode, startsOn: memberships.startsOn }).from(memberships)
    .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.userId, claim.userId), eq(memberships.id, claim.membershipId)));
  return claimFactsOf({
    category: categoryOf(claim.category), planCode: membership?.planCode ?? null, branchCode: branch?.code ?? null, currency: claim.currency, claimedMinor: claim.claimedMinor,
    recoveredMinor: claim.recoveredMinor, incidentOn: dayOf(claim.incidentOn), submittedOn: claim.submittedAt === null ? null : todayIn(scope.tenant.timeZone, claim.submittedAt),
    memberSince: dayOf(membership?.startsOn), packComplete: claim.packCompleteAt !== null,
  });
}
