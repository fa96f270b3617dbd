import * as z from 'zod'
import { textSchema } from '../people'

// a key pasted with a line end or a blank is the same key; anything else in it is a mistake that the provider would answer much later
const pasted = (min: number) => z.string().trim().min(min).max(300).regex(/^[\x21-\x7e]+$/u, { error: 'errors.payment.keyLetters' })

export const apiKeySchema = pasted(20)
export const webhookSecretSchema = pasted(16)
/** The provider's public token for the browser; the empty text is none. */
export const clientTokenSchema = z.union([
  z.literal('').transform(() => null),
  z.string().trim().regex(/^(?:test|live)_[A-Za-z0-9]{1,100}$/u, { error: 'errors.payment.clientToken' }),
])

/** Where a provider's account is worked with; one on the developer's own machine is made by the launcher alone. */
export const newAccountEnvironments = ['sandbox', 'production'] as const

/** Live webhook secrets of one account: the new and the old one while they are exchanged, and room for a mistake. */
export const maxWebhookSecrets = 5

/**
 * A provider's account as a tenant admin brings it in. The fields are not called what they are elsewhere, so that a refusal, which names its field, carries no
 * name that stands for a secret.
 * Its code stands in the address that the provider reports to, and never changes; nor does its environment.
 */
export const createPaymentAccountInput = z.object({
  slug: z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9-]{1,29}$/u, { error: 'errors.code' }),
  name: textSchema({ min: 2, max: 80 }),
  environment: z.enum(newAccountEnvironments),
  key: apiKeySchema,
  clientToken: clientTokenSchema,
  signingKey: webhookSecretSchema,
})

/** `key`: a new one; left out or empty, the old one stays. */
export const updatePaymentAccountInput = z.object({
  id: z.uuid(),
  name: textSchema({ min: 2, max: 80 }),
  clientToken: clientTokenSchema,
  key: z.union([z.literal('').transform(() => undefined), apiKeySchema]).optional(),
})

export const addWebhookSecretInput = z.object({ id: z.uuid(), signingKey: webhookSecretSchema })

const secretIdSchema = z.string().regex(/^[0-9a-f]{12}$/u)
export const retireWebhookSecretInput = z.object({ id: z.uuid(), secretId: secretIdSchema })
export const tryPaymentAccountInput = z.object({ id: z.uuid(), secretId: secretIdSchema.optional() })
export const switchPaymentAccountInput = z.object({ id: z.uuid(), active: z.boolean() })
