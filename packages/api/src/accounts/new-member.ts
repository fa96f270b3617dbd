import { and, eq, isNull } from 'drizzle-orm';
import { invalid, isLocale, newId, unavailable, type Locale } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { branches, consents, referralCodes, user, userRoles } from '@interdomestik/db/schema';
import type { LegalTextView } from '../site/service';

/** A stored language, or English for one that we no longer write. */
export const localeOfRow = (locale: string): Locale => (isLocale(locale) ? locale : 'en');

/** Where a new member belongs, and who is behind it. */
export interface Placement {
  readonly branchId: string;
  /** Agent who looks after the member; null for self-service and for promoters, who see no members. */
  readonly agentId: string | null;
  readonly referralCodeId: string | null;
}

/** The branch of a referral code's owner, else the tenant's default branch. Throws INVALID for a code that nobody has. */
export async function placementOf(tx: Tx, scope: TenantScope, referralCode: string | undefined, defaultBranchCode: string): Promise<Placement> {
  if (referralCode !== undefined) {
    const [code] = await tx.select({ id: referralCodes.id, userId: referralCodes.userId, branchId: referralCodes.branchId }).from(referralCodes)
      .innerJoin(user, and(eq(user.tenantId, referralCodes.tenantId), eq(user.id, referralCodes.userId), eq(user.status, 'active')))
      .where(and(eq(referralCodes.tenantId, scope.tenantId), eq(referralCodes.code, referralCode), isNull(referralCodes.disabledAt)));
    if (code === undefined) throw invalid('referralCode', 'errors.referral');
    const [agent] = await tx.select({ id: userRoles.id }).from(userRoles)
      .where(and(eq(userRoles.tenantId, scope.tenantId), eq(userRoles.userId, code.userId), eq(userRoles.role, 'agent'))).limit(1);
    return { branchId: code.branchId, agentId: agent === undefined ? null : code.userId, referralCodeId: code.id };
  }
  const [branch] = await tx.select({ id: branches.id }).from(branches)
    .where(and(eq(branches.tenantId, scope.tenantId), eq(branches.code, defaultBranchCode), eq(branches.isActive, true)));
  if (branch === undefined) throw unavailable('errors.rule.missing');
  return { branchId: branch.id, agentId: null, referralCodeId: null };
}

/** Records what was accepted, word for word by hash. */
export async function recordConsents(tx: Tx, scope: TenantScope, userId: string, locale: Locale, given: readonly { readonly text: LegalTextView; readonly accepted: boolean }[]): Promise<void> {
  await tx.insert(consents).values(given.map(({ text, accepted }) => ({
    tenantId: scope.tenantId, id: newId(), userId, textKey: text.key, textVersion: String(text.version), locale, accepted, textHash: text.hash,
  })));
}
