import * as z from 'zod'
import { localeSchema } from '../locales'
import { emailSchema, nameSchema, textSchema } from '../people'
import { storedDateSchema } from '../periods'
import { idempotencyKeySchema } from '../users/inputs'

/** `preparing`: being set up, closed to everybody. */
export const tenantStatuses = ['preparing', 'active', 'suspended'] as const
export type TenantStatus = (typeof tenantStatuses)[number]

/** A tenant as the console names it. Only the console's inputs may. */
export const tenantIdSchema = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/u, { error: 'errors.choice' })

/** Why something out of the ordinary is done; it stands in the tenant's audit trail. */
export const reasonSchema = textSchema({ min: 10, max: 500 })

/** A super admin enters one tenant. */
export const enterTenantInput = z.object({ tenantId: tenantIdSchema, reason: reasonSchema })

/** A stay goes on for another hour, for a reason of its own. */
export const extendEntryInput = z.object({ reason: reasonSchema })

/** A tenant is closed to everybody, or opened again. */
export const tenantStatusInput = z.object({ tenantId: tenantIdSchema, reason: reasonSchema })

/** A country pack: one that the product brings, by the tenant's id or host label, or the text of a file. */
export const packSourceSchema = z
  .object({ builtIn: z.string().max(40).optional(), text: z.string().max(600_000, { error: 'errors.pack.tooLarge' }).optional() })
  .refine(({ builtIn, text }) => (builtIn === undefined) !== (text === undefined), { error: 'errors.pack.choose', path: ['text'] })

export const checkPackInput = z.object({ pack: packSourceSchema })

/** A tenant is made from a country pack; `key` is made once per intended tenant. */
export const createTenantInput = z.object({
  key: idempotencyKeySchema,
  pack: packSourceSchema,
  /** Gets the invitation to the staff portal. */
  admin: z.object({ firstName: nameSchema, lastName: nameSchema, email: emailSchema, locale: localeSchema }),
})

/** What a tenant is made of, in the order in which it is made. */
export const creationSteps = ['tenant', 'rules', 'branches', 'accounts', 'admin', 'open'] as const
export type CreationStep = (typeof creationSteps)[number]

export const tenantInput = z.object({ tenantId: tenantIdSchema })

/** Which stays to list; the days are those of each tenant's own calendar, both included. */
export const entriesFilter = z.object({ tenantId: tenantIdSchema.optional(), personId: z.uuid().optional(), from: storedDateSchema.optional(), until: storedDateSchema.optional() })

export const entryInput = z.object({ tenantId: tenantIdSchema, entryId: z.uuid() })
