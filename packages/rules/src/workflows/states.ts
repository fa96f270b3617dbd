/** States that a workflow may leave out, because nothing but its own steps leads there. The others are where the product itself puts a case. */
export const optionalStates = {
  claims: ['verification', 'evaluation', 'negotiation', 'court'],
  memberships: [],
} as const satisfies Readonly<Record<'claims' | 'memberships', readonly string[]>>
