import type { Locale } from '../../locales'
import type { MoneyJson } from '../../money'
import type { RuleInput } from '../../rule-sets'
import { addonTexts } from '../addon-texts'
import type { AddonTextCode } from '../addon-texts'
import { inFourTitles } from '../instalment-texts'
import { planTextsEn, planTextsMk, planTextsSq, planTextsSr } from '../plan-texts'
import type { PlanText, PlanTextCode } from '../plan-texts'

type Plans = RuleInput<'products'>
type PlanInput = Plans['plans'][number]

const textsOf = { mk: planTextsMk, sq: planTextsSq, sr: planTextsSr, en: planTextsEn } as const

function localised<T>(offered: readonly Locale[], code: PlanTextCode, pick: (text: PlanText) => T): { [L in Locale]?: T } {
  return Object.fromEntries(offered.map((locale) => [locale, pick(textsOf[locale][code])]))
}

/** What each plan costs and the least success fee, per currency of the tenant. */
export type PriceList = {
  readonly free: readonly MoneyJson[]
  readonly asistenca: readonly MoneyJson[]
  readonly family: readonly MoneyJson[]
  readonly business: readonly MoneyJson[]
  readonly minimumFee: readonly MoneyJson[]
  readonly roadside: readonly MoneyJson[]
  readonly extraMatter: readonly MoneyJson[]
}

type AddonInput = NonNullable<Plans['addons']>[number]

/** An add-on with the words of a pack. */
function addon(offered: readonly Locale[], code: string, text: AddonTextCode, facts: Pick<AddonInput, 'plans' | 'prices' | 'extraMatters'>): AddonInput {
  const say = (pick: (words: { readonly title: string; readonly summary: string }) => string) => Object.fromEntries(offered.map((locale) => [locale, pick(addonTexts[locale][text])]))
  return { code, titles: say(({ title }) => title), summaries: say(({ summary }) => summary), channels: ['self_service', 'agent', 'branch'], ...facts }
}

/** The product document of a tenant: the same plans everywhere, each tenant its own prices and languages. */
export function defaultProducts(offered: readonly Locale[], prices: PriceList): Plans {
  const words = (code: PlanTextCode) => ({
    titles: localised(offered, code, ({ title }) => title),
    summaries: localised(offered, code, ({ summary }) => summary),
    benefits: localised(offered, code, ({ benefits }) => [...benefits]),
    covers: localised(offered, code, ({ covers }) => covers),
  })
  const fee = (percentBp: number, capBp: number | null): PlanInput['successFee'] => ({
    percentBp,
    capBp,
    minimums: [...prices.minimumFee],
    limitToRecovery: false,
  })
  const plan = (
    code: string,
    sort: number,
    text: PlanTextCode,
    facts: Pick<PlanInput, 'channels' | 'prices' | 'peopleLimit' | 'mattersPerYear' | 'successFee'>,
  ): PlanInput => ({ code, sort, visible: true, periodMonths: 12, ...words(text), ...facts })
  return {
    plans: [
      plan('asistenca', 10, 'asistenca', {
        channels: ['self_service', 'agent', 'branch'],
        prices: [...prices.asistenca],
        peopleLimit: 1,
        mattersPerYear: 2,
        successFee: fee(1500, 2500),
      }),
      plan('asistenca_family', 20, 'family', {
        channels: ['self_service', 'agent', 'branch'],
        prices: [...prices.family],
        peopleLimit: 5,
        mattersPerYear: 5,
        successFee: fee(1200, 2200),
      }),
      plan('business', 30, 'business', {
        channels: ['agent', 'branch'],
        prices: [...prices.business],
        peopleLimit: null,
        mattersPerYear: 5,
        successFee: fee(1500, null),
      }),
      plan('group', 40, 'group', {
        channels: ['branch'],
        prices: [],
        peopleLimit: null,
        mattersPerYear: null,
        successFee: null,
      }),
      plan('free_start', 50, 'freeStart', {
        channels: ['self_service', 'agent', 'branch'],
        prices: [...prices.free],
        peopleLimit: 1,
        mattersPerYear: 0,
        successFee: null,
      }),
    ],
    addons: [
      addon(offered, 'roadside', 'roadside', { plans: ['asistenca', 'asistenca_family', 'business'], prices: [...prices.roadside], extraMatters: 0 }),
      addon(offered, 'extra_matter', 'extraMatter', { plans: ['asistenca', 'asistenca_family'], prices: [...prices.extraMatter], extraMatters: 1 }),
    ],
    // the dearer plans in four parts over half a year; the work of collecting them costs a little more
    instalments: [{
      code: 'in_four', titles: Object.fromEntries(offered.map((locale) => [locale, inFourTitles[locale]])), plans: ['asistenca_family', 'business'], channels: ['self_service', 'agent', 'branch'],
      parts: 4, everyMonths: 2, surchargeBp: 300,
    }],
    // a member's friend pays a tenth less, and the member is thanked with a month
    referral: { friend: { kind: 'percent', percentBp: 1000 }, memberDays: 30 },
    // a member who is away for some time loses no paid day
    pause: { daysPerYear: 60, leastDays: 7, afterDays: 30, prolongs: true },
    refundWindowDays: 30,
    refunds: { blockedBy: ['negotiation', 'court', 'resolved'], asking: 'branch', partUpToBp: 10_000 },
    graceDays: 14,
    graceReminders: 3,
  }
}
