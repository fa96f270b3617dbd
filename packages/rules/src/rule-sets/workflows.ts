import * as z from 'zod'
import { permissionSchema } from '../permissions'

/** Facts about a record that a transition may demand. */
export const gates = [
  'signedAgreement',
  'authorisedFee',
  'legalCap',
  'feeOrNoFeeReason',
  'rejectReason',
  'paymentSucceeded',
  'periodEnded',
  'graceEnded',
] as const
export type Gate = (typeof gates)[number]

const stateSchema = z.string().regex(/^[a-z][a-z_]{1,39}$/u, { error: 'errors.code' })

export const transitionSchema = z.object({
  from: stateSchema,
  to: stateSchema,
  /** One of these is enough. */
  anyOf: z.array(permissionSchema).min(1),
  /** All of these must hold. */
  gates: z.array(z.enum(gates)).default([]),
})

/** States with their allowed moves. Every transition's states exist, and each pair occurs once. */
export const workflowSchema = z
  .object({
    states: z.array(stateSchema).min(2).max(30),
    initial: stateSchema,
    /** States in which the case is closed. */
    closed: z.array(stateSchema),
    transitions: z.array(transitionSchema).min(1).max(200),
  })
  .refine(
    ({ states, initial, closed, transitions }) =>
      [initial, ...closed, ...transitions.flatMap(({ from, to }) => [from, to])].every((state) => states.includes(state)),
    { error: 'errors.workflow.unknownState', path: ['transitions'] },
  )
  .refine(({ transitions }) => new Set(transitions.map(({ from, to }) => `${from}>${to}`)).size === transitions.length, {
    error: 'errors.workflow.transitionTwice',
    path: ['transitions'],
  })

export const claimCategories = ['vehicle', 'property', 'injury', 'travel', 'consumer'] as const
export type ClaimCategory = (typeof claimCategories)[number]
export const claimCategorySchema = z.enum(claimCategories)

/** Matters that we say no to before a claim exists. */
export const excludedCategories = ['criminal', 'family', 'immigration'] as const

export const rejectReasons = [
  'guidance_only_scope',
  'insufficient_evidence',
  'no_monetary_recovery_path',
  'counterparty_unidentified',
  'time_limit_risk',
  'conflict_or_integrity_concern',
] as const
export type RejectReason = (typeof rejectReasons)[number]

export const documentKinds = [
  'identity',
  'police_report',
  'accident_statement',
  'photos',
  'estimate',
  'invoice_proof',
  'medical_report',
  'contract',
  'correspondence',
  'power_of_attorney',
  'agreement',
  'other',
] as const
export type DocumentKind = (typeof documentKinds)[number]
export const documentKindSchema = z.enum(documentKinds)

export const calendarSchema = z.object({
  /** Working weekdays, 1 Monday … 7 Sunday. */
  weekdays: z.array(z.int().min(1).max(7)).min(1),
  /** Minutes after midnight on the zone's clock. */
  opensAt: z.int().min(0).max(1439),
  closesAt: z.int().min(1).max(1440),
  zone: z.string().min(1),
  /** Whose public holidays are free; null for none. */
  holidaysOf: z.string().length(2).nullable(),
  /** Free days beyond the public holidays, and public holidays on which we work. */
  closedOn: z.array(z.iso.date()),
  openOn: z.array(z.iso.date()),
}).refine(({ opensAt, closesAt }) => opensAt < closesAt, { error: 'errors.calendar.hours', path: ['closesAt'] })

const categoryRuleSchema = z.object({
  category: claimCategorySchema,
  /** `guidance` gives advice only and never escalates. */
  scope: z.enum(['assisted', 'guidance']),
  requiredDocuments: z.array(documentKindSchema),
})

export const workflowsSchema = z.object({
  memberships: workflowSchema,
  claims: workflowSchema,
  categories: z.array(categoryRuleSchema).min(1),
  rejectReasons: z.array(z.enum(rejectReasons)).min(1),
  /** Working hours from a complete pack to the first decision. */
  triageHours: z.int().min(1).max(1000),
  /** Days within which the same incident, counterparty and type are one matter. */
  matterWindowDays: z.int().min(1).max(3650),
  calendar: calendarSchema,
})

export type Transition = z.output<typeof transitionSchema>
export type Workflow = z.output<typeof workflowSchema>
export type CalendarRule = z.output<typeof calendarSchema>
export type WorkflowsRule = z.output<typeof workflowsSchema>
