import type { Money } from '@interdomestik/rules'
import { legalFormats } from './formats'
import type { Locale } from './locales'
import { translator } from './translator'

/** A plan as it is offered, in one language. */
export type OfferedPlan = {
  readonly title: string
  readonly tagline: string
  readonly benefits: readonly string[]
  readonly covers: string
  /** VAT included; null when it is agreed individually. */
  readonly price: Money | null
  readonly periodMonths: number
  readonly mattersPerYear: number | null
  readonly successFee: { readonly percentBp: number; readonly minimum: Money | null } | null
}

/** The texts of a plan's card, in the order in which it shows them. */
export type SaidPlan = {
  readonly title: string
  readonly tagline: string
  readonly price: string
  /** Period and tax beside an amount; null where the price is a word. */
  readonly priceNote: string | null
  readonly covers: string
  readonly benefits: readonly string[]
  readonly fee: string | null
}

/** What the card of a plan says to a visitor, wherever it is shown: on the site, and to those who change it. */
export function sayPlan(plan: OfferedPlan, locale: Locale): SaidPlan {
  const t = translator(locale)
  const { price, successFee, mattersPerYear, periodMonths } = plan
  const period = periodMonths === 12 ? t('common.units.perYear') : periodMonths === 1 ? t('common.units.perMonth') : t('common.units.month', { count: periodMonths })
  const matters = mattersPerYear !== null && mattersPerYear > 0 ? ` · ${t('member.plans.mattersPerYear', { count: mattersPerYear })}` : ''
  const percent = successFee === null ? '' : legalFormats.percent(successFee.percentBp, locale)
  return {
    title: plan.title,
    tagline: plan.tagline,
    price: price === null ? t('member.plans.quoted') : price.minor === 0n ? t('member.plans.free') : legalFormats.money(price, locale),
    priceNote: price === null || price.minor === 0n ? null : `${period}, ${t('common.units.taxIncluded')}`,
    covers: `${plan.covers}${matters}`,
    benefits: plan.benefits,
    fee: successFee === null ? null : successFee.minimum === null ? t('member.plans.fee', { percent }) : t('member.plans.feeWithMinimum', { percent, minimum: legalFormats.money(successFee.minimum, locale) }),
  }
}
