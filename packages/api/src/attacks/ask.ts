import { newId } from '@interdomestik/rules';
import type { Identity } from '../http/request-context';
import { askerOf } from '../http/asker';
import { createTrpcHandler } from '../http/trpc-handler';
import type { PlainRequest } from '../http/protocol';
import { appRouter } from '../root';
import { testPasswords } from '../testing';
import { wire } from '../wire';
import { attacks } from './entries';
import { secretsIn } from './secrets';

/** Somebody with a browser. */
export interface Asking {
  readonly app: 'member' | 'admin';
  readonly identity: Identity;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Code of the refusal; null for a success. */
  readonly code: string | null;
  readonly messageKey: string | null;
  readonly ms: number;
}

interface Procedure {
  readonly _def: { readonly type: 'query' | 'mutation' | 'subscription'; readonly meta?: { readonly permission: string }; readonly inputs?: readonly unknown[]; readonly output?: unknown };
}

/** Every procedure of the router by its whole name. */
export const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, Procedure>>;

/** One id for all requests, so that two bodies differ only where the answers do. */
const requestId = newId();
const origin = 'http://attack.localhost:3000';
const never = new AbortController().signal;
let requests = 0;

const handlers = new Map<Asking, ReturnType<typeof createTrpcHandler>>();
function handlerFor(asking: Asking) {
  const known = handlers.get(asking);
  if (known !== undefined) return known;
  const made = createTrpcHandler({ app: asking.app, identify: () => Promise.resolve(asking.identity), passwords: testPasswords });
  handlers.set(asking, made);
  return made;
}

/** Every request from an address of its own: limits of one address are not what the attacks are about. */
const addressOf = (n: number): string => `10.${String((n >> 16) & 255)}.${String((n >> 8) & 255)}.${String(n & 255)}`;

function requestOf(path: string, input: unknown): PlainRequest {
  const query = procedures[path]?._def.type === 'query';
  const sent = input === undefined ? undefined : wire.serialize(input);
  const headers = new Headers({ host: 'attack.localhost:3000', origin, 'x-forwarded-for': addressOf((requests += 1)), ...(query ? {} : { 'content-type': 'application/json' }) });
  const search = query && sent !== undefined ? `?input=${encodeURIComponent(JSON.stringify(sent))}` : '';
  return { method: query ? 'GET' : 'POST', url: `${origin}/api/trpc/${path}${search}`, headers, signal: never, json: () => Promise.resolve(sent) };
}

interface Refused {
  readonly error?: { readonly json: { readonly data: { readonly error: { readonly code: string; readonly messageKey: string } } } };
}

/**
 * Calls a procedure as the product's own HTTP entry does, with everything but the session cookie; gives the answer as it goes over the wire. Throws
 * when the answer holds a secret (S-18) or is a fault of the server, whoever asked.
 */
export async function ask(asking: Asking, path: string, input: unknown): Promise<Answer> {
  const request = requestOf(path, input);
  const start = performance.now();
  const { status, body } = await handlerFor(asking)(request, askerOf(request.headers, requestId));
  const ms = performance.now() - start;
  const parsed = JSON.parse(body) as Refused;
  const error = parsed.error?.json.data.error ?? null;
  if (status >= 500) throw new Error(`${path} answered ${String(status)}: ${body.slice(0, 300)}`);
  const secrets = secretsIn(body, parsed, attacks.get(path)?.shows);
  if (secrets.length > 0) throw new Error(`${path} tells ${secrets.join(', ')}`);
  return { status, body, code: error?.code ?? null, messageKey: error?.messageKey ?? null, ms };
}
