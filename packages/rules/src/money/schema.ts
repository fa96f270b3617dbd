import * as z from 'zod'
import { zodTry } from '../errors'
import { currencies } from './money'
import type { Money } from './money'
import { parseMoney } from './parse'

export const currencySchema = z.enum(currencies)

/** Minor units as a decimal string, a safe integer or a bigint; always a bigint afterwards. At most 15 digits. */
export const minorUnitsSchema = z
  .union([z.bigint(), z.int(), z.string().regex(/^-?\d{1,15}$/u)], { error: 'errors.money.format' })
  .transform((value) => BigInt(value))
  .refine((value) => value > -1_000_000_000_000_000n && value < 1_000_000_000_000_000n, { error: 'errors.money.tooLarge' })

/** An amount in a JSON document or an answer: `{ "minor": "2000", "currency": "EUR" }`. */
export const moneySchema = z.object({ minor: minorUnitsSchema, currency: currencySchema })

/** As moneySchema, refusing what is below zero. */
export const priceSchema = moneySchema.refine(({ minor }) => minor >= 0n, { error: 'errors.money.negative' })

/** JSON form of an amount. */
export type MoneyJson = { readonly minor: string; readonly currency: Money['currency'] }

export function moneyToJson(amount: Money): MoneyJson {
  return { minor: amount.minor.toString(), currency: amount.currency }
}

/**
 * A money field of a form: either freely typed text with its currency, or what a first parse made of it, so that the
 * browser and the procedure use the same schema. Gives a positive Money.
 */
export const moneyInputSchema = z
  .object({
    currency: currencySchema,
    text: z.string().max(60).optional(),
    minor: minorUnitsSchema.optional(),
  })
  .transform(({ currency, text, minor }, ctx): Money =>
    zodTry(ctx, () => (minor === undefined ? parseMoney(text ?? '', currency) : { minor, currency })),
  )
  .refine(({ minor }) => minor > 0n, { error: 'errors.money.positive' })
