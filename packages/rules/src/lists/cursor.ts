import * as z from 'zod'
import { DomainError } from '../errors'

/** The sort values and id of the last row of a page; the next page starts after it. */
export const cursorSchema = z.strictObject({
  sort: z.string().regex(/^-?[a-zA-Z][a-zA-Z0-9]{0,39}$/u),
  values: z.array(z.union([z.string().max(200), z.number(), z.null()])).max(4),
  id: z.string().min(1).max(64),
})
export type Cursor = z.output<typeof cursorSchema>

const maxLength = 1500

function refuse(): DomainError {
  return new DomainError('INVALID', 'errors.cursor', { field: 'cursor' })
}

/** An opaque text for the client. It holds no secret and grants nothing: the query is scoped whatever it says. */
export function encodeCursor(cursor: Cursor): string {
  const bytes = new TextEncoder().encode(JSON.stringify(cursor))
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Reads a cursor back. Anything else than what `encodeCursor` made throws INVALID `errors.cursor`. */
export function decodeCursor(text: string): Cursor {
  if (text.length > maxLength || !/^[A-Za-z0-9_-]+$/u.test(text)) throw refuse()
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return cursorSchema.parse(json)
  } catch {
    throw refuse()
  }
}
