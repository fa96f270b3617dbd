import { ApiError } from '@paddle/paddle-node-sdk';
import { DomainError, isDomainError, notFound } from '@interdomestik/rules';

/** The call did not finish in its time. Whether the provider carried it out is unknown. */
export class CallTimedOut extends Error {
  override readonly name = 'CallTimedOut';
}

export type Failure = {
  /** `refused`: understood and denied. `notSent`: surely not carried out. `unclear`: perhaps carried out. */
  readonly kind: 'refused' | 'notSent' | 'unclear';
  /** Seconds that the provider asked us to wait. */
  readonly retryAfterSeconds: number | null;
  readonly error: DomainError;
};

const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);
const ourOwnFault = new Set(['forbidden', 'authentication_missing', 'authentication_malformed', 'invalid_token']);
const missing = new Set(['not_found', 'entity_not_found']);

function unavailableBecause(cause: unknown): DomainError {
  return new DomainError('UNAVAILABLE', 'errors.payment.providerUnavailable', { cause });
}

function connectCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !(error.cause instanceof Error)) return undefined;
  const { cause } = error;
  if (cause instanceof AggregateError) return connectCode(new Error('connect', { cause: cause.errors[0] }));
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}

function classifyAnswer(error: ApiError): Failure {
  if (error.code === 'too_many_requests') {
    return { kind: 'notSent', retryAfterSeconds: error.retryAfter, error: unavailableBecause(error) };
  }
  if (error.type !== 'request_error') return { kind: 'unclear', retryAfterSeconds: error.retryAfter, error: unavailableBecause(error) };
  if (ourOwnFault.has(error.code)) return { kind: 'refused', retryAfterSeconds: null, error: unavailableBecause(error) };
  if (missing.has(error.code)) return { kind: 'refused', retryAfterSeconds: null, error: notFound() };
  return {
    kind: 'refused',
    retryAfterSeconds: null,
    error: new DomainError('CONFLICT', 'errors.payment.providerRefused', { params: { code: error.code }, cause: error }),
  };
}

/** Says what an error of the SDK means for a retry and for our caller. Answers that are no JSON (a gateway's page) are unclear. */
export function classify(error: unknown): Failure {
  if (isDomainError(error)) return { kind: 'refused', retryAfterSeconds: null, error };
  if (error instanceof ApiError) return classifyAnswer(error);
  const code = connectCode(error);
  const kind = code !== undefined && neverConnected.has(code) ? 'notSent' : 'unclear';
  return { kind, retryAfterSeconds: null, error: unavailableBecause(error) };
}
