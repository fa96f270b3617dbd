import type { Addon, Discount, Instalments, PaymentRoute, Plan, ProductsRule, Reduction, RuleDocs } from '../rule-sets'
import { at, repeated, unknownIn } from './fault'
import type { Beside, Faults, RuleIssue } from './fault'

type Priced = readonly { readonly currency: string }[]
type Foreign = (field: string, listed: Priced) => RuleIssue[]

const products = at('products')
const foreignTo = (kind: Parameters<typeof at>[0], { currencies }: Beside): Foreign => (field, listed) =>
  listed.flatMap(({ currency }, index) => (currencies.includes(currency) ? [] : [at(kind)(`${field}.${String(index)}.currency`, 'errors.pack.currency', { currency })]))

/** Currencies that a sale on one of these channels is charged in: each way of paying takes its preferred one. */
function chargedOn(routes: readonly PaymentRoute[], channels: readonly string[]): string[] {
  const taking = routes.filter((route) => route.active && route.channels.some((channel) => channels.includes(channel)))
  return [...new Set(taking.flatMap(({ currencies: [first] }) => (first === undefined ? [] : [first])))]
}

/** A price is missing in a currency that is charged; also of nothing, so that joining for nothing works in each. */
function missingPrices(field: string, prices: Priced, charged: readonly string[]): RuleIssue[] {
  return charged.filter((currency) => !prices.some((price) => price.currency === currency)).map((currency) => products(field, 'errors.pack.noPrice', { currency }))
}

const costs = (prices: readonly { readonly minor: bigint }[]): boolean => prices.some(({ minor }) => minor > 0n)

function planFaults(plan: Plan, field: string, foreign: Foreign, routes: readonly PaymentRoute[]): RuleIssue[] {
  const { prices, channels, family, peopleLimit, successFee } = plan
  const untaken = costs(prices) ? channels.filter((channel) => !routes.some((route) => route.active && route.channels.includes(channel))) : []
  return [
    ...foreign(`${field}.prices`, prices),
    ...foreign(`${field}.successFee.minimums`, successFee?.minimums ?? []),
    ...(prices.length === 0 ? [] : missingPrices(`${field}.prices`, prices, chargedOn(routes, channels))),
    ...untaken.map((channel) => products(`${field}.channels`, 'errors.rule.noWayToPay', { channel })),
    ...repeated(channels).map((index) => products(`${field}.channels.${String(index)}`, 'errors.rule.codeTwice')),
    ...(family === null ? [] : [
      ...(peopleLimit === null || family.includedPeople >= peopleLimit ? [products(`${field}.family.includedPeople`, 'errors.rule.family')] : []),
      ...foreign(`${field}.family.perExtraPerson`, family.perExtraPerson),
      ...missingPrices(`${field}.family.perExtraPerson`, family.perExtraPerson, prices.map(({ currency }) => currency)),
    ]),
  ]
}

function unknownPlans(field: string, named: readonly string[], plans: readonly Plan[]): RuleIssue[] {
  return named.flatMap((code, index) => (plans.some((plan) => plan.code === code) ? [] : [products(`${field}.${String(index)}`, 'errors.rule.unknownPlan', { plan: code })]))
}

function addonFaults(addon: Addon, field: string, foreign: Foreign, { plans }: ProductsRule, routes: readonly PaymentRoute[]): RuleIssue[] {
  return [
    ...(plans.some(({ code }) => code === addon.code) ? [products(`${field}.code`, 'errors.rule.codeTwice')] : []),
    ...unknownPlans(`${field}.plans`, addon.plans, plans),
    ...foreign(`${field}.prices`, addon.prices),
    ...missingPrices(`${field}.prices`, addon.prices, chargedOn(routes, addon.channels)),
  ]
}

const amountsOf = (reduction: Reduction | null): Priced => (reduction?.kind === 'amount' ? reduction.amounts : [])

function reductionFaults(entry: { readonly plans: readonly string[]; readonly reduction: Reduction; readonly when: Discount['when'] }, field: string, foreign: Foreign, rule: ProductsRule, beside: Beside): RuleIssue[] {
  return [
    ...unknownPlans(`${field}.plans`, entry.plans, rule.plans),
    ...foreign(`${field}.reduction.amounts`, amountsOf(entry.reduction)),
    ...unknownIn('products', `${field}.when`, entry.when, { plan: rule.plans.map(({ code }) => code), branch: beside.branches.map(({ code }) => code) }),
  ]
}

function instalmentsFaults(entry: Instalments, field: string, rule: ProductsRule, beside: Beside): RuleIssue[] {
  const { plans, channels, parts, everyMonths, when } = entry
  const lastAfter = (parts - 1) * everyMonths
  const named = plans.flatMap((code) => rule.plans.find((plan) => plan.code === code) ?? [])
  return [
    ...unknownPlans(`${field}.plans`, plans, rule.plans),
    ...repeated(plans).map((index) => products(`${field}.plans.${String(index)}`, 'errors.rule.codeTwice')),
    ...repeated(channels).map((index) => products(`${field}.channels.${String(index)}`, 'errors.rule.codeTwice')),
    ...named.filter(({ periodMonths }) => lastAfter >= periodMonths).map(({ code, periodMonths }) => products(`${field}.everyMonths`, 'errors.instalments.pastPeriod', { plan: code, months: periodMonths })),
    ...named.filter(({ prices }) => !costs(prices)).map(({ code }) => products(`${field}.plans.${String(plans.indexOf(code))}`, 'errors.instalments.nothingToPay', { plan: code })),
    ...unknownIn('products', `${field}.when`, when, { plan: rule.plans.map(({ code }) => code), branch: beside.branches.map(({ code }) => code) }),
  ]
}

