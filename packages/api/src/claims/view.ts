import { and, inArray, isNotNull, lt, or, sql, type SQL } from 'drizzle-orm';
import { claimStatuses, rejectReasons, triageStates, type ClaimCategory, type ClaimStatus, type GateFacts, type Money, type Priority, type RejectReason } from '@interdomestik/rules';
import { claims } from '@interdomestik/db/schema';
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
  /** When the present state must be left; null while the clock stands, and where the rules set no end. */
  readonly slaDueAt: Date | null;
  readonly overdue: boolean;
  readonly priority: Priority;
}

/** The deadline that a claim shows. What a claim from before deadlines had reasons still says of its triage counts no longer once that is over. */
export const dueColumn = sql<Date | null>`case when ${claims.status} in ('submitted', 'verification') or ${claims.slaReceipt} is not null then ${claims.slaDueAt} end`;

/** Claims that are late, by the same measure. */
export const isOverdue = (now: Date): SQL | undefined => and(lt(claims.slaDueAt, now), or(inArray(claims.status, [...triageStates]), isNotNull(claims.slaReceipt)));

export function stageOf(row: Pick<ClaimRow, 'id' | 'code' | 'category' | 'status' | 'submittedAt' | 'createdAt' | 'updatedAt' | 'packCompleteAt' | 'slaDueAt' | 'slaReceipt' | 'priority'>, now: Date): ClaimStage {
  const due = triageStates.includes(row.status) || row.slaReceipt !== null ? row.slaDueAt : null;
  return {
    id: row.id, code: row.code, category: categoryOf(row.category), status: claimStatusOf(row.status), submittedAt: row.submittedAt, createdAt: row.createdAt,
    updatedAt: row.updatedAt, packComplete: row.packCompleteAt !== null, slaDueAt: due, overdue: due !== null && due < now, priority: row.priority === 'urgent' ? 'urgent' : 'normal',
  };
}

/** Which gates of the workflow hold for a claim. `agreement`: a signed agreement is among its stored documents. */
export function gatesOf(row: ClaimRow, agreement: boolean, rejectReason: string | null | undefined): GateFacts {
  return {
    signedAgreement: agreement, authorisedFee: row.feeAuthorisedAt !== null, legalCap: row.legalCapAcceptedAt !== null,
    feeOrNoFeeReason: row.feeMinor !== null || row.noFeeReason !== null, rejectReason: rejectReason !== null && rejectReason !== undefined,
  };
}
