import * as z from 'zod'

/** Characters of a recovery code's groups: no letter that is read as a digit. */
export const recoveryAlphabet = '23456789abcdefghjkmnpqrstuvwxyz'

const totp = /^\d{6}$/u
const recovery = new RegExp(`^[${recoveryAlphabet}]{16}$`, 'u')

/** Six digits of an authenticator app, or a recovery code; blanks and dashes between the groups do not count. */
export const secondFactorCodeSchema = z
  .string()
  .max(60, { error: 'errors.secondFactor.format' })
  .transform((text) => text.replaceAll(/[\s-]/gu, '').toLowerCase())
  .refine((text) => totp.test(text) || recovery.test(text), { error: 'errors.secondFactor.format' })

export const isRecoveryCode = (code: string): boolean => recovery.test(code)

export const secondFactorCodeInput = z.object({ code: secondFactorCodeSchema })

/** Ends the set-up: what the server gave at its beginning, sealed, and a first code of the new app. */
export const secondFactorConfirmInput = z.object({ ticket: z.string().min(20).max(1000), code: secondFactorCodeSchema })

/** Proves once more who is at the screen, by the password or by a code. */
export const proofInput = z.object({
  password: z.string().min(1).max(256).optional(),
  code: secondFactorCodeSchema.optional(),
}).refine(({ password, code }) => (password === undefined) !== (code === undefined), { error: 'errors.required', path: ['password'] })

/** How long a proof lasts for what needs a fresh one. */
export const proofMinutes = 10

/**
 * The authenticator secret of every demo account, base32. Like the demo password it is known to everybody, and the seed that uses it refuses
 * production; an account that holds it is shown its current code at the sign-in.
 */
export const demoSecondFactorSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
