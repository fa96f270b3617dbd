import { conflict, invalid } from '../errors'
import { equals } from '../money'
import type { Money } from '../money'
import type { Quote } from './quote'

/** Throws CONFLICT when the price is another one than the buyer was shown: nobody pays what they have not seen. */
export function assertShown(priced: Pick<Quote, 'money'>, shown: Money | undefined): void {
  if (shown !== undefined && !equals(priced.money, shown)) throw conflict('errors.plan.priceChanged')
}

/** Throws INVALID when a coupon has been used as often as it may be. */
export function assertUsesLeft(coupon: { readonly maxUses: number | null }, used: number): void {
  if (coupon.maxUses !== null && used >= coupon.maxUses) throw invalid('couponCode', 'errors.coupon.usedUp')
}
