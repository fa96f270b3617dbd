import { chartOfAccounts, postingKinds } from '../ledger'
import type { AccountName, PostingKind } from '../ledger'

export const reportNames = ['revenue', 'vat', 'receivables', 'cash', 'commissions'] as const
export type ReportName = (typeof reportNames)[number]

/** Ways in which revenue may be put together. */
export const revenueGroups = ['day', 'month', 'quarter', 'year', 'branch', 'plan', 'provider'] as const
export type RevenueGroup = (typeof revenueGroups)[number]

/** Lengths of time that a period may have. */
export const periodUnits = ['day', 'month', 'quarter', 'year'] as const
export type PeriodUnit = (typeof periodUnits)[number]

/** What a row of a report is about. */
export const dimensions = ['period', 'rate', 'branch', 'plan', 'provider', 'person'] as const
export type Dimension = (typeof dimensions)[number]

/** A sum of ledger entries that agree in account, kind, currency and in what the report tells apart. Debits are positive. */
export type LedgerSum = {
  readonly account: string
  readonly kind: string
  readonly currency: string
  readonly period: string | null
  readonly branch: string | null
  readonly plan: string | null
  readonly provider: string | null
  readonly person: string | null
  readonly rate: number | null
  /** Booked before the report's first day. */
  readonly before: boolean
  readonly minor: bigint
}

/** One column: what a sum adds to it; null where the sum is none of its business. */
export type ReportColumn = { readonly key: string; readonly take: (sum: LedgerSum) => bigint | null }

export type ReportDefinition = {
  readonly accounts: readonly AccountName[]
  /** Kinds of posting that are left out: they only pass on what another one brought. */
  readonly without: readonly string[]
  /** `during`: what was booked from the first day to the cut. `until`: how accounts stand at the cut. `both`: what was there, what came, what is there. */
  readonly span: 'during' | 'until' | 'both'
  /** Whether its columns tell kinds of posting apart; where not, a sum holds all kinds and its `kind` says nothing. */
  readonly tellsKinds: boolean
  readonly columns: readonly ReportColumn[]
  /** Column that a drawing shows. */
  readonly drawn: string
}

const codeOf = (name: AccountName): string => chartOfAccounts[name].code
const isOn = (sum: LedgerSum, ...names: readonly AccountName[]): boolean => names.some((name) => codeOf(name) === sum.account)

/** A column of the balances of accounts on the credit side, or on the debit side. */
const credits = (key: string, ...names: readonly AccountName[]): ReportColumn => ({ key, take: (sum) => (isOn(sum, ...names) ? -sum.minor : null) })
const debits = (key: string, ...names: readonly AccountName[]): ReportColumn => ({ key, take: (sum) => (isOn(sum, ...names) ? sum.minor : null) })

/** The same, of sums that `which` holds for. */
const only = (column: ReportColumn, which: (sum: LedgerSum) => boolean): ReportColumn => ({ key: column.key, take: (sum) => (which(sum) ? column.take(sum) : null) })

const taken = ['card_refund', 'cash_refund', 'bank_refund', 'credit_note', 'chargeback', 'reversal']
const isCredit = (sum: LedgerSum): boolean => taken.includes(sum.kind)
const isSale = (sum: LedgerSum): boolean => !isCredit(sum)
// revenue counts for our VAT where the tax document is ours; VAT of ours always does
const isTaxed = (sum: LedgerSum): boolean => sum.rate !== null

const revenueAccounts = ['membershipRevenue', 'successFeeRevenue'] as const satisfies readonly AccountName[]

