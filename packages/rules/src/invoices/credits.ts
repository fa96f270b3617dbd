import { invalid } from '../errors'
import { allocate, add, compare, isNegative, isZero, subtract, sum, zero } from '../money'
import type { Money } from '../money'

/** What an invoice says, or what is left of it, at one rate of VAT. */
export type RateShare = { readonly rateBp: number; readonly net: Money; readonly vat: Money }

const grossOf = ({ net, vat }: RateShare): Money => add(net, vat)

/** What is left of an invoice once some credit notes were written, rate by rate. */
export function leftToCredit(invoiced: readonly RateShare[], credited: readonly RateShare[]): RateShare[] {
  return invoiced.map(({ rateBp, net, vat }) => {
    const back = credited.filter((one) => one.rateBp === rateBp)
    return { rateBp, net: subtract(net, sum(back.map((one) => one.net), net.currency)), vat: subtract(vat, sum(back.map((one) => one.vat), vat.currency)) }
  })
}

/**
 * Spreads an amount that is credited, VAT inside, over what is left at each rate and then over net and tax, in proportion and to the minor unit (largest remainder): whatever is credited one after the other, all
 * of it together is the invoice and never more. Throws INVALID for nothing and for more than is left.
 */
export function creditShares(left: readonly RateShare[], amount: Money): RateShare[] {
  const whole = sum(left.map(grossOf), amount.currency)
  if (isZero(amount) || isNegative(amount)) throw invalid('amount', 'errors.money.positive')
  if (compare(amount, whole) > 0) throw invalid('amount', 'errors.refund.tooMuch')
  const nothing = zero(amount.currency)
  const byRate = allocate(amount, left.map((share) => grossOf(share).minor))
  return left.flatMap((share, index) => {
    const gross = byRate[index] ?? nothing
    if (isZero(gross)) return []
    const [net = nothing, vat = nothing] = allocate(gross, [share.net.minor, share.vat.minor])
    return [{ rateBp: share.rateBp, net, vat }]
  })
}
