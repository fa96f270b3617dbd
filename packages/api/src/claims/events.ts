import { newId, type RuleReceipt } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { claimEvents } from '@interdomestik/db/schema';
import type { ClaimRow } from './pack';

export interface NewClaimEvent {
  readonly kind: 'created' | 'status' | 'document' | 'note' | 'assigned' | 'reminded' | 'escalated';
  readonly fromStatus?: string;
  readonly toStatus?: string;
  readonly note?: string | undefined;
  /** Who did it; the acting person by default, null for the system. */
  readonly actorId?: string | null;
  readonly visibleToMember?: boolean;
  /** Why the rules allowed it; left out where none decided. */
  readonly receipt?: RuleReceipt;
  readonly at: Date;
}

/** Adds to the story of a claim; gives the event's id, the stem of the keys of its effects. */
export async function addClaimEvent(tx: Tx, scope: TenantScope, claim: Pick<ClaimRow, 'id' | 'userId' | 'branchId'>, event: NewClaimEvent): Promise<string> {
  const id = newId();
  await tx.insert(claimEvents).values({
    tenantId: scope.tenantId, id, claimId: claim.id, userId: claim.userId, branchId: claim.branchId, kind: event.kind, fromStatus: event.fromStatus ?? null,
    toStatus: event.toStatus ?? null, note: event.note ?? null, actorId: event.actorId === undefined ? (scope.actor.kind === 'user' ? scope.actor.id : null) : event.actorId,
    visibleToMember: event.visibleToMember ?? true, receipt: event.receipt ?? null, createdAt: event.at,
  });
  return id;
}
