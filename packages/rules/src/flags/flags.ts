import * as z from 'zod'
import { reasonSchema } from '../tenants'

type Flag = {
  /** What holds while it cannot be known whether somebody has set it: the answer whose mistake is made good again. */
  readonly safe: boolean
  /** What a caller is told while it is off. */
  readonly refusal: string
  /** Whether everybody on the tenant's hosts may know that it is off, because screens say so before people type. */
  readonly told: boolean
}

/**
 * Switches of a tenant, each of which stops one thing while it is off. Every one is on until somebody of the tenant switches it off, so that
 * a tenant without rows works as it did before there were switches. A switch only ever refuses: nothing that decides who may see or do what reads one.
 */
export const featureFlags = {
  /** Visitors who become members by themselves. Desks and agents go on. */
  'join.online': { safe: true, refusal: 'errors.flag.joinOnline', told: true },
  /** Opening checkouts for cards. Payments that were made are still booked. No money moves on a guess: the sale stands and can be paid a minute later. */
  'payments.card': { safe: false, refusal: 'errors.flag.paymentsCard', told: true },
  /** Handing in new claims. Drafts are kept, running claims go on. A day of a time limit may hang on it, so in doubt a claim is taken. */
  'claims.submit': { safe: true, refusal: 'errors.flag.claimsSubmit', told: true },
  /** Mails that leave. They are written as ever, wait in the queue and leave when it is on again; in doubt they wait too. */
  'mails.send': { safe: false, refusal: 'errors.flag.mailsSend', told: false },
} as const satisfies Readonly<Record<string, Flag>>

export type FlagKey = keyof typeof featureFlags

export const flagKeys = Object.keys(featureFlags) as readonly FlagKey[]

export const flagKeySchema = z.enum(flagKeys as [FlagKey, ...FlagKey[]], { error: 'errors.choice' })

export const isFlagKey = (text: string): text is FlagKey => Object.hasOwn(featureFlags, text)

/** Switches something off or on again, for a reason that the next one finds there. */
export const setFlagInput = z.object({ key: flagKeySchema, on: z.boolean(), note: reasonSchema })

export type SetFlagInput = z.output<typeof setFlagInput>
