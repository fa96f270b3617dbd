import type { Facts } from '../conditions'
import { daysBetween } from '../periods'
import type { DateOnly } from '../periods'
import type { ClaimCategory } from '../rule-sets'

/** What is known of a claim at a moment. */
export type KnownClaim = {
  readonly category: ClaimCategory
  readonly planCode: string | null
  readonly branchCode: string | null
  readonly currency: string
  readonly claimedMinor: bigint | null
  readonly recoveredMinor: bigint | null
  readonly incidentOn: DateOnly | null
  /** The day it was handed in, on the tenant's calendar. */
  readonly submittedOn: DateOnly | null
  /** First day of the membership that it was handed in under. */
  readonly memberSince: DateOnly | null
  readonly packComplete: boolean
}

const days = (from: DateOnly | null, to: DateOnly | null): number | null => (from === null || to === null ? null : daysBetween(from, to))
const amount = (minor: bigint | null): number | null => (minor === null ? null : Number(minor))

/** The facts that conditions may name, of one claim. */
export function claimFactsOf(claim: KnownClaim): Facts<'claim'> {
  return {
    category: claim.category,
    plan: claim.planCode,
    branch: claim.branchCode,
    currency: claim.currency,
    claimed: amount(claim.claimedMinor),
    recovered: amount(claim.recoveredMinor),
    incidentAge: days(claim.incidentOn, claim.submittedOn),
    memberDays: days(claim.memberSince, claim.incidentOn),
    packComplete: claim.packComplete,
  }
}
