import * as z from 'zod'
import { zodTry } from '../errors'
import { normaliseEmail } from './email'

/** An e-mail field; gives the normalised address. */
export const emailSchema = z
  .string()
  .max(320, { error: 'errors.email' })
  .transform((text, ctx) => zodTry(ctx, () => normaliseEmail(text)))

/** A field of free text: NFC, no control characters but line breaks, no half characters, trimmed: what Postgres cannot store never reaches it. */
export function textSchema(options: { readonly min?: number; readonly max: number }) {
  return z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\r\n?/gu, '\n').replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '').trim())
    .pipe(z.string().min(options.min ?? 0).max(options.max))
}

/** As textSchema, an empty field being none. */
export function optionalTextSchema(max: number) {
  return textSchema({ max })
    .transform((text) => (text === '' ? undefined : text))
    .optional()
}
