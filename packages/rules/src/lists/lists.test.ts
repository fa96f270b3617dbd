import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { decodeCursor, encodeCursor, listInput, listInputOf } from '.'

const cursor = { sort: '-createdAt', values: ['2026-01-01T00:00:00Z', null, 3, 'Ќосев ë'], id: '0190a5b0-1111-7222-8333-444455556666' }

describe('cursors', () => {
  it('come back as they went', () => {
    expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor)
    fc.assert(fc.property(fc.array(fc.oneof(fc.string({ maxLength: 30, unit: 'grapheme' }), fc.integer(), fc.constant(null)), { maxLength: 4 }), (values) => {
      const made = { ...cursor, values }
      expect(encodeCursor(made)).toMatch(/^[\w-]+$/u)
      expect(decodeCursor(encodeCursor(made))).toEqual(made)
    }))
  })

  const encode = (value: unknown) => btoa(JSON.stringify(value)).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_')
  it.each([
    '', 'x', '!!!!', '====', 'bnVsbA', '\u0000', 'a'.repeat(5000), encode(null), encode([]), encode({ ...cursor, values: [], tenantId: 'x' }),
    encode({ sort: 'a; drop table x', values: [], id: 'x' }), encode({ sort: 'a', values: [{}], id: 'x' }), encode({ sort: 'a', values: [1, 2, 3, 4, 5], id: 'x' }),
  ])('S-16 garbage %j is INVALID', (text) => {
    expect(() => decodeCursor(text)).toThrow(expect.objectContaining({ code: 'INVALID', messageKey: 'errors.cursor' }))
    expect(listInput.safeParse({ cursor: text }).success).toBe(false)
  })
})

describe('listInput', () => {
  it('has calm defaults', () => {
    expect(listInput.parse({})).toEqual({ limit: 25, filters: {} })
  })

  it.each([
    [{ limit: 1e9 }], [{ limit: 0 }], [{ limit: 101 }], [{ limit: 2.5 }], [{ limit: '25' }], [{ search: 'x'.repeat(500) }], [{ sort: 'a b' }],
    [{ filters: { a: {} } }], [{ filters: { a: Array.from({ length: 51 }, () => 'x') } }],
  ])('S-16 refuses %j', (input) => {
    expect(listInput.safeParse(input).success).toBe(false)
  })

  it('knows its own columns and filters', () => {
    const members = listInputOf(['createdAt', 'lastName'], { status: z.enum(['active', 'lapsed']) })
    expect(members.parse({ sort: '-lastName', filters: { status: 'active', tenantId: 'x' } })).toEqual({ limit: 25, sort: '-lastName', filters: { status: 'active' } })
    expect(members.safeParse({ sort: 'passwordHash' }).success).toBe(false)
    expect(members.parse({ filters: {} }).filters).toEqual({})
  })
})
