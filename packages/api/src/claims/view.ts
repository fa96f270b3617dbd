import { claimStatuses, rejectReasons, type ClaimCategory, type ClaimStatus, type GateFacts, type Money, type RejectReason } from '@interdomestik/rules';
import { moneyOf } from '../memberships/service';
import { categoryOf, type ClaimRow } from './pack';

/** A status as the table's check allows it. */
export function claimStatusOf(text: string): ClaimStatus {
  const status = claimStatuses.find((candidate) => candidate === text);
  if (status === undefined) throw new Error('a claim has an unknown status');
  return status;
}

export const rejectReasonOf = (text: string | null): RejectReason | null => rejectReasons.find((reason) => reason === text) ?? null;

export const amountOf = (minor: bigint | null, currency: string): Money | null => (minor === null ? null : moneyOf(minor, currency));

/** What everybody who sees the claim at all may see of it. */
export interface ClaimStage {
  readonly id: string;
  readonly code: string | null;
  readonly category: ClaimCategory;
  readonly status: ClaimStatus;
  readonly submittedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly packComplete: boolean;
  /** When the first decision is due; null while the clock stands, and once the decision was made. */
  readonly slaDueAt: Date | null;
  readonly overdue: boolean;
}

const untriaged: readonly string[] = ['submitted', 'verification'];

export function stageOf(row: Pick<ClaimRow, 'id' | 'code' | 'category' | 'status' | 'submittedAt' | 'createdAt' | 'updatedAt' | 'packCompleteAt' | 'slaDueAt'>, now: Date): ClaimStage {
  const due = untriaged.includes(row.status) ? row.slaDueAt : null;
  return {
    id: row.id, code: row.code, category: categoryOf(row.category), status: claimStatusOf(row.status), submittedAt: row.submittedAt, createdAt: row.createdAt,
    updatedAt: row.updatedAt, packComplete: row.packCompleteAt !== null, slaDueAt: due, overdue: due !== null && due < now,
  };
}

/** Which gates of the workflow hold for a claim. `agreement`: a signed agreement is among its stored documents. */
export function gatesOf(row: ClaimRow, agreement: boolean, rejectReason: string | null | undefined): GateFacts {
  return {
    signedAgreement: agreement, authorisedFee: row.feeAuthorisedAt !== null, legalCap: row.legalCapAcceptedAt !== null,
    feeOrNoFeeReason: row.feeMinor !== null || row.noFeeReason !== null, rejectReason: rejectReason !== null && rejectReason !== undefined,
  };
}
