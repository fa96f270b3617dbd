import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { DomainError, conflict, fieldIssues, forbidden, invalid, isDomainError, notFound, parseOrThrow, rateLimited, zodTry } from '.'

describe('DomainError', () => {
  it.each([
    [notFound(), 'NOT_FOUND', 'errors.notFound'],
    [forbidden(), 'FORBIDDEN', 'errors.forbidden'],
    [conflict('errors.x', { n: 1 }), 'CONFLICT', 'errors.x'],
    [invalid('email', 'errors.email'), 'INVALID', 'errors.email'],
    [rateLimited(15), 'RATE_LIMITED', 'errors.rateLimited'],
  ])('%s carries its code and key', (error, code, key) => {
    expect(error).toMatchObject({ code, messageKey: key })
    expect(isDomainError(error)).toBe(true)
  })

  it('is not any other error', () => {
    expect(isDomainError(new Error('x'))).toBe(false)
    expect(isDomainError(null)).toBe(false)
  })
})

const schema = z.object({
  text: z.string().min(3).max(5),
  filled: z.string().min(1),
  mail: z.email(),
  url: z.url(),
  id: z.uuid(),
  count: z.int().min(2).max(4),
  list: z.array(z.string()).min(1).max(2),
  choice: z.enum(['a', 'b']),
  either: z.union([z.string(), z.number()]),
  step: z.number().multipleOf(5),
  literal: z.literal(true),
  shape: z.strictObject({ a: z.string().optional() }),
  pattern: z.string().regex(/^x$/u),
})

describe('zod messages', () => {
  it.each([
    [{}, 'text', 'errors.required'],
    [{ text: 5 }, 'text', 'errors.type'],
    [{ text: null }, 'text', 'errors.required'],
    [{ text: 'ab' }, 'text', 'errors.tooShort'],
    [{ text: 'abcdef' }, 'text', 'errors.tooLong'],
    [{ filled: '' }, 'filled', 'errors.required'],
    [{ mail: 'x' }, 'mail', 'errors.email'],
    [{ url: 'x' }, 'url', 'errors.url'],
    [{ id: 'x' }, 'id', 'errors.id'],
    [{ count: 1 }, 'count', 'errors.tooSmall'],
    [{ count: 9 }, 'count', 'errors.tooBig'],
    [{ count: 2.5 }, 'count', 'errors.type'],
    [{ list: [] }, 'list', 'errors.tooFew'],
    [{ list: ['', '', ''] }, 'list', 'errors.tooMany'],
    [{ choice: 'c' }, 'choice', 'errors.choice'],
    [{ choice: '' }, 'choice', 'errors.required'],
    [{ either: true }, 'either', 'errors.invalid'],
    [{ step: 3 }, 'step', 'errors.step'],
    [{ literal: false }, 'literal', 'errors.choice'],
    [{ shape: { b: 1 } }, 'shape', 'errors.unknownFields'],
    [{ pattern: 'y' }, 'pattern', 'errors.format'],
  ])('%j gives %s %s', (input, field, key) => {
    const result = schema.partial().required({ text: true }).safeParse({ text: 'abc', ...input, ...('text' in input || Object.keys(input).length === 0 ? { text: undefined, ...input } : {}) })
    expect(result.success).toBe(false)
    const issues = result.success ? [] : fieldIssues(result.error)
    expect(issues.find((issue) => issue.field === field)?.key).toBe(key)
  })

  it('never leaves an English sentence', () => {
    const result = schema.safeParse({ text: 1, list: {}, shape: 3 })
    for (const issue of result.error?.issues ?? []) expect(issue.message).toMatch(/^errors\./u)
  })

  it('gives the figures of a sentence', () => {
    const result = z.object({ text: z.string().min(3) }).safeParse({ text: 'a' })
    expect(result.error && fieldIssues(result.error)).toEqual([{ field: 'text', key: 'errors.tooShort', params: { minimum: 3 } }])
  })

  it('throws the first issue as DomainError', () => {
    expect(() => parseOrThrow(z.object({ a: z.object({ b: z.string() }) }), { a: {} })).toThrow(
      expect.objectContaining({ code: 'INVALID', field: 'a.b', messageKey: 'errors.required' }),
    )
  })

  it('turns a DomainError of a parser into an issue and lets other errors through', () => {
    const refuse = z.string().transform((_, ctx) => zodTry(ctx, () => { throw new DomainError('INVALID', 'errors.date', { params: { n: 2 } }) }))
    const result = refuse.safeParse('x')
    expect(result.error && fieldIssues(result.error)).toEqual([{ field: '', key: 'errors.date', params: { n: 2 } }])
    const broken = z.string().transform((_, ctx) => zodTry(ctx, () => { throw new TypeError('bug') }))
    expect(() => broken.safeParse('x')).toThrow(TypeError)
  })
})
