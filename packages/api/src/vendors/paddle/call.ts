import { assertNothingWaits } from '@interdomestik/db';
import { DomainError } from '@interdomestik/rules';
import type { CircuitBreaker } from './breaker';
import { CallTimedOut, classify } from './failures';
import type { Failure } from './failures';

export type CallOptions = {
  readonly breaker: CircuitBreaker;
  /** For the whole call, its retries included. */
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
};

function withinTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CallTimedOut(`no answer in ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function waitBefore(attempt: number, failure: Failure, random: () => number): number {
  if (failure.retryAfterSeconds !== null) return failure.retryAfterSeconds * 1000;
  return 200 * 2 ** (attempt - 1) * (0.5 + random());
}

/**
 * Runs one call of the provider: within `timeoutMs` in all, behind the breaker, and again after a pause when that cannot do a
 * thing twice: always if `idempotent`, otherwise only when the first surely did not reach the provider. Throws DomainError.
 */
export async function callProvider<T>(options: CallOptions, idempotent: boolean, run: () => Promise<T>): Promise<T> {
  assertNothingWaits('a call of the payment provider');
  const deadline = options.now() + options.timeoutMs;
  for (let attempt = 1; ; attempt += 1) {
    if (!options.breaker.enter()) throw new DomainError('UNAVAILABLE', 'errors.payment.providerUnavailable');
    let failure: Failure;
    try {
      const answer = await withinTime(run(), Math.max(1, deadline - options.now()));
      options.breaker.succeeded();
      return answer;
    } catch (error) {
      failure = classify(error);
    }
    if (failure.kind === 'refused') {
      options.breaker.succeeded();
      throw failure.error;
    }
    options.breaker.failed();
    const wait = waitBefore(attempt, failure, options.random);
    const mayRepeat = idempotent || failure.kind === 'notSent';
    if (!mayRepeat || attempt >= options.attempts || options.now() + wait >= deadline) throw failure.error;
    await options.sleep(wait);
  }
}
