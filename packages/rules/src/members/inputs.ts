import * as z from 'zod'
import type { Country } from '../country-packs/countries'
import { zodTry } from '../errors'
import { localeSchema } from '../locales'
import { moneyInputSchema, moneySchema } from '../money'
import {
  asksPersonalNumber,
  emailSchema,
  nameSchema,
  optionalTextSchema,
  parsePersonalNumber,
  parsePhone,
  passwordNamesPerson,
  passwordSchema,
} from '../people'
import { parseDateOnly } from '../periods'
import type { DateOnly } from '../periods'
import { idempotencyKeySchema } from '../users/inputs'

const typedNumberSchema = z.string().trim().min(1).max(40)
export const planCodeSchema = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/u, { error: 'errors.plan.unknown' })

/** A date that may be left empty. */
export const optionalDateSchema = z
  .string()
  .max(40)
  .optional()
  .transform((text, ctx): DateOnly | undefined =>
    text === undefined || text.trim() === '' ? undefined : zodTry(ctx, () => parseDateOnly(text)),
  )

/** A code that people pass on; upper case, empty is none. */
export const referralCodeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .max(20)
  .refine((code) => /^[A-Z0-9-]*$/u.test(code), { error: 'errors.referral' })
  .transform((code) => (code === '' ? undefined : code))
  .optional()

const acceptedSchema = z.object({
  accepted: z.literal(true, { error: 'errors.consent.required' }),
  /** Version of the text that was shown. */
  version: z.int().min(1),
})

/** Terms and privacy must be accepted, each with the version shown; marketing is free. */
export const consentsSchema = z.object({ terms: acceptedSchema, privacy: acceptedSchema, marketing: z.boolean() })

const personFields = {
  firstName: nameSchema,
  lastName: nameSchema,
  email: emailSchema,
  phone: typedNumberSchema,
  /** Left out where the country has none. */
  personalNumber: z.string().trim().max(40).optional(),
  birthDate: optionalDateSchema,
}

/** A coupon's word as people type it; upper case, empty is none. */
export const couponCodeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .max(30, { error: 'errors.coupon.unknown' })
  .refine((code) => /^[A-Z0-9-]*$/u.test(code), { error: 'errors.coupon.unknown' })
  .transform((code) => (code === '' ? undefined : code))
  .optional()

/** What is bought beside the plan. */
export const saleChoices = {
  addons: z.array(z.string().regex(/^[a-z][a-z0-9_]{1,39}$/u, { error: 'errors.addon.unknown' })).max(40).default([]),
  /** People to be covered, the member included. */
  people: z.int().min(1).max(1000).default(1),
  couponCode: couponCodeSchema,
  /** Plan of instalments by which it is paid; left out: all at once. */
  instalmentsCode: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/u, { error: 'errors.instalments.unknown' }).optional(),
}

const shownField = {
  /** The total that the buyer saw and agreed to. It sets no price: another one is refused. */
  shown: moneySchema.optional(),
}

/** How a buyer who is alone pays: at the provider's page, or by transfer to the tenant's bank account. */
export const buyerPayments = ['card', 'bank_transfer'] as const
export type BuyerPayment = (typeof buyerPayments)[number]
const buyerPaymentField = { payment: z.enum(buyerPayments).default('card') }

/** What a visitor gives to join. The country's own checks come with `joinInputFor`. */
export const joinInput = z.object({
  planCode: planCodeSchema,
  ...personFields,
  password: passwordSchema,
  ...saleChoices,
  ...buyerPaymentField,
  ...shownField,
  referralCode: referralCodeSchema,
  locale: localeSchema,
  consents: consentsSchema,
  idempotencyKey: idempotencyKeySchema,
})

export const enrolPayments = ['cash', 'pay_link', 'bank_transfer'] as const

/** What an agent gives to enrol someone on the spot; the person sets a password later by mail. */
export const enrolInput = z.object({
  planCode: planCodeSchema,
  ...personFields,
  /** Empty for a person without an address, who then pays cash and signs in later, when there is one. */
  email: z.union([z.literal('').transform(() => undefined), emailSchema], { error: 'errors.email' }).optional(),
  address: optionalTextSchema(200),
  city: optionalTextSchema(100),
  ...saleChoices,
  ...shownField,
  referralCode: referralCodeSchema,
  locale: localeSchema,
  consents: consentsSchema,
  payment: z.enum(enrolPayments),
  /** Cash counted by the agent; must equal the price, or its first part where it is paid in parts, which the service checks. */
  amountTendered: moneyInputSchema.optional(),
  /** The lead that becomes this member. */
  leadId: z.uuid().optional(),
  idempotencyKey: idempotencyKeySchema,
})

/** What a visitor asks the price of. The rest of the buyer is not asked for a look at a price. */
export const quoteInput = z.object({
  planCode: planCodeSchema,
  ...saleChoices,
  ...buyerPaymentField,
  referralCode: referralCodeSchema,
  birthDate: optionalDateSchema,
  locale: localeSchema.optional(),
})

/** What a seller asks the price of. */
export const enrolQuoteInput = z.object({
  planCode: planCodeSchema,
  ...saleChoices,
  referralCode: referralCodeSchema,
  birthDate: optionalDateSchema,
  city: optionalTextSchema(100),
  method: z.enum(enrolPayments),
})

