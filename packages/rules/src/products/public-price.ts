import type { ProductsRule, ResolvedRule } from '../rule-sets'

const everybodyKnows: ReadonlySet<string> = new Set(['plan', 'channel', 'month'])

/** Whether a condition judges nothing of the buyer. A condition of null judges nothing at all. */
function isForEverybody(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return true
  return Object.entries(part).every(([operator, inner]: [string, unknown]) => {
    if (operator !== 'var') return isForEverybody(inner)
    const name: unknown = Array.isArray(inner) ? inner[0] : inner
    return typeof name === 'string' && everybodyKnows.has(name)
  })
}

const known = new WeakMap<ProductsRule, ResolvedRule<'products'>>()

/** The products with those discounts and instalments only that anybody gets: what a page may promise to a visitor whom it does not know. Made once for each version. */
export function forEverybody(rule: ResolvedRule<'products'>): ResolvedRule<'products'> {
  const before = known.get(rule.value)
  if (before !== undefined) return before
  const ofAnybody = <T extends { readonly when: unknown }>(entries: readonly T[]): T[] => entries.filter(({ when }) => isForEverybody(when))
  const made = { ...rule, value: { ...rule.value, discounts: ofAnybody(rule.value.discounts), instalments: ofAnybody(rule.value.instalments) } }
  known.set(rule.value, made)
  return made
}
