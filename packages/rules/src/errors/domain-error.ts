/** What kind of refusal this is; the API maps each to one transport status. */
export const errorCodes = [
  'NOT_FOUND',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'INVALID',
  'CONFLICT',
  'RATE_LIMITED',
  'UNAVAILABLE',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** Values that a translated message may show. Never personal data. */
export type ErrorParams = Readonly<Record<string, string | number>>

export type DomainErrorOptions = {
  readonly params?: ErrorParams | undefined
  /** Dotted path of the input field that the message belongs to. */
  readonly field?: string | undefined
  readonly cause?: unknown
}

/**
 * The only error that a rule or a use-case throws on purpose. `messageKey` is an i18n key
 * (`errors.…`), never a sentence, so that each client says it in its own language.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: ErrorCode
  readonly messageKey: string
  readonly params: ErrorParams
  readonly field: string | undefined

  constructor(code: ErrorCode, messageKey: string, options: DomainErrorOptions = {}) {
    super(`${code} ${messageKey}`, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.messageKey = messageKey
    this.params = options.params ?? {}
    this.field = options.field
  }
}

/** True for a DomainError, also one made by another copy of this package in the same process. */
export function isDomainError(error: unknown): error is DomainError {
  return (
    error instanceof DomainError ||
    (error instanceof Error && error.name === 'DomainError' && 'messageKey' in error && 'code' in error)
  )
}

/** One field of the input is wrong; `key` says why. */
export function invalid(field: string, key: string, params?: ErrorParams): DomainError {
  return new DomainError('INVALID', key, { field, params })
}

/** The row does not exist, or is not the caller's to know about: both look the same. */
export function notFound(): DomainError {
  return new DomainError('NOT_FOUND', 'errors.notFound')
}

/** The caller is known but lacks the permission, and the thing's existence is no secret. */
export function forbidden(): DomainError {
  return new DomainError('FORBIDDEN', 'errors.forbidden')
}

/** Nobody is signed in. */
export function unauthenticated(): DomainError {
  return new DomainError('UNAUTHENTICATED', 'errors.unauthenticated')
}

/** The request contradicts the present state of our own rows. */
export function conflict(key: string, params?: ErrorParams): DomainError {
  return new DomainError('CONFLICT', key, { params })
}

/** Too many attempts; `minutes` until the next one is heard. */
export function rateLimited(minutes: number): DomainError {
  return new DomainError('RATE_LIMITED', 'errors.rateLimited', { params: { minutes } })
}

/** A provider or the database does not answer now. */
export function unavailable(key = 'errors.unavailable'): DomainError {
  return new DomainError('UNAVAILABLE', key)
}
