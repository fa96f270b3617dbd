import { notFound } from '../errors'
import { parseRule } from '../rule-sets'
import type { RuleDoc, RuleKind } from '../rule-sets'
import { mkPack } from './mk'
import type { CountryPack } from './pack'
import { xkPack } from './xk'

/** Every tenant that the product starts with. */
export const countryPacks: readonly CountryPack[] = [mkPack, xkPack]

/** The pack of a tenant id or host label, or undefined. */
export function findPack(tenantIdOrSlug: string): CountryPack | undefined {
  return countryPacks.find(({ tenant }) => tenant.id === tenantIdOrSlug || tenant.slug === tenantIdOrSlug)
}

/** As findPack; throws NOT_FOUND. */
export function packOf(tenantIdOrSlug: string): CountryPack {
  const pack = findPack(tenantIdOrSlug)
  if (pack === undefined) throw notFound()
  return pack
}

/** One parsed rule document of a pack. */
export function packRule<K extends RuleKind>(pack: CountryPack, kind: K): RuleDoc<K> {
  return parseRule(kind, pack.rules[kind])
}
