import * as z from 'zod'

/** What a claim can be about. */
export const claimCategories = ['vehicle', 'property', 'injury', 'travel', 'consumer'] as const
export type ClaimCategory = (typeof claimCategories)[number]
export const claimCategorySchema = z.enum(claimCategories)