/** Whether the first takes off at least as much as the second from every price; false also where nobody can say. */
function atLeast(a: Reduction, b: Reduction): boolean {
  if (a.kind === 'percent' && b.kind === 'percent') return a.percentBp >= b.percentBp
  if (a.kind === 'amount' && b.kind === 'amount') return b.amounts.every((amount) => a.amounts.some((other) => other.currency === amount.currency && other.minor >= amount.minor))
  return false
}

/** Whether wherever and whenever the second discount holds, the first does as well. */
function covers(a: Discount, b: Discount): boolean {
  const plans = a.plans.length === 0 || (b.plans.length > 0 && b.plans.every((code) => a.plans.includes(code)))
  const from = a.from === null || (b.from !== null && b.from >= a.from)
  const until = a.until === null || (b.until !== null && b.until <= a.until)
  return plans && from && until && (a.when === null || JSON.stringify(a.when) === JSON.stringify(b.when))
}

/** Of discounts that may not be combined the better counts, so one that another always covers would never count. */
function overlapping(discounts: readonly Discount[]): RuleIssue[] {
  return discounts.flatMap((discount, index) => {
    if (discount.combines) return []
    const over = discounts.find((other, place) => place !== index && !other.combines && covers(other, discount) && atLeast(other.reduction, discount.reduction) && (place < index || !(covers(discount, other) && atLeast(discount.reduction, other.reduction))))
    return over === undefined ? [] : [products(`discounts.${String(index)}`, 'errors.rule.neverCounts', { code: over.code })]
  })
}

/** Amounts stand in currencies in use, everything that is sold can be paid for where it is sold, and what is named exists. */
export const sales: Faults = ({ products: rule, limits, commissions, payments }: RuleDocs, beside) => {
  const foreign = foreignTo('products', beside)
  const cash = payments.routes.find(({ method, active }) => method === 'cash' && active)?.currencies[0]
  return [
    ...rule.plans.flatMap((plan, index) => planFaults(plan, `plans.${String(index)}`, foreign, payments.routes)),
    ...rule.addons.flatMap((addon, index) => addonFaults(addon, `addons.${String(index)}`, foreign, rule, payments.routes)),
    ...rule.discounts.flatMap((discount, index) => reductionFaults(discount, `discounts.${String(index)}`, foreign, rule, beside)),
    ...overlapping(rule.discounts),
    ...rule.instalments.flatMap((entry, index) => instalmentsFaults(entry, `instalments.${String(index)}`, rule, beside)),
    ...rule.coupons.flatMap((coupon, index) => reductionFaults(coupon, `coupons.${String(index)}`, foreign, rule, beside)),
    ...foreign('referral.friend.amounts', amountsOf(rule.referral.friend)),
    ...foreign('proration.minimumCharge', rule.proration.minimumCharge),
    ...foreignTo('limits', beside)('cashPerPayment', limits.cashPerPayment),
    ...foreignTo('limits', beside)('cashInHand', limits.cashInHand),
    ...foreignTo('commissions', beside)('minimumPayout', commissions.minimumPayout),
    ...commissions.businessPlans.flatMap((code, index) => (rule.plans.some((plan) => plan.code === code) ? [] : [at('commissions')(`businessPlans.${String(index)}`, 'errors.rule.unknownPlan', { plan: code })])),
    ...payments.routes.flatMap((route, index) => foreignTo('payments', beside)(`routes.${String(index)}.currencies`, route.currencies.map((currency) => ({ currency })))),
    ...(payments.routes.some(({ active }) => active) ? [] : [at('payments')('routes', 'errors.rule.noRoute')]),
    ...(cash !== undefined && !limits.cashPerPayment.some(({ currency }) => currency === cash) ? [at('limits')('cashPerPayment', 'errors.pack.noPrice', { currency: cash })] : []),
  ]
}

/** Categories are named once, those that are asked for exist, and what is sold without VAT has the text that says why. */
export const taxes: Faults = ({ tax }) => {
  const free = (['membershipCategory', 'successFeeCategory'] as const).filter((which) => tax.rates.find(({ category }) => category === tax[which])?.rateBp === 0)
  return [
    ...repeated(tax.rates.map(({ category }) => category)).map((index) => at('tax')(`rates.${String(index)}.category`, 'errors.rule.codeTwice')),
    ...(tax.exemptTextKey === null ? free.map((which) => at('tax')('exemptTextKey', 'errors.tax.exemptText', { category: tax[which] })) : []),
  ]
}
