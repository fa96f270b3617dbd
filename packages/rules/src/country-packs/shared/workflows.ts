import type { Locale } from '../../locales'
import type { MoneyJson } from '../../money'
import type { RuleInput } from '../../rule-sets'

type Workflows = RuleInput<'workflows'>

const handled = ['claims.handle'] as const
const agreed = ['signedAgreement', 'authorisedFee'] as const

function move(
  from: string,
  to: string,
  gates: Workflows['claims']['transitions'][number]['gates'] = [],
): Workflows['claims']['transitions'][number] {
  return { from, to, anyOf: [...handled], gates }
}

/** The claims workflow that tenants start with. */
export const claimsWorkflow: Workflows['claims'] = {
  states: ['draft', 'submitted', 'verification', 'evaluation', 'negotiation', 'court', 'resolved', 'rejected'],
  initial: 'draft',
  closed: ['resolved', 'rejected'],
  transitions: [
    { from: 'draft', to: 'submitted', anyOf: ['claims.submit'], gates: [] },
    move('submitted', 'verification'),
    move('submitted', 'evaluation'),
    move('submitted', 'rejected', ['rejectReason']),
    move('verification', 'evaluation'),
    move('verification', 'submitted'),
    move('evaluation', 'negotiation', [...agreed]),
    move('evaluation', 'verification'),
    move('evaluation', 'resolved', ['feeOrNoFeeReason']),
    move('evaluation', 'rejected', ['rejectReason']),
    move('negotiation', 'court', [...agreed, 'legalCap']),
    move('negotiation', 'evaluation'),
    move('negotiation', 'resolved', ['feeOrNoFeeReason']),
    move('negotiation', 'rejected', ['rejectReason']),
    move('court', 'negotiation', [...agreed]),
    move('court', 'resolved', ['feeOrNoFeeReason']),
    move('court', 'rejected', ['rejectReason']),
    move('resolved', 'evaluation'),
    move('resolved', 'negotiation', [...agreed]),
    move('rejected', 'evaluation'),
    move('rejected', 'submitted'),
  ],
}

type MembershipMove = Workflows['memberships']['transitions'][number]

function bySystem(from: string, to: string, gates: MembershipMove['gates'] = []): MembershipMove {
  return { from, to, anyOf: ['system.run'], gates }
}

/** The memberships workflow that tenants start with. Enrolment in the field activates with the cash that was taken. */
export const membershipsWorkflow: Workflows['memberships'] = {
  states: ['pending', 'active', 'past_due', 'paused', 'canceled', 'lapsed', 'expired'],
  initial: 'pending',
  closed: ['lapsed', 'expired'],
  transitions: [
    { from: 'pending', to: 'active', anyOf: ['system.run', 'cash.collect', 'cash.verify'], gates: ['paymentSucceeded'] },
    { from: 'pending', to: 'canceled', anyOf: ['memberships.cancel', 'system.run'], gates: [] },
    bySystem('pending', 'expired'),
    bySystem('active', 'past_due', ['periodEnded']),
    bySystem('active', 'expired', ['periodEnded']),
    { from: 'active', to: 'canceled', anyOf: ['memberships.cancel', 'system.run'], gates: [] },
    { from: 'active', to: 'paused', anyOf: ['memberships.pause', 'memberships.write'], gates: [] },
    { from: 'paused', to: 'active', anyOf: ['memberships.pause', 'memberships.write', 'system.run'], gates: [] },
    { from: 'paused', to: 'canceled', anyOf: ['memberships.write', 'system.run'], gates: [] },
    { from: 'past_due', to: 'active', anyOf: ['system.run', 'cash.collect', 'cash.verify'], gates: ['paymentSucceeded'] },
    bySystem('past_due', 'lapsed', ['graceEnded']),
    bySystem('past_due', 'expired', ['periodEnded']),
    { from: 'past_due', to: 'canceled', anyOf: ['memberships.cancel', 'system.run'], gates: [] },
    { from: 'canceled', to: 'active', anyOf: ['system.run', 'cash.collect', 'memberships.write', 'memberships.cancel'], gates: ['paymentSucceeded'] },
    bySystem('canceled', 'expired', ['periodEnded']),
    { from: 'lapsed', to: 'active', anyOf: ['system.run', 'cash.collect', 'cash.verify'], gates: ['paymentSucceeded'] },
    { from: 'expired', to: 'active', anyOf: ['system.run', 'cash.collect', 'cash.verify'], gates: ['paymentSucceeded'] },
  ],
}

