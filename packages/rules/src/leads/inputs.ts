import * as z from 'zod'
import type { Country } from '../country-packs/countries'
import { zodTry } from '../errors'
import { emailSchema, nameSchema, optionalTextSchema, parsePhone } from '../people'
import { planCodeSchema, referralCodeSchema } from '../members/inputs'
import { leadSources, leadStatuses } from './leads'

/** Someone who may become a member: a name and at least one way to reach them. */
export const leadInput = z
  .object({
    firstName: nameSchema,
    lastName: nameSchema.optional(),
    phone: optionalTextSchema(40),
    email: z.union([z.literal('').transform(() => undefined), emailSchema], { error: 'errors.email' }).optional(),
    planCode: planCodeSchema.optional(),
    source: z.enum(leadSources),
    referralCode: referralCodeSchema,
    note: optionalTextSchema(2000),
  })
  .refine(({ phone, email }) => phone !== undefined || email !== undefined, { error: 'errors.lead.contact', path: ['phone'] })

/** `leadInput` with the phone in its stored form. */
export function leadInputFor(country: Country) {
  return leadInput.transform((input, ctx) => {
    const typed = input.phone
    if (typed === undefined) return input
    const phone = zodTry(ctx, () => parsePhone(typed, country).e164, ['phone'])
    return { ...input, phone }
  })
}

export const leadMoveInput = z.object({ id: z.uuid(), to: z.enum(leadStatuses), note: optionalTextSchema(2000) })

export type LeadInput = z.output<typeof leadInput>
