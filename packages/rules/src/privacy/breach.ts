import * as z from 'zod'

/** What a breach may have reached. */
export const breachScopes = ['records', 'claims', 'documents', 'changes', 'exports'] as const
export type BreachScope = (typeof breachScopes)[number]

export const breachInput = z
  .object({
    from: z.date(),
    until: z.date(),
    what: z.array(z.enum(breachScopes)).min(1),
    /** Accounts of people who work here; empty: whoever it was. */
    actorIds: z.array(z.uuid()).max(50),
  })
  .refine(({ from, until }) => from < until, { error: 'errors.period.order', path: ['until'] })
export type BreachInput = z.output<typeof breachInput>
