import * as z from 'zod'
import { localeSchema } from '../locales'
import { emailSchema, passwordSchema } from '../people'

/** A secret from a mailed link. */
export const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{20,200}$/u, { error: 'errors.link' })

/** A key made by the client once per intended effect; a repeat with the same key has no second effect. */
export const idempotencyKeySchema = z.uuid()

/** The password of a sign-in is never judged, only bounded: rules may have changed since it was set. */
export const signInInput = z.object({ email: emailSchema, password: z.string().min(1).max(256, { error: 'errors.signIn.failed' }) })

export const passwordResetRequestInput = z.object({ email: emailSchema })

export const passwordResetInput = z.object({ token: tokenSchema, password: passwordSchema })

export const passwordChangeInput = z.object({ current: z.string().min(1).max(256), password: passwordSchema })

export const verifyEmailInput = z.object({ token: tokenSchema })

/** The address is changed when the link that goes to it is opened. */
export const emailChangeInput = z.object({ email: emailSchema })

export const localeInput = z.object({ locale: localeSchema })
