/** A transfer of a member to another branch or agent: asked for, then decided once. */
export const transferStatuses = ['requested', 'approved', 'rejected', 'withdrawn'] as const
export type TransferStatus = (typeof transferStatuses)[number]
