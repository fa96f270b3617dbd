import { isDomainError } from '../errors'
import type { Currency } from '../money'
import { quote } from '../products'
import type { QuoteRequest, QuoteRules } from '../products'
import type { RuleReceipt } from '../rule-sets'

/** A sale that was really made: what was asked, and what it came to. */
export type PastSale = {
  /** Its membership. */
  readonly entityId: string
  readonly branchId: string
  readonly request: QuoteRequest
  /** What was really charged, whichever rule stood then. */
  readonly billedMinor: bigint
}

/** What rules say that a sale costs. */
export type SalePrice = {
  readonly gross: bigint
  readonly net: bigint
  readonly vat: bigint
  readonly rateBp: number
  readonly steps: RuleReceipt['explain']
}

/** Why rules do not sell it: a message key and its figures. */
export type Refusal = { readonly key: string; readonly params: Readonly<Record<string, string | number>> }

/**
 * - `unsellable`: sold today, not by the draft; `sellable`: the other way round
 * - `uncompared`: sold by neither, so there is nothing to hold against each other
 */
export type SaleVerdict = 'more' | 'less' | 'same' | 'unsellable' | 'sellable' | 'uncompared'

export type SaleComparison = {
  readonly verdict: SaleVerdict
  readonly currency: Currency
  readonly before: SalePrice | null
  readonly after: SalePrice | null
  /** Why it is not sold on one side, or which coupon the draft no longer takes. */
  readonly reason: Refusal | null
}

type Answer = { readonly price: SalePrice; readonly refusal: null } | { readonly price: null; readonly refusal: Refusal }

function ask(rules: QuoteRules, request: QuoteRequest): Answer {
  try {
    const { money, vat, receipt } = quote(rules, request)
    return { price: { gross: money.minor, net: vat.net.minor, vat: vat.vat.minor, rateBp: vat.rateBp, steps: receipt.explain }, refusal: null }
  } catch (error) {
    if (!isDomainError(error)) throw error
    return { price: null, refusal: { key: error.messageKey, params: error.params } }
  }
}

const ofCoupon = ({ refusal }: Answer): boolean => refusal?.key.startsWith('errors.coupon.') === true

function verdictOf(before: SalePrice | null, after: SalePrice | null): SaleVerdict {
  if (before === null) return after === null ? 'uncompared' : 'sellable'
  if (after === null) return 'unsellable'
  return after.gross > before.gross ? 'more' : after.gross < before.gross ? 'less' : 'same'
}

/**
 * The same sale by the rules in force and by the draft. A word that one side no longer takes is no reason not to sell: there the buyer
 * pays without it.
 */
export function compareSale(current: QuoteRules, draft: QuoteRules, request: QuoteRequest): SaleComparison {
  const without = { ...request, couponCode: null }
  let before = ask(current, request)
  let after = ask(draft, request)
  let reason = after.refusal ?? before.refusal
  if (ofCoupon(before)) before = ask(current, without)
  if (ofCoupon(after)) after = ask(draft, without)
  reason = after.refusal ?? before.refusal ?? reason
  return { verdict: verdictOf(before.price, after.price), currency: request.currency, before: before.price, after: after.price, reason }
}
