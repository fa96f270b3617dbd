import * as z from 'zod'
import { DomainError } from './domain-error'
import type { ErrorParams } from './domain-error'

type RawIssue = z.core.$ZodRawIssue

const formatKeys: Readonly<Record<string, string>> = {
  email: 'errors.email',
  url: 'errors.url',
  uuid: 'errors.id',
  guid: 'errors.id',
  date: 'errors.date',
  datetime: 'errors.date',
}

function sizeKey(issue: RawIssue & { code: 'too_small' | 'too_big' }): string {
  const small = issue.code === 'too_small'
  if (issue.origin === 'string') {
    if (small) return Number(issue.minimum) <= 1 ? 'errors.required' : 'errors.tooShort'
    return 'errors.tooLong'
  }
  if (issue.origin === 'array' || issue.origin === 'set' || issue.origin === 'map') {
    return small ? 'errors.tooFew' : 'errors.tooMany'
  }
  return small ? 'errors.tooSmall' : 'errors.tooBig'
}

/** The message key of a zod issue whose schema gave no key of its own. */
export function zodIssueKey(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? 'errors.required' : 'errors.type'
    case 'too_small':
    case 'too_big':
      return sizeKey(issue)
    case 'invalid_format':
      return formatKeys[issue.format] ?? 'errors.format'
    case 'not_multiple_of':
      return 'errors.step'
    case 'unrecognized_keys':
      return 'errors.unknownFields'
    case 'invalid_value':
      return issue.input === undefined || issue.input === null || issue.input === '' ? 'errors.required' : 'errors.choice'
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return 'errors.invalid'
    default:
      return 'errors.invalid'
  }
}

/** Makes every zod message of this process a message key. Runs when the package loads; calling it again is harmless. */
export function configureZodMessages(): void {
  z.config({ customError: (issue) => zodIssueKey(issue) })
}

configureZodMessages()

export type FieldIssue = { readonly field: string; readonly key: string; readonly params: ErrorParams }

function paramsOf(issue: z.core.$ZodIssue): ErrorParams {
  const params: Record<string, string | number> = {}
  if ('minimum' in issue) params['minimum'] = typeof issue.minimum === 'bigint' ? issue.minimum.toString() : Number(issue.minimum)
  if ('maximum' in issue) params['maximum'] = typeof issue.maximum === 'bigint' ? issue.maximum.toString() : Number(issue.maximum)
  if (issue.code === 'custom' && issue.params !== undefined) {
    for (const [name, value] of Object.entries(issue.params)) {
      if (typeof value === 'string' || typeof value === 'number') params[name] = value
    }
  }
  return params
}

/** What a form shows: field path, message key and the numbers that belong into the sentence. */
export function fieldIssues(error: z.core.$ZodError): FieldIssue[] {
  return error.issues.map((issue) => ({
    field: issue.path.map(String).join('.'),
    key: issue.message.startsWith('errors.') ? issue.message : 'errors.invalid',
    params: paramsOf(issue),
  }))
}

/** Parses or throws the first issue as DomainError INVALID with its field. */
export function parseOrThrow<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const first = fieldIssues(result.error)[0]
  throw new DomainError('INVALID', first?.key ?? 'errors.invalid', { field: first?.field, params: first?.params })
}

/** Runs a parser that throws DomainError inside a zod transform and turns the refusal into an issue of the field, or of `path` below it. */
export function zodTry<T>(ctx: z.core.$RefinementCtx, parse: () => T, path: readonly PropertyKey[] = []): T {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    ctx.addIssue({ code: 'custom', message: error.messageKey, params: { ...error.params }, path: [...path] })
    return z.NEVER
  }
}
