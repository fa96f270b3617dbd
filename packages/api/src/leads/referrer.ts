import { and, eq, isNull } from 'drizzle-orm';
import { invalid, type ReferralKind } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { branches, referralCodes, user, userRoles } from '@interdomestik/db/schema';

/** Who stands behind a referral code. */
export interface Referrer {
  readonly codeId: string;
  readonly userId: string;
  readonly branchId: string;
  readonly branchCode: string;
  /** People who work here earn commissions by their codes; a member's code makes the friend's price and the member's days. */
  readonly kind: ReferralKind;
  readonly isAgent: boolean;
}

/** The one behind a living code of the tenant. Throws INVALID for a code that nobody has. `scope` must reach the tenant. */
export async function referrerOf(tx: Tx, scope: TenantScope, code: string): Promise<Referrer> {
  const [row] = await tx.select({ codeId: referralCodes.id, userId: referralCodes.userId, branchId: referralCodes.branchId, branchCode: branches.code }).from(referralCodes)
    .innerJoin(user, and(eq(user.tenantId, referralCodes.tenantId), eq(user.id, referralCodes.userId), eq(user.status, 'active')))
    .innerJoin(branches, and(eq(branches.tenantId, referralCodes.tenantId), eq(branches.id, referralCodes.branchId)))
    .where(and(eq(referralCodes.tenantId, scope.tenantId), eq(referralCodes.code, code), isNull(referralCodes.disabledAt)));
  if (row === undefined) throw invalid('referralCode', 'errors.referral');
  const held = await tx.select({ role: userRoles.role }).from(userRoles).where(and(eq(userRoles.tenantId, scope.tenantId), eq(userRoles.userId, row.userId)));
  return { ...row, kind: held.some(({ role }) => role !== 'member') ? 'staff' : 'member', isAgent: held.some(({ role }) => role === 'agent') };
}
