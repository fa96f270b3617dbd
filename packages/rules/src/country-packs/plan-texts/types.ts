/** Plans whose words a pack carries. */
export type PlanTextCode = 'freeStart' | 'asistenca' | 'family' | 'business' | 'group'

/** The words of one plan in one language. No figures: those come from the rule's own fields. */
export type PlanText = {
  readonly title: string
  readonly summary: string
  readonly covers: string
  readonly benefits: readonly string[]
}
export type PlanTexts = { readonly [C in PlanTextCode]: PlanText }
