import { addDays, isDateOnly } from '@interdomestik/rules'
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
  /** Before what is taken off for everybody; null when nothing is. */
  readonly fullPrice: Money | null
  readonly reductions: readonly { readonly title: string; readonly until: string | null }[]
  /** People in the price where others cost extra, and what each of them costs. */
  readonly includedPeople: number | null
  readonly perExtraPerson: Money | null
  readonly addons: readonly { readonly title: string; readonly summary: string; readonly price: Money }[]
  readonly periodMonths: number
  /** In how many parts anybody may pay it at the most; null: at once. */
  readonly instalments: { readonly parts: number; readonly first: Money; readonly each: Money } | null
  readonly mattersPerYear: number | null
  readonly successFee: { readonly percentBp: number; readonly minimum: Money | null } | null
}

/** The texts of a plan's card, in the order in which it shows them. */
export type SaidPlan = {
  readonly title: string
  readonly tagline: string
  readonly price: string
  /** Period and tax beside an amount, and in which parts it may be paid; null where the price is a word. */
  readonly priceNote: string | null
  /** The struck price; null when nothing is taken off. */
  readonly fullPrice: string | null
  /** Why it costs less, and until when. */
  readonly reasons: readonly string[]
  readonly covers: string
  readonly benefits: readonly string[]
  readonly fee: string | null
  /** What can be bought beside the plan. */
  readonly extras: readonly { readonly title: string; readonly price: string; readonly summary: string | null }[]
}

/** What is left over of an even split, less than a unit a part, is not worth a word: the greatest part is said. */
function sayParts({ instalments }: OfferedPlan, locale: Locale): string[] {
  if (instalments === null) return []
  const t = translator(locale)
  const { parts, first, each } = instalments
  const even = first.minor >= each.minor && first.minor - each.minor < BigInt(parts)
  const amount = legalFormats.money(even ? first : each, locale)
  return [even ? t('member.plans.orParts', { count: parts, amount }) : t('member.plans.orPartsFirst', { count: parts, first: legalFormats.money(first, locale), amount })]
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
    priceNote: price === null || price.minor === 0n ? null : [`${period}, ${t('common.units.taxIncluded')}`, ...sayParts(plan, locale)].join(', '),
    fullPrice: plan.fullPrice === null ? null : legalFormats.money(plan.fullPrice, locale),
    // people read the last day that counts
    reasons: plan.reductions.map(({ title, until }) => (!isDateOnly(until) ? title : t('member.plans.reductionUntil', { title, until: legalFormats.date(addDays(until, -1)) }))),
    covers: `${plan.covers}${matters}`,
    benefits: plan.benefits,
    fee: successFee === null ? null : successFee.minimum === null ? t('member.plans.fee', { percent }) : t('member.plans.feeWithMinimum', { percent, minimum: legalFormats.money(successFee.minimum, locale) }),
    extras: [
      ...(plan.perExtraPerson === null || plan.includedPeople === null ? [] : [{ title: t('member.plans.extraPerson', { included: plan.includedPeople }), price: legalFormats.money(plan.perExtraPerson, locale), summary: null }]),
      ...plan.addons.map(({ title, summary, price: each }) => ({ title, price: legalFormats.money(each, locale), summary })),
    ],
  }
}
