import type { MoneyJson } from '../../money'
import type { RuleInput } from '../../rule-sets'

/** Limits of a tenant that starts with these limits of cash. */
export function defaultLimits(cashPerPayment: readonly MoneyJson[], cashInHand: readonly MoneyJson[], cashWriteOff: readonly MoneyJson[]): RuleInput<'limits'> {
  return {
    cashPerPayment: [...cashPerPayment],
    cashInHand: [...cashInHand],
    cashWriteOff: [...cashWriteOff],
    cashDays: { handOver: 7, toBank: 3, escalate: 7 },
    upload: {
      maxBytes: 16 * 1024 * 1024,
      types: ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic'],
      perClaim: 40,
    },
    login: { attempts: 5, windowMinutes: 15 },
    session: { idleMinutes: 60, absoluteHours: 12 },
    secondFactor: 'required',
  }
}

export const defaultNotifications: RuleInput<'notifications'> = {
  events: [
    { event: 'membership.activated', channels: ['in_app', 'mail'] },
    { event: 'membership.renewal_due', channels: ['in_app', 'mail'] },
    { event: 'membership.past_due', channels: ['in_app', 'mail'] },
    { event: 'membership.lapsed', channels: ['in_app', 'mail'] },
    { event: 'membership.canceled', channels: ['in_app', 'mail'] },
    { event: 'payment.succeeded', channels: ['in_app', 'mail'] },
    { event: 'payment.failed', channels: ['in_app', 'mail'] },
    { event: 'payment.refunded', channels: ['in_app', 'mail'] },
    { event: 'payment.link', channels: ['mail'] },
    { event: 'instalment.due', channels: ['in_app', 'mail'] },
    { event: 'instalment.overdue', channels: ['in_app', 'mail'] },
    { event: 'invoice.issued', channels: ['in_app', 'mail'] },
    { event: 'claim.submitted', channels: ['in_app', 'mail'] },
    { event: 'claim.stage_changed', channels: ['in_app', 'mail'] },
    { event: 'claim.documents_needed', channels: ['in_app', 'mail'] },
    { event: 'claim.assigned', channels: ['in_app'] },
    { event: 'claim.deadline_near', channels: ['in_app', 'mail'] },
    { event: 'claim.overdue', channels: ['in_app', 'mail'] },
    { event: 'cash.to_verify', channels: ['in_app'] },
    { event: 'cash.overdue', channels: ['in_app'] },
    { event: 'lead.created', channels: ['in_app'] },
    { event: 'referral.rewarded', channels: ['in_app', 'mail'] },
    { event: 'staff.invited', channels: ['mail'] },
  ],
  renewalReminderDays: [30, 14, 3],
}

/** Commissions of a tenant with this least payout. */
export function defaultCommissions(minimumPayout: readonly MoneyJson[]): RuleInput<'commissions'> {
  return {
    percentBp: { new: 2000, renewal: 1000, upgrade: 1500, business: 2500 },
    businessPlans: ['business', 'group'],
    minimumPayout: [...minimumPayout],
    payoutPattern: 'KP-{year}-{n:5}',
  }
}

/** Enrolment of a tenant whose self-service members belong to that branch. */
export function defaultEnrolment(defaultBranchCode: string): RuleInput<'enrolment'> {
  return { defaultBranchCode, requiredFields: ['phone', 'personalNumber'], referralAllowed: true, minimumAge: 18 }
}

/** One administrator may publish alone; what moves prices, taxes or deadlines is tried on history first. */
export const defaultGovernance: RuleInput<'governance'> = { secondPersonFor: [], simulateFor: ['products', 'tax', 'workflows'] }

type Invoicing = RuleInput<'invoicing'>

/** Numbering of a tenant; series and patterns are the tenant's own to change before its first document. */
export function defaultInvoicing(facts: Pick<Invoicing, 'languages' | 'issuer' | 'clearance'>): Invoicing {
  return {
    invoice: { series: 'F', pattern: 'F-{year}-{n:6}' },
    creditNote: { series: 'K', pattern: 'K-{year}-{n:6}' },
    receipt: { series: 'P', pattern: 'P-{year}-{n:6}' },
    claimPattern: 'CLM-{country}-{year}-{n:6}',
    memberPattern: 'MEM-{country}-{n:6}',
    paymentTermDays: 7,
    ageDays: [30, 60, 90],
    fiscalYearStartMonth: 1,
    ...facts,
  }
}

/** Retention of a tenant; what differs by law is given. */
export function defaultRetention(
  facts: Pick<RuleInput<'retention'>, 'taxDocuments' | 'breachNoticeHours' | 'lawReference'>,
): RuleInput<'retention'> {
  return { claimsYears: 10, membersYears: 5, leadsMonths: 12, auditYears: 7, providerEventsDays: 400, requestDays: 30, messagesDays: 400, sessionsDays: 90, workingsDays: 400, nightly: false, ...facts }
}

/** A legal document of the given texts, all at their first version. */
export function defaultLegal(
  byLocale: { readonly [L in 'mk' | 'sq' | 'sr' | 'en']?: Readonly<Record<LegalKey, { title: string; body: string }>> },
): RuleInput<'legal'> {
  const keys: readonly LegalKey[] = ['terms', 'privacy', 'consentTerms', 'consentPrivacy', 'consentMarketing', 'invoiceFooter', 'vatExempt']
  return {
    texts: keys.map((key) => ({
      key,
      version: 1,
      texts: Object.fromEntries(Object.entries(byLocale).map(([locale, texts]) => [locale, texts[key]])),
    })),
  }
}

type LegalKey = RuleInput<'legal'>['texts'][number]['key']
