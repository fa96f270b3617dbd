import * as z from 'zod'
import { claimCategories, claimCategorySchema } from '../claims/categories'
import type { ClaimCategory } from '../claims/categories'
import { conditionSchema } from '../conditions'
import { localizedSchema } from '../locales'
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

const stateSchema = z.string().regex(/^[a-z][a-z_]{1,39}$/u, { error: 'errors.code' })

export const transitionSchema = z.object({
  from: stateSchema,
  to: stateSchema,
  /** One of these is enough. */
  anyOf: z.array(permissionSchema).min(1),
  /** All of these must hold. */
  gates: z.array(z.enum(gates)).default([]),
  /** Kinds of document that must be stored with the claim; beyond those that its category asks for at the start. */
  requiredDocuments: z.array(documentKindSchema).default([]),
  /** Must hold for the claim; null: always. Membership steps have none. */
  when: conditionSchema('claim').default(null),
})

/**
 * How long a claim may stay in a state, in working hours from entering it, and who hears of it. Before the first decision the claim is due
 * at the end of its triage or of this, whichever comes first, and neither runs while documents are missing.
 */
export const stageSchema = z.object({
  state: stateSchema,
  hours: z.int().min(1).max(5000),
  /** Working hours before the deadline at which the handler, else the branch manager, is reminded. */
  remindHoursBefore: z.array(z.int().min(1).max(1000)).max(5).default([]),
  /** Working hours after the deadline at which somebody higher is told. */
  escalations: z.array(z.object({ hoursAfter: z.int().min(0).max(1000), to: z.enum(['branch_manager', 'tenant_admin']) })).max(5).default([]),
})

/** A way through triage: the first route whose condition holds decides how urgent a claim is and how fast it must be looked at. */
export const routeSchema = z.object({
  code: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/u, { error: 'errors.code' }),
  titles: localizedSchema(z.string().min(1).max(120)),
  when: conditionSchema('claim').default(null),
  priority: z.enum(['normal', 'urgent']),
  /** Working hours from a complete pack to the first decision. */
  triageHours: z.int().min(1).max(1000),
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
  .superRefine(({ states, initial, closed, transitions }, ctx) => {
    const named = [
      [['initial'], initial], ...closed.map((state, index) => [['closed', index], state] as const),
      ...transitions.flatMap(({ from, to }, index) => [[['transitions', index, 'from'], from], [['transitions', index, 'to'], to]] as const),
    ] as const
    for (const [path, state] of named) if (!states.includes(state)) ctx.addIssue({ code: 'custom', message: 'errors.workflow.unknownState', path: [...path] })
  })
  .refine(({ transitions }) => new Set(transitions.map(({ from, to }) => `${from}>${to}`)).size === transitions.length, {
    error: 'errors.workflow.transitionTwice',
    path: ['transitions'],
  })

export { claimCategories, claimCategorySchema }
export type { ClaimCategory }

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
  /** Tried in their order; a claim that none fits is normal and has `triageHours`. */
  routes: z.array(routeSchema).max(20).default([]),
  /** Deadlines of single states, and who hears when one comes near or has passed. */
  stages: z.array(stageSchema).max(30).default([]),
}).refine(({ memberships }) => memberships.transitions.every(({ when, requiredDocuments }) => when === null && requiredDocuments.length === 0), { error: 'errors.workflow.claimsOnly', path: ['memberships', 'transitions'] })
  .superRefine(({ claims, stages }, ctx) => {
    for (const [index, { state }] of stages.entries()) if (!claims.states.includes(state)) ctx.addIssue({ code: 'custom', message: 'errors.workflow.unknownState', path: ['stages', index, 'state'] })
  })
  .refine(({ routes }) => new Set(routes.map(({ code }) => code)).size === routes.length, { error: 'errors.rule.codeTwice', path: ['routes'] })
  .refine(({ stages }) => new Set(stages.map(({ state }) => state)).size === stages.length, { error: 'errors.rule.codeTwice', path: ['stages'] })

export type Route = z.output<typeof routeSchema>
export type Stage = z.output<typeof stageSchema>
export type Transition = z.output<typeof transitionSchema>
export type Workflow = z.output<typeof workflowSchema>
export type CalendarRule = z.output<typeof calendarSchema>
export type WorkflowsRule = z.output<typeof workflowsSchema>
