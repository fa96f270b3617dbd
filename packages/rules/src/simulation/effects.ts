import type { Currency } from '../money'
import type { ClaimComparison } from './claims'
import type { FeeComparison } from './fees'
import type { ClaimsEffect, FeesEffect, SalesEffect } from './figures'
import type { SaleComparison, SalePrice } from './sales'

/** The same shape with room to add up in. */
type Growing<T> = T extends object ? { -readonly [K in keyof T]: Growing<T[K]> } : T

const none = () => ({ count: 0, minor: 0n })
const noMoney = () => ({ gross: 0n, net: 0n, vat: 0n })

function put(shared: { count: number; minor: bigint }, minor: bigint): void {
  shared.count += 1
  shared.minor += minor
}

function putPrice(sides: { gross: bigint; net: bigint; vat: bigint }, { gross, net, vat }: SalePrice): void {
  sides.gross += gross
  sides.net += net
  sides.vat += vat
}

/** Effects of one group of sales: the whole, one branch, one plan. */
export class SalesSum {
  readonly #byCurrency = new Map<Currency, Growing<SalesEffect>>()

  add({ currency, verdict, before, after }: SaleComparison, billedMinor: bigint): void {
    if (verdict === 'uncompared') return
    const effect = this.#of(currency)
    if (before === null || after === null) {
      put(before === null ? effect.sellable : effect.unsellable, (before ?? after)?.gross ?? 0n)
      return
    }
    effect.compared += 1
    effect.billed += billedMinor
    putPrice(effect.before, before)
    putPrice(effect.after, after)
    if (verdict === 'more') put(effect.more, after.gross - before.gross)
    else if (verdict === 'less') put(effect.less, before.gross - after.gross)
    else effect.same += 1
    if (after.vat > before.vat) put(effect.vatMore, after.vat - before.vat)
    else if (after.vat < before.vat) put(effect.vatLess, before.vat - after.vat)
  }

  effects(): SalesEffect[] {
    return [...this.#byCurrency.values()].toSorted((a, b) => b.compared - a.compared || (a.currency < b.currency ? -1 : 1))
  }

  #of(currency: Currency): Growing<SalesEffect> {
    const effect = this.#byCurrency.get(currency) ?? {
      currency, compared: 0, before: noMoney(), after: noMoney(), billed: 0n, same: 0, more: none(), less: none(), unsellable: none(), sellable: none(), vatMore: none(), vatLess: none(),
    }
    this.#byCurrency.set(currency, effect)
    return effect
  }
}

/** Effects on the success fees of a group of claims. */
export class FeesSum {
  readonly #byCurrency = new Map<Currency, Growing<FeesEffect>>()

  add({ currency, verdict, before, after }: FeeComparison, billedMinor: bigint): void {
    if (before === null || after === null) return
    const effect = this.#byCurrency.get(currency) ?? { currency, compared: 0, before: 0n, after: 0n, billed: 0n, same: 0, more: none(), less: none() }
    this.#byCurrency.set(currency, effect)
    effect.compared += 1
    effect.before += before.fee
    effect.after += after.fee
    effect.billed += billedMinor
    if (verdict === 'more') put(effect.more, after.fee - before.fee)
    else if (verdict === 'less') put(effect.less, before.fee - after.fee)
    else effect.same += 1
  }

  effects(): FeesEffect[] {
    return [...this.#byCurrency.values()].toSorted((a, b) => b.compared - a.compared || (a.currency < b.currency ? -1 : 1))
  }
}

/** Effects on the way of a group of claims. */
export class ClaimsSum {
  readonly effect: Growing<ClaimsEffect> = { compared: 0, route: 0, documents: 0, blocked: 0, dueSooner: 0, dueLater: 0, lateBefore: 0, lateAfter: 0 }

  add({ before, after, routeChanged, documentsChanged, dueShift, blocked }: ClaimComparison): void {
    const { effect } = this
    effect.compared += 1
    if (routeChanged) effect.route += 1
    if (documentsChanged) effect.documents += 1
    if (blocked.length > 0) effect.blocked += 1
    if (dueShift < 0) effect.dueSooner += 1
    if (dueShift > 0) effect.dueLater += 1
    if (before.late) effect.lateBefore += 1
    if (after.late) effect.lateAfter += 1
  }
}
