import type { ClaimStatus } from '@interdomestik/rules/claims';

/** Which sentence says what comes next, and whose turn it is: `member.claims.next.<key>`. */
export interface NextStep {
  readonly key: 'draft' | 'documents' | 'submitted' | 'verification' | 'evaluation' | 'agreement' | 'negotiation' | 'court' | 'resolved' | 'rejected' | 'guidance';
  readonly who: 'you' | 'us' | 'nobody';
}

interface ClaimState {
  readonly status: ClaimStatus;
  readonly packComplete: boolean;
  /** What the member still has to agree to before negotiating; left out where a list does not know. */
  readonly agreementMissing?: boolean;
  readonly guidanceOnly?: boolean;
}

/** The next step of a claim in the member's eyes. */
export function nextStepOf({ status, packComplete, agreementMissing = false, guidanceOnly = false }: ClaimState): NextStep {
  if (status === 'draft') return { key: 'draft', who: 'you' };
  if (status === 'resolved' || status === 'rejected') return { key: status, who: 'nobody' };
  if (!packComplete && (status === 'submitted' || status === 'verification')) return { key: 'documents', who: 'you' };
  if (guidanceOnly) return { key: 'guidance', who: 'us' };
  if (agreementMissing && status === 'evaluation') return { key: 'agreement', who: 'you' };
  return { key: status, who: 'us' };
}
