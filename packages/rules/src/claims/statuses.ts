import * as z from 'zod'

export const claimStatuses = [
  'draft',
  'submitted',
  'verification',
  'evaluation',
  'negotiation',
  'court',
  'resolved',
  'rejected',
] as const
export type ClaimStatus = (typeof claimStatuses)[number]
export const claimStatusSchema = z.enum(claimStatuses)
