import type { Outputs } from '@/trpc/outputs';

export type Lead = Outputs['leads']['list']['items'][number];

export interface LeadRights {
  readonly write: boolean;
  readonly enrol: boolean;
  readonly members: boolean;
  /** May read colleagues, and so hand a lead to one. */
  readonly staff: boolean;
  readonly referral: boolean;
  /** Sees the own leads alone. */
  readonly own: boolean;
  readonly isUser: boolean;
}

/** First and last name of a lead; the last one may be unknown. */
export function nameOf(lead: { readonly firstName: string; readonly lastName: string }): string {
  return `${lead.firstName} ${lead.lastName}`.trim();
}