const categories: Workflows['categories'] = [
  { category: 'vehicle', scope: 'assisted', requiredDocuments: ['accident_statement', 'photos', 'estimate'] },
  { category: 'property', scope: 'assisted', requiredDocuments: ['photos', 'estimate'] },
  { category: 'injury', scope: 'assisted', requiredDocuments: ['police_report', 'medical_report'] },
  { category: 'travel', scope: 'guidance', requiredDocuments: ['contract'] },
  { category: 'consumer', scope: 'guidance', requiredDocuments: ['contract', 'invoice_proof'] },
]

const routeTitles = {
  injury: { mk: 'Повреда на лице', sq: 'Lëndim trupor', sr: 'Povreda lica', en: 'Personal injury' },
  large: { mk: 'Голема штета', sq: 'Dëm i madh', sr: 'Velika šteta', en: 'Large loss' },
} as const

const titled = (offered: readonly Locale[], code: keyof typeof routeTitles) => Object.fromEntries(offered.map((locale) => [locale, routeTitles[code][locale]]))

/** From this much on, in whichever of its currencies a claim is made. */
function claimsAtLeast(amounts: readonly MoneyJson[]): NonNullable<NonNullable<Workflows['routes']>[number]['when']> {
  const each = amounts.map(({ minor, currency }) => ({ and: [{ '==': [{ var: 'currency' }, currency] }, { '>=': [{ var: 'claimed' }, Number(minor)] }] }))
  const [only] = each
  return only !== undefined && each.length === 1 ? only : { or: each }
}

/** What a tenant's workflow document depends on. */
export type WorkflowFacts = {
  readonly zone: string
  readonly holidaysOf: string
  readonly offered: readonly Locale[]
  /** The loss from which on a claim is urgent, per currency. */
  readonly large: readonly MoneyJson[]
}

/** The workflow document of a tenant with a working day from 08:00 to 16:00, Monday to Friday. */
export function defaultWorkflows({ zone, holidaysOf, offered, large }: WorkflowFacts): Workflows {
  return {
    memberships: membershipsWorkflow,
    claims: claimsWorkflow,
    categories,
    rejectReasons: [
      'guidance_only_scope',
      'insufficient_evidence',
      'no_monetary_recovery_path',
      'counterparty_unidentified',
      'time_limit_risk',
      'conflict_or_integrity_concern',
    ],
    triageHours: 24,
    matterWindowDays: 90,
    calendar: { weekdays: [1, 2, 3, 4, 5], opensAt: 8 * 60, closesAt: 16 * 60, closedOn: [], openOn: [], zone, holidaysOf },
    routes: [
      { code: 'injury', titles: titled(offered, 'injury'), when: { '==': [{ var: 'category' }, 'injury'] }, priority: 'urgent', triageHours: 8 },
      { code: 'large_loss', titles: titled(offered, 'large'), when: claimsAtLeast(large), priority: 'urgent', triageHours: 16 },
    ],
    stages: [
      { state: 'evaluation', hours: 80, remindHoursBefore: [8], escalations: [{ hoursAfter: 8, to: 'branch_manager' }] },
      { state: 'negotiation', hours: 160, remindHoursBefore: [16], escalations: [{ hoursAfter: 16, to: 'tenant_admin' }] },
    ],
  }
}
