import { and, count, desc, eq } from 'drizzle-orm';
import { conflict, DomainError, newId, notFound, type ClaimCategory, type DateOnly, type Money } from '@interdomestik/rules';
import { inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { claims, memberships, user } from '@interdomestik/db/schema';
import { memberOf } from '../memberships/service';
import { currencyOf } from '../site/service';
import { addClaimEvent } from './events';
import type { ClaimRow } from './pack';

const mostDrafts = 10;

/** The own claim, locked. Throws NOT_FOUND for anybody else's. */
export async function lockOwnClaim(tx: Tx, scope: TenantScope, id: string): Promise<ClaimRow> {
  const [row] = await tx.select().from(claims).where(and(visible(scope, claims), eq(claims.userId, memberOf(scope)), eq(claims.id, id))).for('no key update');
  if (row === undefined) throw notFound();
  return row;
}

/** The branch of the acting member, whose rules hold for their claims. */
export async function ownBranch(scope: TenantScope): Promise<string> {
  const userId = memberOf(scope);
  const [row] = await readTenant(scope, (tx) => tx.select({ branchId: user.branchId }).from(user).where(and(visible(scope, user), eq(user.id, userId))));
  if (row?.branchId === undefined || row.branchId === null) throw notFound();
  return row.branchId;
}

/** Begins a claim of the acting member. Throws CONFLICT when too many drafts lie about. */
export async function startClaim(scope: TenantScope, category: ClaimCategory, now: Date): Promise<string> {
  const userId = memberOf(scope);
  const branchId = await ownBranch(scope);
  return await withTenant(inAction(scope, 'claims.start'), async (tx) => {
    // the person's row orders two tabs
    await tx.select({ id: user.id }).from(user).where(and(visible(scope, user), eq(user.id, userId))).for('no key update');
    const [drafts] = await tx.select({ number: count() }).from(claims).where(and(visible(scope, claims), eq(claims.userId, userId), eq(claims.status, 'draft')));
    if ((drafts?.number ?? 0) >= mostDrafts) throw new DomainError('CONFLICT', 'errors.claim.tooManyDrafts', { params: { maximum: mostDrafts } });
    const [membership] = await tx.select({ id: memberships.id }).from(memberships).where(and(visible(scope, memberships), eq(memberships.userId, userId))).orderBy(desc(memberships.createdAt)).limit(1);
    const claim = { id: newId(), userId, branchId };
    await tx.insert(claims).values({ ...claim, tenantId: scope.tenantId, membershipId: membership?.id ?? null, category, currency: currencyOf(scope.tenant), createdAt: now, updatedAt: now });
    await addClaimEvent(tx, scope, claim, { kind: 'created', at: now });
    return claim.id;
  });
}

/** What a draft is changed to; what is undefined stays as it is. */
export interface DraftChange {
  readonly category?: ClaimCategory | undefined;
  /** Null empties it. */
  readonly incidentOn?: DateOnly | null | undefined;
  readonly counterparty?: string | undefined;
  readonly description?: string | undefined;
  readonly amountClaimed?: Money | null | undefined;
}

/** The columns of a change. */
export function draftColumns(change: DraftChange): Partial<ClaimRow> {
  const { category, incidentOn, counterparty, description, amountClaimed } = change;
  return {
    ...(category !== undefined && { category }), ...(incidentOn !== undefined && { incidentOn }), ...(counterparty !== undefined && { counterparty }), ...(description !== undefined && { description }),
    ...(amountClaimed !== undefined && { claimedMinor: amountClaimed?.minor ?? null }), ...(amountClaimed && { currency: amountClaimed.currency }),
  };
}

/** Saves what is written so far. Throws NOT_FOUND for anybody else's claim, CONFLICT for one that is handed in. */
export async function saveDraft(scope: TenantScope, id: string, change: DraftChange, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'claims.saveDraft'), async (tx) => {
    const claim = await lockOwnClaim(tx, scope, id);
    if (claim.status !== 'draft') throw conflict('errors.claim.handedIn');
    await tx.update(claims).set({ ...draftColumns(change), updatedAt: now }).where(and(visible(scope, claims), eq(claims.id, id)));
  });
}
