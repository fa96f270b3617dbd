import * as z from 'zod'
import { textSchema } from '../people'
import { addYears, dateOf, partsOf, type DateOnly } from '../periods'
import type { RetentionRule } from '../rule-sets'

export const erasureStatuses = ['open', 'withdrawn', 'refused', 'approved', 'done'] as const
export type ErasureStatus = (typeof erasureStatuses)[number]

/** Why somebody's data cannot go yet: a claim is at work, money is owed by one side or the other, or the person works here. */
export const erasureBlockers = ['claim_open', 'money_owed', 'works_here'] as const
export type ErasureBlocker = (typeof erasureBlockers)[number]

/** What the law keeps after an erasure. */
export const keptKinds = ['invoices', 'payments', 'ledger', 'trail'] as const
export type KeptKind = (typeof keptKinds)[number]

/** What the letter says; holds no name and no address. */
export const erasureLetterSchema = z.object({
  on: z.string(),
  memberNumber: z.string().nullable(),
  claims: z.int(),
  files: z.int(),
  kept: z.array(z.object({ what: z.enum(keptKinds), count: z.int(), until: z.string() })),
  law: z.string(),
})
export type ErasureLetter = z.output<typeof erasureLetterSchema>

export const erasureAskInput = z.object({ note: textSchema({ min: 0, max: 500 }) })
export const erasureAskForInput = z.object({ memberId: z.uuid(), note: textSchema({ min: 3, max: 500 }) })
export const erasureRefuseInput = z.object({ id: z.uuid(), answer: textSchema({ min: 5, max: 500 }) })

/**
 * Until when a tax document of that day is kept: the tenant's years from the day itself, or from the end of its year (MK: Law on VAT, 10 years; XK: Law on Tax Administration, 6 years from the year's end; both are the tenant's rule).
 */
export function taxDocumentsUntil({ taxDocuments }: Pick<RetentionRule, 'taxDocuments'>, on: DateOnly): DateOnly {
  const from = taxDocuments.from === 'issue' ? on : (dateOf(partsOf(on).year, 12, 31) ?? on)
  return addYears(from, taxDocuments.years)
}
