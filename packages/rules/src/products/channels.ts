import * as z from 'zod'

/** Ways a plan is sold: by the member alone, by an agent in the field, at a branch desk. */
export const saleChannels = ['self_service', 'agent', 'branch'] as const
export type SaleChannel = (typeof saleChannels)[number]
export const saleChannelSchema = z.enum(saleChannels)
