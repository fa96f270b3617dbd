import { DomainError } from '../errors'
import { allocate, isNegative, isZero, subtract, sum, vatFromGross } from '../money'
import type { Currency, Money } from '../money'
import { formatNumber } from '../numbering'
import { addDays, fiscalYear } from '../periods'
import type { DateOnly } from '../periods'
import type { InvoicingRule, TaxRule } from '../rule-sets'

export const invoiceStatuses = ['draft', 'issued', 'submitted', 'cleared', 'rejected', 'paid', 'credited'] as const
export type InvoiceStatus = (typeof invoiceStatuses)[number]

const moves: Readonly<Record<InvoiceStatus, readonly InvoiceStatus[]>> = {
  draft: ['issued'],
  issued: ['submitted', 'paid', 'credited'],
  submitted: ['cleared', 'rejected'],
  cleared: ['paid', 'credited'],
  rejected: ['submitted', 'credited'],
  paid: ['credited'],
  credited: [],
}

/** Statuses that an invoice may take next. Issued documents never go back to draft. */
export function nextInvoiceStatuses(status: InvoiceStatus): readonly InvoiceStatus[] {
  return moves[status]
}

/** Throws CONFLICT when the invoice cannot take that status. */
export function assertInvoiceStatus(from: InvoiceStatus, to: InvoiceStatus): void {
  if (!moves[from].includes(to)) throw new DomainError('CONFLICT', 'errors.transition.unknown', { params: { from, to } })
}

export const documentTypes = ['invoice', 'creditNote', 'receipt'] as const
export type TaxDocumentType = (typeof documentTypes)[number]

/** Series, fiscal year and text of a document's number; the caller takes `n` inside the transaction that issues it. */
export function documentNumber(
  rule: InvoicingRule,
  type: TaxDocumentType,
  values: { readonly country: string; readonly issuedOn: DateOnly; readonly n: bigint },
): { readonly series: string; readonly fiscalYear: number; readonly number: string } {
  const { series, pattern } = rule[type]
  const year = fiscalYear(values.issuedOn, rule.fiscalYearStartMonth)
  return { series, fiscalYear: year, number: formatNumber(pattern, { country: values.country, year, n: values.n, series }) }
}

/** The counter a document takes its number from. */
export function seriesOf(rule: InvoicingRule, type: TaxDocumentType, issuedOn: DateOnly): { readonly series: string; readonly fiscalYear: number } {
  return { series: rule[type].series, fiscalYear: fiscalYear(issuedOn, rule.fiscalYearStartMonth) }
}

export type InvoiceLineInput = {
  readonly description: string
  readonly quantity: number
  /** For the whole line, VAT included. */
  readonly gross: Money
  readonly category: string
}
export type InvoiceLine = InvoiceLineInput & { readonly rateBp: number; readonly net: Money; readonly vat: Money }
export type VatTotal = { readonly category: string; readonly rateBp: number; readonly net: Money; readonly vat: Money; readonly gross: Money }
export type InvoiceAmounts = {
  readonly lines: readonly InvoiceLine[]
  readonly vatTotals: readonly VatTotal[]
  readonly net: Money
  readonly vat: Money
  readonly gross: Money
  /** Key of the legal text that must be printed, when a line is at 0 %. */
  readonly exemptTextKey: string | null
}

/** The rate of a category in basis points. Throws INVALID for one that the tax rule lacks. */
export function rateOf(tax: TaxRule, category: string): number {
  const rate = tax.rates.find((candidate) => candidate.category === category)
  if (rate === undefined) throw new DomainError('INVALID', 'errors.tax.category')
  return rate.rateBp
}

/**
 * The VAT of a category over its lines. Lines that take something off carry their own tax back; what rounding leaves over goes, a unit each, to the lines of most money,
 * so that the lines sum to the tax of the total.
 */
function spreadVat(vat: Money, lines: readonly InvoiceLineInput[], rateBp: number): Money[] {
  if (lines.every(({ gross }) => !isNegative(gross))) {
    const whole = lines.some(({ gross }) => !isZero(gross))
    return whole ? allocate(vat, lines.map(({ gross }) => gross.minor)) : lines.map(() => vat)
  }
  const own = lines.map(({ gross }) => vatFromGross(gross, rateBp).vat.minor)
  let left = vat.minor - own.reduce((total, one) => total + one, 0n)
  const size = (index: number): bigint => {
    const minor = lines[index]?.gross.minor ?? 0n
    return minor < 0n ? -minor : minor
  }
  const byMoney = own.map((_, index) => index).toSorted((a, b) => (size(a) === size(b) ? a - b : size(a) > size(b) ? -1 : 1))
  for (let turn = 0; left !== 0n; turn += 1) {
    const index = byMoney[turn % byMoney.length] ?? 0
    const unit = left > 0n ? 1n : -1n
    own[index] = (own[index] ?? 0n) + unit
    left -= unit
  }
  return own.map((minor) => ({ minor, currency: vat.currency }))
}

/**
 * Works out VAT per category from gross lines: the tax of a category is taken once from its total and spread over its
 * lines, so that lines, totals and the amount paid agree to the minor unit. Lines below nothing take something off; a category's total is never below nothing.
 */
export function invoiceAmounts(lines: readonly InvoiceLineInput[], currency: Currency, tax: TaxRule): InvoiceAmounts {
  if (lines.length === 0) throw new DomainError('INVALID', 'errors.invoice.noLines')
  const categories = [...new Set(lines.map(({ category }) => category))]
  const done = new Map<InvoiceLineInput, InvoiceLine>()
  const vatTotals = categories.map((category): VatTotal => {
    const own = lines.filter((line) => line.category === category)
    const rateBp = rateOf(tax, category)
    const gross = sum(own.map((line) => line.gross), currency)
    if (isNegative(gross)) throw new DomainError('INVALID', 'errors.money.negative')
    const { net, vat } = vatFromGross(gross, rateBp)
    const shares = spreadVat(vat, own, rateBp)
    own.forEach((line, index) => {
      const share = shares[index] ?? vat
      done.set(line, { ...line, rateBp, vat: share, net: subtract(line.gross, share) })
    })
    return { category, rateBp, net, vat, gross }
  })
  return {
    lines: lines.flatMap((line) => done.get(line) ?? []),
    vatTotals,
    net: sum(vatTotals.map(({ net }) => net), currency),
    vat: sum(vatTotals.map(({ vat }) => vat), currency),
    gross: sum(vatTotals.map(({ gross }) => gross), currency),
    exemptTextKey: vatTotals.some(({ rateBp }) => rateBp === 0) ? tax.exemptTextKey : null,
  }
}

/** The day by which an invoice is to be paid. */
export function paymentDueOn(rule: InvoicingRule, issuedOn: DateOnly): DateOnly {
  return addDays(issuedOn, rule.paymentTermDays)
}

/** A tenant whose legal details are invented issues tax documents only where nobody takes them for real. */
export function assertMayIssue(rule: InvoicingRule, demoMode: boolean): void {
  if (rule.issuer.demo && !demoMode) throw new DomainError('CONFLICT', 'errors.invoice.demoLegalDetails')
}
