import * as z from 'zod'
import { localeSchema, localizedSchema } from '../locales'
import { pricesSchema } from './products'

export const legalTextKeys = [
  'terms',
  'privacy',
  'consentTerms',
  'consentPrivacy',
  'consentMarketing',
  'invoiceFooter',
  'vatExempt',
] as const
export type LegalTextKey = (typeof legalTextKeys)[number]

export const legalTextSchema = z.object({
  key: z.enum(legalTextKeys),
  version: z.int().min(1),
  /** Markdown without HTML; a consent's body is one sentence. */
  texts: localizedSchema(z.object({ title: z.string().min(1).max(200), body: z.string().min(1).max(60_000) })),
})

export const legalSchema = z
  .object({ texts: z.array(legalTextSchema).min(1) })
  .refine(({ texts }) => new Set(texts.map(({ key }) => key)).size === texts.length, { error: 'errors.legal.keyTwice', path: ['texts'] })

// no shorter idle time than the interval at which a session in use is noted
const sessionLimits = z.object({ idleMinutes: z.int().min(10).max(43_200), absoluteHours: z.int().min(1).max(2160) })

export const limitsSchema = z.object({
  /** The most cash that one payment may be, per currency. */
  cashPerPayment: pricesSchema,
  /** The most cash that one person may hold before it is handed over, per currency; a currency without one has no such limit. */
  cashInHand: pricesSchema.default([]),
  /** The most of one person's differences that is written off at once, per currency; a currency without one has no such limit. */
  cashWriteOff: pricesSchema.default([]),
  /** Days within which cash moves on; as many more, and the tenant's admin hears of it. */
  cashDays: z
    .object({ handOver: z.int().min(0).max(60), toBank: z.int().min(0).max(60), escalate: z.int().min(0).max(60) })
    .default({ handOver: 7, toBank: 3, escalate: 7 }),
  upload: z.object({
    maxBytes: z.int().min(1).max(200_000_000),
    types: z.array(z.enum(['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic'])).min(1),
    perClaim: z.int().min(1).max(500),
  }),
  login: z.object({ attempts: z.int().min(3).max(20), windowMinutes: z.int().min(1).max(1440) }),
  /** Of the staff portal. */
  session: sessionLimits,
  memberSession: sessionLimits.default({ idleMinutes: 10_080, absoluteHours: 720 }),
  /** Whether everybody who works here must give a code of an authenticator app besides the password. Members choose for themselves. */
  secondFactor: z.enum(['required', 'optional']).default('required'),
})

export const retentionSchema = z.object({
  taxDocuments: z.object({ years: z.int().min(1).max(30), from: z.enum(['issue', 'year_end']) }),
  claimsYears: z.int().min(1).max(30),
  membersYears: z.int().min(1).max(30),
  leadsMonths: z.int().min(1).max(120),
  auditYears: z.int().min(1).max(30),
  providerEventsDays: z.int().min(30).max(3650),
  /** Hours within which the authority hears of a breach. */
  breachNoticeHours: z.int().min(1).max(240),
  /** Days within which the wish of a member to be erased is answered. */
  requestDays: z.int().min(1).max(90).default(30),
  /** Mails and notifications. */
  messagesDays: z.int().min(30).max(3650).default(400),
  /** Sessions and links after their end. */
  sessionsDays: z.int().min(1).max(3650).default(90),
  /** What the work itself leaves behind: keys of repeated requests, files and lines of imports. */
  workingsDays: z.int().min(30).max(3650).default(400),
  /** Whether what is over its time goes by itself every night. */
  nightly: z.boolean().default(false),
  lawReference: z.string().min(1).max(200),
})

export const brandingSchema = z.object({
  names: localizedSchema(z.string().min(1).max(80)),
  accent: z.string().regex(/^#[0-9a-f]{6}$/u, { error: 'errors.colour' }),
  supportPhone: z.string().min(1).max(40),
  supportEmail: z.string().min(3).max(200),
})

export const notificationEvents = [
  'membership.activated',
  'membership.renewal_due',
  'membership.past_due',
  'membership.lapsed',
  'membership.canceled',
  'payment.succeeded',
  'payment.failed',
  'payment.refunded',
  'payment.link',
  'instalment.due',
  'instalment.overdue',
  'invoice.issued',
  'claim.submitted',
  'claim.stage_changed',
  'claim.documents_needed',
  'claim.assigned',
  'claim.deadline_near',
  'claim.overdue',
  'cash.to_verify',
  'cash.overdue',
  'lead.created',
  'referral.rewarded',
  'staff.invited',
] as const
export type NotificationEvent = (typeof notificationEvents)[number]
export const notificationChannels = ['in_app', 'mail'] as const
export type NotificationChannel = (typeof notificationChannels)[number]

export const notificationsSchema = z.object({
  events: z.array(z.object({ event: z.enum(notificationEvents), channels: z.array(z.enum(notificationChannels)) })),
  /** Days before a period's end on which a renewal is brought to mind. */
  renewalReminderDays: z.array(z.int().min(0).max(120)).max(10),
  /** Days before a part of a price is due on which it is brought to mind. */
  instalmentReminderDays: z.int().min(0).max(60).default(7),
})

export const enrolmentFields = ['phone', 'personalNumber', 'birthDate', 'address', 'city'] as const
export type EnrolmentField = (typeof enrolmentFields)[number]

export const enrolmentSchema = z.object({
  /** Branch that owns members who join by themselves without a referral. */
  defaultBranchCode: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/u, { error: 'errors.code' }),
  requiredFields: z.array(z.enum(enrolmentFields)),
  referralAllowed: z.boolean(),
  minimumAge: z.int().min(0).max(100),
})

export const languagesSchema = z
  .object({ default: localeSchema, offered: z.array(localeSchema).min(1) })
  .refine((languages) => languages.offered.includes(languages.default), { error: 'errors.languages.default', path: ['default'] })

/** What must happen before a rule of a kind is published. */
export const governanceSchema = z.object({
  /** A second person with the right to change rules must approve; the author cannot. */
  secondPersonFor: z.array(z.string().min(1).max(40)).max(40),
  /** Its effect on past sales and claims must have been looked at, on exactly the document that is published. */
  simulateFor: z.array(z.enum(['products', 'tax', 'workflows'])).max(3),
})

export type GovernanceRule = z.output<typeof governanceSchema>
export type LegalText = z.output<typeof legalTextSchema>
export type LegalRule = z.output<typeof legalSchema>
export type LimitsRule = z.output<typeof limitsSchema>
export type RetentionRule = z.output<typeof retentionSchema>
export type BrandingRule = z.output<typeof brandingSchema>
export type NotificationsRule = z.output<typeof notificationsSchema>
export type EnrolmentRule = z.output<typeof enrolmentSchema>
export type LanguagesRule = z.output<typeof languagesSchema>
