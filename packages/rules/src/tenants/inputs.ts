import * as z from 'zod'
import { textSchema } from '../people'
import { storedDateSchema } from '../periods'

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

/** Which stays to list; the days are those of each tenant's own calendar, both included. */
export const entriesFilter = z.object({ tenantId: tenantIdSchema.optional(), personId: z.uuid().optional(), from: storedDateSchema.optional(), until: storedDateSchema.optional() })

export const entryInput = z.object({ tenantId: tenantIdSchema, entryId: z.uuid() })
