import { and, eq } from 'drizzle-orm';
import { isLocale, newId, unavailable, type Locale, type ReferralKind } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { branches, consents } from '@interdomestik/db/schema';
import { referrerOf } from '../leads/referrer';
import type { LegalTextView } from '../site/service';

/** A stored language, or English for one that we no longer write. */
export const localeOfRow = (locale: string): Locale => (isLocale(locale) ? locale : 'en');

/** Where a new member belongs, and who is behind it. */
export interface Placement {
  readonly branchId: string;
  readonly branchCode: string;
  /** Agent who looks after the member; null for self-service and for promoters, who see no members. */
  readonly agentId: string | null;
  readonly referralCodeId: string | null;
  readonly referral: ReferralKind | null;
}

/** The branch of a referral code's owner, else the tenant's default branch. Throws INVALID for a code that nobody has. */
export async function placementOf(tx: Tx, scope: TenantScope, referralCode: string | undefined, defaultBranchCode: string): Promise<Placement> {
  if (referralCode !== undefined) {
    const { codeId, userId, branchId, branchCode, kind, isAgent } = await referrerOf(tx, scope, referralCode);
    return { branchId, branchCode, agentId: isAgent ? userId : null, referralCodeId: codeId, referral: kind };
  }
  const [branch] = await tx.select({ id: branches.id }).from(branches)
    .where(and(eq(branches.tenantId, scope.tenantId), eq(branches.code, defaultBranchCode), eq(branches.isActive, true)));
  if (branch === undefined) throw unavailable('errors.rule.missing');
  return { branchId: branch.id, branchCode: defaultBranchCode, agentId: null, referralCodeId: null, referral: null };
}

/** Records what was accepted, word for word by hash. */
export async function recordConsents(tx: Tx, scope: TenantScope, userId: string, locale: Locale, given: readonly { readonly text: LegalTextView; readonly accepted: boolean }[]): Promise<void> {
  await tx.insert(consents).values(given.map(({ text, accepted }) => ({
    tenantId: scope.tenantId, id: newId(), userId, textKey: text.key, textVersion: String(text.version), locale, accepted, textHash: text.hash,
  })));
}