/** A phone field of that country; gives E.164. */
export function phoneSchemaFor(country: Country) {
  return typedNumberSchema.transform((text, ctx) => zodTry(ctx, () => parsePhone(text, country).e164))
}

/** A personal number field of that country; gives the digits, or nothing where people are not asked for a number. */
export function personalNumberSchemaFor(country: Country) {
  return z
    .string()
    .trim()
    .max(40)
    .optional()
    .transform((text, ctx): string | undefined =>
      asksPersonalNumber(country) ? zodTry(ctx, () => parsePersonalNumber(country, text ?? '').value) : undefined,
    )
}

function countryFields(country: Country) {
  return { phone: phoneSchemaFor(country), personalNumber: personalNumberSchemaFor(country) }
}

type Born = { readonly personalNumber?: string | undefined; readonly birthDate: DateOnly | undefined }

/** Takes the birth date out of the personal number where it carries one; a contradicting typed date is refused. */
function withBirthDate<T extends Born>(country: Country, input: T, ctx: z.core.$RefinementCtx): T {
  const carried = input.personalNumber === undefined ? undefined : parsePersonalNumber(country, input.personalNumber).birthDate
  if (carried !== undefined && input.birthDate !== undefined && carried !== input.birthDate) {
    ctx.addIssue({ code: 'custom', message: 'errors.birthDate.mismatch', path: ['birthDate'] })
  }
  return { ...input, birthDate: carried ?? input.birthDate }
}

/** `joinInput` with phone, personal number and birth date of that country read and put into their stored form. */
export function joinInputFor(country: Country) {
  return joinInput
    .extend(countryFields(country))
    .superRefine((input, ctx) => {
      const names = [input.firstName, input.lastName]
      if (passwordNamesPerson(input.password, { email: input.email, names })) {
        ctx.addIssue({ code: 'custom', message: 'errors.password.personal', path: ['password'] })
      }
    })
    .transform((input, ctx) => withBirthDate(country, input, ctx))
}

/** `enrolInput` with the country's checks; cash needs the amount that was counted, a pay link the address it is sent to. */
export function enrolInputFor(country: Country) {
  return enrolInput
    .extend(countryFields(country))
    .superRefine((input, ctx) => {
      if (input.payment === 'cash' && input.amountTendered === undefined) {
        ctx.addIssue({ code: 'custom', message: 'errors.required', path: ['amountTendered'] })
      }
      if (input.payment === 'pay_link' && input.email === undefined) {
        ctx.addIssue({ code: 'custom', message: 'errors.required', path: ['email'] })
      }
    })
    .transform((input, ctx) => withBirthDate(country, input, ctx))
}

/** What a person may change about themselves. */
export const profileInput = z.object({
  firstName: nameSchema,
  lastName: nameSchema,
  phone: typedNumberSchema,
  address: optionalTextSchema(200),
  city: optionalTextSchema(100),
  locale: localeSchema,
})

/** `profileInput` with the phone in its stored form. */
export function profileInputFor(country: Country) {
  return profileInput.extend({ phone: phoneSchemaFor(country) })
}

export const familyRelations = ['spouse', 'child', 'parent', 'sibling', 'other'] as const

export const familyMemberInput = z.object({
  firstName: nameSchema,
  lastName: nameSchema,
  relation: z.enum(familyRelations),
  birthDate: optionalDateSchema,
})

export type QuoteInput = z.output<typeof quoteInput>
export type JoinInput = z.output<typeof joinInput>
export type EnrolInput = z.output<typeof enrolInput>
export type ProfileInput = z.output<typeof profileInput>
export type FamilyMemberInput = z.output<typeof familyMemberInput>

/** What a member gives to buy the next period of the own membership. */
export const renewInput = z.object({ ...buyerPaymentField, ...shownField, idempotencyKey: idempotencyKeySchema })
export type RenewInput = z.output<typeof renewInput>

/** What a member gives to change the running membership for a bigger plan. */
export const upgradeInput = z.object({
  planCode: planCodeSchema,
  people: saleChoices.people.unwrap().optional(),
  addons: saleChoices.addons.unwrap().optional(),
  ...shownField,
  idempotencyKey: idempotencyKeySchema,
})
export type UpgradeInput = z.output<typeof upgradeInput>

/** What somebody at a desk asks of a member's next period, or of a bigger plan for the running one; what is left out stays as it was. */
export const deskQuoteInput = z.object({
  memberId: z.uuid(),
  kind: z.enum(['renewal', 'upgrade']).default('renewal'),
  planCode: planCodeSchema.optional(),
  people: saleChoices.people.unwrap().optional(),
  addons: saleChoices.addons.unwrap().optional(),
})

/** What is sold to a member at a desk for cash. */
export const deskSaleInput = deskQuoteInput.extend({
  ...shownField,
  /** Cash that was counted; must equal the price, which the service checks. */
  amountTendered: moneyInputSchema.optional(),
  idempotencyKey: idempotencyKeySchema,
})
export type DeskQuoteInput = z.output<typeof deskQuoteInput>
export type DeskSaleInput = z.output<typeof deskSaleInput>

/** How long a membership is paused, from today. */
export const pauseInput = z.object({ id: z.uuid(), days: z.int().min(1).max(366) })
export type PauseInput = z.output<typeof pauseInput>
