import { allocate, money, percentOf, subtract } from '../money'
import type { Money } from '../money'
import { addMonths } from '../periods'
import type { DateOnly } from '../periods'
import type { Instalments } from '../rule-sets'

/** A part is paid by money that has come, and canceled with the membership that it would pay for. */
export const instalmentStatuses = ['due', 'paid', 'canceled'] as const
export type InstalmentStatus = (typeof instalmentStatuses)[number]

/** One part of a price that is paid in parts. */
export type Instalment = {
  /** From 1, in the order in which they are due. */
  readonly number: number
  readonly dueOn: DateOnly
  readonly money: Money
  /** The part's share of the VAT of the whole. */
  readonly vat: Money
}

export type Schedule = { readonly code: string; readonly instalments: readonly Instalment[] }

/** What paying in parts costs on top of a price, rounded once, half up. */
export const surchargeOf = ({ surchargeBp }: Instalments, price: Money): Money => percentOf(price, surchargeBp)

/** Amounts of the parts: further ones are alike to the minor unit, and the first bears what is left over. */
function amountsOf({ parts, firstPartBp }: Instalments, total: Money): Money[] {
  const later = BigInt(parts - 1)
  const rest = firstPartBp === null ? (total.minor * later) / BigInt(parts) : subtract(total, percentOf(total, firstPartBp)).minor
  const each = rest / later
  return [money(total.minor - each * later, total.currency), ...Array.from({ length: parts - 1 }, () => money(each, total.currency))]
}

/** The day on which a part is due: the same day of a later month, or that month's last one when it is shorter. */
export const dueOn = (start: DateOnly, everyMonths: number, number: number): DateOnly => addMonths(start, everyMonths * (number - 1))

/** Whether every part of a price is worth something. */
export const isPayableIn = (rule: Instalments, total: Money): boolean => amountsOf(rule, total).every(({ minor }) => minor > 0n)

/** When how much is due. The parts sum to the total, and their VAT to its VAT, both to the minor unit; the first is due on the day of the start. */
export function scheduleOf(rule: Instalments, total: Money, vat: Money, start: DateOnly): Instalment[] {
  const amounts = amountsOf(rule, total)
  const taxes = allocate(vat, amounts.map(({ minor }) => minor))
  return amounts.map((amount, index) => ({ number: index + 1, dueOn: dueOn(start, rule.everyMonths, index + 1), money: amount, vat: taxes[index] ?? money(0n, vat.currency) }))
}

/** What is paid at the sale: the first part where there are parts, else everything. */
export const payableNow = ({ money: total, schedule }: { readonly money: Money; readonly schedule: Schedule | null }): Money => schedule?.instalments[0]?.money ?? total

/** VAT inside `payableNow`. */
export const vatNow = ({ vat, schedule }: { readonly vat: { readonly vat: Money }; readonly schedule: Schedule | null }): Money => schedule?.instalments[0]?.vat ?? vat.vat
