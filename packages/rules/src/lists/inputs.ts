import * as z from 'zod'
import { textSchema } from '../people'
import { zodTry } from '../errors'
import { decodeCursor } from './cursor'

export const defaultPageSize = 25
export const maxPageSize = 100

const cursorTextSchema = z
  .string()
  .max(1500, { error: 'errors.cursor' })
  .transform((text, ctx) =>
    zodTry(ctx, () => {
      decodeCursor(text)
      return text
    }),
  )

const common = {
  cursor: cursorTextSchema.optional(),
  limit: z.int().min(1).max(maxPageSize).default(defaultPageSize),
  search: textSchema({ max: 200 }).optional(),
}

/** A list's input where the noun names no filters of its own. `sort` is a column, `-` in front for descending. */
export const listInput = z.object({
  ...common,
  sort: z.string().regex(/^-?[a-zA-Z][a-zA-Z0-9]{0,39}$/u, { error: 'errors.choice' }).optional(),
  filters: z
    .record(z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/u, { error: 'errors.choice' }), z.union([textSchema({ max: 200 }), z.boolean(), z.array(textSchema({ max: 200 })).max(50)]))
    .default({}),
})
export type ListInput = z.output<typeof listInput>

/** A list's input with its own sortable columns and typed filters (each optional). */
export function listInputOf<S extends string, F extends z.ZodRawShape>(sorts: readonly [S, ...S[]], filters: F) {
  const choices = sorts.flatMap((name) => [name, `-${name}`] as const) as [S | `-${S}`, ...(S | `-${S}`)[]]
  return z.object({ ...common, sort: z.enum(choices).optional(), filters: z.object(filters).partial().optional() })
}

/** One row by its id. */
export const byIdInput = z.object({ id: z.uuid() })
