import { createHash } from 'node:crypto';
import { assertNothingWaits } from '@interdomestik/db';
import { conflict, DomainError, isDomainError } from '@interdomestik/rules';
import { z } from 'zod';
import type { ClearanceAnswer, ClearanceDocument, ClearanceProvider } from '../clearance';
import { CircuitBreaker } from '../paddle';

const answerSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('submitted') }),
  z.object({ status: z.literal('cleared'), id: z.string().min(1).max(200), qr: z.string().min(1).max(1000) }),
  z.object({ status: z.literal('rejected'), reason: z.string().min(1).transform((text) => text.slice(0, 500)) }),
]);
const faultSchema = z.object({ error: z.string() });

export interface EfakturaOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly timeoutMs?: number;
  /** Given by tests; otherwise all clients of one account in this process share one. */
  readonly breaker?: CircuitBreaker;
}

const breakers = new Map<string, CircuitBreaker>();

function sharedBreaker({ baseUrl, apiKey }: EfakturaOptions): CircuitBreaker {
  const name = `${baseUrl} ${createHash('sha256').update(apiKey).digest('hex')}`;
  const breaker = breakers.get(name) ?? new CircuitBreaker(Date.now);
  breakers.set(name, breaker);
  return breaker;
}

const unavailable = (cause?: unknown): DomainError => new DomainError('UNAVAILABLE', 'errors.clearance.unavailable', { cause });

async function read(answer: Response): Promise<ClearanceAnswer | null> {
  if (answer.status === 404) return null;
  if (answer.status === 401 || answer.status === 403) throw conflict('errors.clearance.access');
  const body: unknown = await answer.json();
  if (answer.ok) return answerSchema.parse(body);
  // a document that it cannot read will be no better the next time; what it says of itself being busy or broken will
  if (answer.status === 400 || answer.status === 409 || answer.status === 422) return { status: 'rejected', reason: (faultSchema.safeParse(body).data?.error ?? String(answer.status)).slice(0, 500) };
  throw unavailable();
}

/** The clearing service of one tenant. Every call ends within 10 s, and none is made for a while after several came to nothing. */
export function createEfakturaClient(options: EfakturaOptions): ClearanceProvider {
  const { baseUrl, apiKey, timeoutMs = 10_000, breaker = sharedBreaker(options) } = options;
  const base = `${baseUrl.replace(/\/+$/u, '')}/api/v1/documents`;

  async function call(address: string, init: RequestInit): Promise<ClearanceAnswer | null> {
    assertNothingWaits('a call of the clearing service');
    if (!breaker.enter()) throw unavailable();
    try {
      const answer = await read(await fetch(address, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs), headers: { authorization: `Bearer ${apiKey}`, ...init.headers } }));
      breaker.succeeded();
      return answer;
    } catch (error) {
      if (isDomainError(error) && error.code === 'CONFLICT') {
        breaker.succeeded();
        throw error;
      }
      breaker.failed();
      throw isDomainError(error) ? error : unavailable(error);
    }
  }

  return {
    async submit(key: string, document: ClearanceDocument) {
      const answer = await call(base, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': key }, body: JSON.stringify(document) });
      if (answer === null) throw unavailable();
      return answer;
    },
    find: (key: string) => call(`${base}/${encodeURIComponent(key)}`, { method: 'GET' }),
  };
}
