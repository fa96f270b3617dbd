import { claimCategories } from '../claims/categories'
import { saleChannels } from '../products/channels'

/** What a fact is, so that a builder offers the right comparisons and a wrong one is refused. Amounts are minor units of `currency`. */
export type FactType = 'text' | 'number' | 'money' | 'flag' | 'choice'

export type FactSpec = {
  readonly type: FactType
  /** The values of a choice that are the same for every tenant; null where the tenant's own rules or rows name them (plans, branches). */
  readonly choices?: readonly string[] | null
}

const choice = (choices: readonly string[] | null): FactSpec => ({ type: 'choice', choices })

/** The facts that a condition may name, by what it judges. A fact that is not known at that moment is null and satisfies no comparison but `== null`. */
export const conditionFacts = {
  /** One sale: a member who joins, an agent who enrols, a renewal. */
  sale: {
    plan: choice(null),
    channel: choice(saleChannels),
    /** Branch code that the member will belong to. */
    branch: choice(null),
    /** Covered people, the member included. */
    people: { type: 'number' },
    /** Full years on the first day of the membership. */
    age: { type: 'number' },
    city: { type: 'text' },
    /** 1 to 12, of the first day. */
    month: { type: 'number' },
    /** The member had a membership before. */
    returning: { type: 'flag' },
    /** Came with a referral code. */
    referred: { type: 'flag' },
  },
  /** One claim as it stands. */
  claim: {
    category: choice(claimCategories),
    plan: choice(null),
    branch: choice(null),
    currency: choice(null),
    claimed: { type: 'money' },
    recovered: { type: 'money' },
    /** Days from the incident to the day it was handed in. */
    incidentAge: { type: 'number' },
    /** Days from the first day of the membership to the incident. */
    memberDays: { type: 'number' },
    packComplete: { type: 'flag' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, FactSpec>>>>

export type ConditionContext = keyof typeof conditionFacts
export type FactName<C extends ConditionContext> = keyof (typeof conditionFacts)[C] & string
export type Facts<C extends ConditionContext> = { readonly [F in FactName<C>]: string | number | boolean | null }

export function factsOf(context: ConditionContext): Readonly<Record<string, FactSpec>> {
  return conditionFacts[context]
}

/** Facts as they lie in a stored receipt; one that it does not name, or names otherwise than as a plain value, is not known. */
export function readFacts<C extends ConditionContext>(context: C, stored: unknown): Facts<C> {
  const from: Readonly<Record<string, unknown>> = typeof stored === 'object' && stored !== null ? (stored as Readonly<Record<string, unknown>>) : {}
  const known = (name: string): string | number | boolean | null => {
    const value = Object.hasOwn(from, name) ? from[name] : null
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  }
  return Object.fromEntries(Object.keys(factsOf(context)).map((name) => [name, known(name)])) as Facts<C>
}
