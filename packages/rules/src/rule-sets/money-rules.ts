import * as z from 'zod'
import { referenceForms } from '../bank/references'
import { clearanceServices } from '../invoices/clearance'
import { localeSchema, localizedSchema } from '../locales'
import { currencySchema } from '../money'
import { parseNumberPattern } from '../numbering'
import { zodTry } from '../errors'
import { pricesSchema, saleChannelSchema } from './products'

const basisPointsSchema = z.int().min(0).max(10_000)

/** A numbering pattern as `parseNumberPattern` reads it. */
export const numberPatternSchema = z.string().transform((pattern, ctx) =>
  zodTry(ctx, () => {
    parseNumberPattern(pattern)
    return pattern
  }),
)

export const taxSchema = z
  .object({
    rates: z
      .array(z.object({ category: z.string().regex(/^[a-z_]{2,30}$/u, { error: 'errors.code' }), rateBp: basisPointsSchema }))
      .min(1)
      .max(12),
    /** The rate that membership fees fall under. */
    membershipCategory: z.string(),
    successFeeCategory: z.string(),
    /** Text of the `legal` document that an invoice shows for a category of 0 %. */
    exemptTextKey: z.string().nullable(),
    pricesIncludeVat: z.literal(true),
  })
  .refine((tax) => tax.rates.some((rate) => rate.category === tax.membershipCategory), { error: 'errors.tax.category', path: ['membershipCategory'] })
  .refine((tax) => tax.rates.some((rate) => rate.category === tax.successFeeCategory), { error: 'errors.tax.category', path: ['successFeeCategory'] })

export const issuerSchema = z.object({
  /** True while the details are invented: such a tenant issues no tax invoices outside demo mode. */
  demo: z.boolean(),
  legalName: z.string().min(1).max(200),
  address: z.string().min(1).max(200),
  city: z.string().min(1).max(100),
  taxId: z.string().min(1).max(30),
  vatId: z.string().max(30).nullable(),
  registrationNumber: z.string().max(30).nullable(),
  iban: z.string().max(40),
  bank: z.string().max(100),
  phone: z.string().max(40),
  email: z.string().max(200),
})

export const invoicingSchema = z.object({
  invoice: z.object({ series: z.string().regex(/^[A-Z]{1,6}$/u, { error: 'errors.code' }), pattern: numberPatternSchema }),
  creditNote: z.object({ series: z.string().regex(/^[A-Z]{1,6}$/u, { error: 'errors.code' }), pattern: numberPatternSchema }),
  receipt: z.object({ series: z.string().regex(/^[A-Z]{1,6}$/u, { error: 'errors.code' }), pattern: numberPatternSchema }),
  claimPattern: numberPatternSchema,
  memberPattern: numberPatternSchema,
  /** Labels of the document stand in both languages, side by side. */
  languages: z.object({ primary: localeSchema, secondary: localeSchema.nullable() }),
  paymentTermDays: z.int().min(0).max(180),
  /** Days late at which what is owed moves into the next column of ages. */
  ageDays: z.array(z.int().min(1).max(1000)).min(1).max(5).refine((days) => days.every((day, index) => index === 0 || day > (days[index - 1] ?? 0)), { error: 'errors.rule.rising' }).default([30, 60, 90]),
  fiscalYearStartMonth: z.int().min(1).max(12),
  /** The tax authority's service that every invoice and credit note is sent to; null: to none. */
  clearance: z.enum(clearanceServices).nullable().default(null),
  issuer: issuerSchema,
})

export const paymentMethods = ['card', 'cash', 'bank_transfer'] as const
export type PaymentMethod = (typeof paymentMethods)[number]
export const paymentMethodSchema = z.enum(paymentMethods)

export const taxDocumentIssuers = ['provider', 'tenant'] as const
export type TaxDocumentIssuer = (typeof taxDocumentIssuers)[number]

export const paymentProviders = ['paddle', 'cash', 'bank'] as const
export type PaymentProviderName = (typeof paymentProviders)[number]

export const paymentRouteSchema = z.object({
  method: paymentMethodSchema,
  provider: z.enum(paymentProviders),
  /** Who sells and numbers the tax document: one sale, one document. */
  taxDocumentIssuer: z.enum(taxDocumentIssuers),
  /** Currencies the route takes, the preferred one first. */
  currencies: z.array(currencySchema).min(1),
  channels: z.array(saleChannelSchema).min(1),
  active: z.boolean(),
})

const slipWord = localizedSchema(z.string().min(1).max(80))

/** How a sale waits for a transfer: rules from before it could be chosen go on with what everybody understands. */
export const bankTransferSchema = z.object({
  /** Days that a sale waits for its money before it lapses. */
  waitDays: z.int().min(1).max(90),
  reference: z.enum(referenceForms),
  /** What the country's banks call the payment order and its field for the reference; null: in plain words. */
  slip: z.object({ titles: slipWord, references: slipWord }).nullable(),
})

export const paymentsSchema = z
  .object({ routes: z.array(paymentRouteSchema).min(1).max(10), bankTransfer: bankTransferSchema.default({ waitDays: 10, reference: 'rf', slip: null }) })
  .refine(({ routes }) => new Set(routes.map(({ method }) => method)).size === routes.length, {
    error: 'errors.payment.routeTwice',
    path: ['routes'],
  })

export const commissionKinds = ['new', 'renewal', 'upgrade', 'business'] as const
export type CommissionKind = (typeof commissionKinds)[number]

export const commissionsSchema = z.object({
  /** Share of the net membership fee, by kind of sale. */
  percentBp: z.object({ new: basisPointsSchema, renewal: basisPointsSchema, upgrade: basisPointsSchema, business: basisPointsSchema }),
  /** Plans whose sales earn the `business` share. */
  businessPlans: z.array(z.string()),
  minimumPayout: pricesSchema,
  /** Numbers of payouts, gapless in the tenant; rules from before it could be chosen go on as they counted. */
  payoutPattern: numberPatternSchema.default('KP-{year}-{n:5}'),
})

export type TaxRule = z.output<typeof taxSchema>
export type Issuer = z.output<typeof issuerSchema>
export type InvoicingRule = z.output<typeof invoicingSchema>
export type PaymentRoute = z.output<typeof paymentRouteSchema>
export type BankTransferRule = z.output<typeof bankTransferSchema>
export type PaymentsRule = z.output<typeof paymentsSchema>
export type CommissionsRule = z.output<typeof commissionsSchema>
