import { amountOf, divideHalfUp } from '../money'
import type { Currency } from '../money'
import type { Localized } from '../locales'
import type { Coupon, Discount, Reduction, ReferralReward } from '../rule-sets'

/** What is taken off, why, and by how much; `minor` is above nothing. */
export type Taken = {
  readonly kind: 'discount' | 'coupon' | 'referral'
  readonly code: string
  /** Null for a friend's reduction, which has no name of its own. */
  readonly titles: Localized<string> | null
  /** Null where an amount and no share is taken off. */
  readonly percentBp: number | null
  readonly minor: bigint
}

export type Reductions = {
  readonly taken: readonly Taken[]
  /** True when the discounts take off more than a coupon that stands alone: the coupon stays unused. */
  readonly couponWeaker: boolean
  /** True when more was to be taken off than there was. */
  readonly capped: boolean
}

/** The code under which a friend's reduction stands in lines and receipts. */
export const referralCodeName = 'referral'

/** What a reduction takes off a price; each is rounded once, half up, and none is more than the price. */
export function reductionOf(reduction: Reduction, list: bigint, currency: Currency): bigint {
  const off = reduction.kind === 'percent' ? divideHalfUp(list * BigInt(reduction.percentBp), 10_000n) : (amountOf(reduction.amounts, currency)?.minor ?? 0n)
  return off > list ? list : off
}

const none: Reductions = { taken: [], couponWeaker: false, capped: false }
const sumOf = (taken: readonly Taken[]): bigint => taken.reduce((total, { minor }) => total + minor, 0n)

/** Of discounts that fit, the single one that takes off most against all that may be combined; the combined ones win a tie. */
function bestDiscounts(discounts: readonly Discount[], take: (discount: Discount) => Taken): readonly Taken[] {
  const combined = discounts.filter(({ combines }) => combines).map(take)
  const alone = discounts.filter(({ combines }) => !combines).map(take)
  const best = alone.reduce<Taken | undefined>((most, one) => (most === undefined || one.minor > most.minor ? one : most), undefined)
  return best !== undefined && best.minor > sumOf(combined) ? [best] : combined
}

/**
 * Everything that is taken off a list price, in this order: discounts, coupon, a friend's reduction. Each is worked out from the whole list price.
 * A coupon that does not combine counts instead of the discounts when it takes off more; a friend's reduction always counts beside the rest. Together they
 * take off the list price at most: the last ones are cut, and what takes off nothing is left out.
 */
export function reduce(
  list: bigint,
  currency: Currency,
  offered: { readonly discounts: readonly Discount[]; readonly coupon: Coupon | null; readonly friend: ReferralReward['friend'] },
): Reductions {
  const { discounts, coupon, friend } = offered
  if (list === 0n || (discounts.length === 0 && coupon === null && friend === null)) return none
  const take = (kind: Taken['kind'], code: string, titles: Taken['titles'], reduction: Reduction): Taken => ({
    kind, code, titles, percentBp: reduction.kind === 'percent' ? reduction.percentBp : null, minor: reductionOf(reduction, list, currency),
  })
  let wished = bestDiscounts(discounts, ({ code, titles, reduction }) => take('discount', code, titles, reduction))
  let couponWeaker = false
  if (coupon !== null) {
    const own = take('coupon', coupon.code, coupon.titles, coupon.reduction)
    couponWeaker = !coupon.combines && own.minor <= sumOf(wished)
    if (coupon.combines) wished = [...wished, own]
    else if (!couponWeaker) wished = [own]
  }
  if (friend !== null) wished = [...wished, take('referral', referralCodeName, null, friend)]
  let left = list
  const taken = wished.flatMap((one): Taken[] => {
    const minor = one.minor > left ? left : one.minor
    left -= minor
    return minor === 0n ? [] : [minor === one.minor ? one : { ...one, minor }]
  })
  return { taken, couponWeaker, capped: sumOf(wished) > list }
}
