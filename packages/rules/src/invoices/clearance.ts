import * as z from 'zod'

/** Services of tax authorities that clear invoices; which of them a tenant's documents go to is its invoicing rule. */
export const clearanceServices = ['efaktura'] as const
export type ClearanceService = (typeof clearanceServices)[number]

/** How far a document has come: it waits to be sent, the service has it, or the service has decided. */
export const clearanceStates = ['waiting', 'submitted', 'cleared', 'rejected'] as const
export type ClearanceState = (typeof clearanceStates)[number]

/** Why the last try came to nothing while a document still waits. */
export const clearanceProblems = ['unavailable', 'access'] as const
export type ClearanceProblem = (typeof clearanceProblems)[number]

/** The key by which a service knows the tenant. It goes in and never comes out again. */
export const setClearanceAccessInput = z.object({
  service: z.enum(clearanceServices),
  key: z.string().trim().min(8, { error: 'errors.tooShort' }).max(200, { error: 'errors.tooLong' }).regex(/^[\x21-\x7e]+$/u, { error: 'errors.clearance.key' }),
})
