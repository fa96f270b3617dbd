import { conflict, DomainError } from '../errors'
import type { ReachKind } from '../permissions'

/** A transfer of a member to another branch or agent: asked for, then decided once. */
export const transferStatuses = ['requested', 'approved', 'rejected', 'withdrawn'] as const
export type TransferStatus = (typeof transferStatuses)[number]

/** Parts of the inbox: what waits for the reader's decision, what the reader asked for, what is over. */
export const transferViews = ['decide', 'mine', 'done'] as const
export type TransferView = (typeof transferViews)[number]

/** Who deals with a transfer: how far the acting post reaches, and which person it is. */
export interface TransferParty {
  readonly reach: { readonly kind: ReachKind; readonly branchId?: string }
  /** Null: nobody of the tenant (a super admin inside). */
  readonly userId: string | null
}

export interface TransferWay {
  readonly fromBranchId: string
  readonly toBranchId: string
}

/**
 * Whether a request needs nobody else's yes: the tenant's admin moves anybody, and a manager gives a member of the own branch to another
 * agent of it. Between branches the receiving side is asked.
 */
export function settlesAtOnce({ reach }: TransferParty, way: TransferWay): boolean {
  if (reach.kind === 'tenant') return true
  return reach.kind === 'branch' && reach.branchId === way.fromBranchId && reach.branchId === way.toBranchId
}

/**
 * Throws unless the party may approve or reject: the tenant's admin, or the manager of the receiving branch. Nobody but the admin decides
 * what was asked by the same person, in whatever post: FORBIDDEN `errors.transfer.ownRequest`.
 */
export function assertMayDecide({ reach, userId }: TransferParty, transfer: TransferWay & { readonly requestedBy: string | null }): void {
  if (reach.kind === 'tenant') return
  if (reach.kind !== 'branch' || reach.branchId !== transfer.toBranchId) throw new DomainError('FORBIDDEN', 'errors.transfer.receivingBranch')
  if (userId !== null && transfer.requestedBy === userId) throw new DomainError('FORBIDDEN', 'errors.transfer.ownRequest')
}

/** True when the party may decide; for showing the buttons. */
export function mayDecide(party: TransferParty, transfer: TransferWay & { readonly requestedBy: string | null }): boolean {
  try {
    assertMayDecide(party, transfer)
    return true
  } catch {
    return false
  }
}

/** Whether the party may take an open request back: who asked, the manager of the branch that would give the member away, the admin. */
export function mayWithdraw({ reach, userId }: TransferParty, transfer: TransferWay & { readonly requestedBy: string | null }): boolean {
  if (reach.kind === 'tenant' || (userId !== null && transfer.requestedBy === userId)) return true
  return reach.kind === 'branch' && reach.branchId === transfer.fromBranchId
}

/** Where a member stands, or is to stand. */
export interface MemberPlace {
  readonly branchId: string | null
  readonly agentId: string | null
}

/** Throws CONFLICT `errors.transfer.stale` when the member is no longer where the request found them. */
export function assertStillThere(member: MemberPlace, transfer: { readonly fromBranchId: string; readonly fromAgentId: string | null }): void {
  if (member.branchId !== transfer.fromBranchId || member.agentId !== transfer.fromAgentId) throw conflict('errors.transfer.stale')
}

/**
 * Whether a decision was already made. True: the same one, so a repeat does nothing. Throws CONFLICT `errors.transfer.decided` for another
 * one; a request is decided once.
 */
export function isDecidedAs(status: string, wanted: Exclude<TransferStatus, 'requested'>): boolean {
  if (status === 'requested') return false
  if (status !== wanted) throw conflict('errors.transfer.decided')
  return true
}
