import * as z from 'zod'
import { textSchema } from '../people'

/** `preparing`: being set up, closed to everybody. */
export const tenantStatuses = ['preparing', 'active', 'suspended'] as const
export type TenantStatus = (typeof tenantStatuses)[number]

/** A super admin enters one tenant. The only input of the product that names a tenant. */
export const enterTenantInput = z.object({
  tenantId: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/u, { error: 'errors.choice' }),
  reason: textSchema({ min: 10, max: 500 }),
})
