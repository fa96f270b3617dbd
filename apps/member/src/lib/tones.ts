import type { ClaimStatus } from '@interdomestik/rules/claims';
import type { MembershipStatus } from '@interdomestik/rules/memberships';
import type { PaymentStatus } from '@interdomestik/rules/payments';
import type { InstalmentStatus } from '@interdomestik/rules/products';
import type { StatusShape, StatusTone } from '@interdomestik/ui';

type Look = { readonly tone: StatusTone; readonly shape: StatusShape };

/** How the states of a membership look beside their words. */
export const membershipLook: Readonly<Record<MembershipStatus, Look>> = {
  pending: { tone: 'warning', shape: 'waiting' }, active: { tone: 'success', shape: 'done' }, past_due: { tone: 'warning', shape: 'warning' }, paused: { tone: 'neutral', shape: 'waiting' },
  canceled: { tone: 'info', shape: 'going' }, lapsed: { tone: 'neutral', shape: 'ended' }, expired: { tone: 'neutral', shape: 'ended' },
};

export const paymentLook: Readonly<Record<PaymentStatus, Look>> = {
  pending: { tone: 'warning', shape: 'waiting' }, succeeded: { tone: 'success', shape: 'done' }, failed: { tone: 'danger', shape: 'failed' }, refunded: { tone: 'neutral', shape: 'ended' },
  partly_refunded: { tone: 'neutral', shape: 'going' }, disputed: { tone: 'warning', shape: 'warning' },
};

/** A part of a price; one that is due and late has a look of its own. */
export const instalmentLook: Readonly<Record<InstalmentStatus | 'overdue', Look>> = {
  due: { tone: 'info', shape: 'waiting' }, overdue: { tone: 'warning', shape: 'warning' }, paid: { tone: 'success', shape: 'done' }, canceled: { tone: 'neutral', shape: 'ended' },
};

export const claimLook: Readonly<Record<ClaimStatus, Look>> = {
  draft: { tone: 'neutral', shape: 'waiting' }, submitted: { tone: 'info', shape: 'going' }, verification: { tone: 'info', shape: 'going' }, evaluation: { tone: 'info', shape: 'going' },
  negotiation: { tone: 'accent', shape: 'going' }, court: { tone: 'accent', shape: 'going' }, resolved: { tone: 'success', shape: 'done' }, rejected: { tone: 'neutral', shape: 'ended' },
};

/** Whether nothing more happens with a claim unless it is opened again. */
export const isClosedStatus = (status: ClaimStatus): boolean => status === 'resolved' || status === 'rejected';