/** What each report is made of. Every figure is a sum of ledger entries and of nothing else. */
export const reportDefinitions: Readonly<Record<ReportName, ReportDefinition>> = {
  revenue: {
    accounts: [...revenueAccounts, 'vatPayable', 'providerTax'], without: ['provider_payout'], span: 'during', tellsKinds: false, drawn: 'gross',
    columns: [
      credits('net', ...revenueAccounts), credits('vat', 'vatPayable'), credits('providerTax', 'providerTax'),
      credits('gross', ...revenueAccounts, 'vatPayable', 'providerTax'),
    ],
  },
  vat: {
    accounts: [...revenueAccounts, 'vatPayable'], without: [], span: 'during', tellsKinds: true, drawn: 'vatDue',
    columns: [
      only(credits('salesNet', ...revenueAccounts), (sum) => isSale(sum) && isTaxed(sum)), only(credits('salesVat', 'vatPayable'), isSale),
      only(credits('creditNet', ...revenueAccounts), (sum) => isCredit(sum) && isTaxed(sum)), only(credits('creditVat', 'vatPayable'), isCredit),
      credits('vatDue', 'vatPayable'),
    ],
  },
  receivables: {
    accounts: ['customerReceivable', 'providerReceivable', 'providerTax'], without: [], span: 'until', tellsKinds: false, drawn: 'receivable',
    columns: [
      debits('customers', 'customerReceivable'), debits('providers', 'providerReceivable'), credits('keptTax', 'providerTax'),
      debits('receivable', 'customerReceivable', 'providerReceivable', 'providerTax'),
    ],
  },
  cash: {
    accounts: ['cashWithAgents', 'cashInBranch', 'cashShortage'], without: [], span: 'until', tellsKinds: false, drawn: 'cash',
    columns: [debits('withCollectors', 'cashWithAgents'), debits('inBranch', 'cashInBranch'), debits('cash', 'cashWithAgents', 'cashInBranch'), credits('differences', 'cashShortage')],
  },
  commissions: {
    accounts: ['commissionsPayable'], without: [], span: 'both', tellsKinds: true, drawn: 'owed',
    columns: [
      only(credits('carried', 'commissionsPayable'), (sum) => sum.before), only(credits('earned', 'commissionsPayable'), (sum) => !sum.before && sum.kind !== 'commission_paid'),
      only(debits('paidOut', 'commissionsPayable'), (sum) => !sum.before && sum.kind === 'commission_paid'), credits('owed', 'commissionsPayable'),
    ],
  },
}

const isPeriod = (group: RevenueGroup): group is PeriodUnit => periodUnits.some((unit) => unit === group)

/** What the rows of a report are about, in the order of its first columns. */
export function dimensionsOf(report: ReportName, group: RevenueGroup): readonly Dimension[] {
  switch (report) {
    case 'revenue': return [isPeriod(group) ? 'period' : group]
    case 'vat': return ['period', 'rate']
    case 'receivables': return ['branch']
    case 'cash': return ['branch', 'person']
    case 'commissions': return ['person']
  }
}

/** The length of the periods that a report tells apart; months where it has none. */
export function unitOf(report: ReportName, group: RevenueGroup): PeriodUnit {
  return report === 'revenue' && isPeriod(group) ? group : 'month'
}

/** What one entry is, as far as a column asks. */
export type EntryTraits = { readonly account: AccountName; readonly kind: PostingKind; readonly before: boolean; readonly taxed: boolean }

/** Every kind of entry that a column of a report counts: what stands behind a figure are the entries of these, and no others. */
export function countedIn(report: ReportName, key: string): readonly (EntryTraits & { readonly sign: 1n | -1n })[] {
  const { accounts, columns, without } = reportDefinitions[report]
  const column = columns.find((candidate) => candidate.key === key)
  if (column === undefined) return []
  const counted: (EntryTraits & { readonly sign: 1n | -1n })[] = []
  for (const account of accounts) for (const kind of postingKinds) for (const before of [false, true]) for (const taxed of [false, true]) {
    if (without.includes(kind)) continue
    const taken = column.take({ account: codeOf(account), kind, currency: '', period: null, branch: null, plan: null, provider: null, person: null, rate: taxed ? 0 : null, before, minor: 1n })
    if (taken === 1n || taken === -1n) counted.push({ account, kind, before, taxed, sign: taken })
  }
  return counted
}
