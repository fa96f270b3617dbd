import { DomainError } from '../errors'

export const leadStatuses = ['new', 'contacted', 'payment_pending', 'converted', 'lost', 'disqualified', 'expired'] as const
export type LeadStatus = (typeof leadStatuses)[number]
export const leadSources = ['referral', 'agent', 'web', 'event', 'partner', 'import'] as const
export type LeadSource = (typeof leadSources)[number]

const moves: Readonly<Record<LeadStatus, readonly LeadStatus[]>> = {
  new: ['contacted', 'payment_pending', 'converted', 'lost', 'disqualified', 'expired'],
  contacted: ['payment_pending', 'converted', 'lost', 'disqualified', 'expired'],
  payment_pending: ['converted', 'contacted', 'lost', 'expired'],
  converted: [],
  lost: ['contacted'],
  disqualified: ['contacted'],
  expired: ['contacted', 'converted'],
}

/** Statuses that a lead may take next. */
export function nextLeadStatuses(status: LeadStatus): readonly LeadStatus[] {
  return moves[status]
}

/** Throws CONFLICT when the lead cannot take that status. */
export function assertLeadStatus(from: LeadStatus, to: LeadStatus): void {
  if (!moves[from].includes(to)) throw new DomainError('CONFLICT', 'errors.transition.unknown', { params: { from, to } })
}
