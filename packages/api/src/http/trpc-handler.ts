import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { DomainError, type ErrorCode } from '@interdomestik/rules';
import type { Context } from '../context';
import { appRouter } from '../root';
import { askerOf, type Asker } from './asker';
import { bytesOf } from './bytes';
import { contextOf, type Identify } from './request-context';
import { decodable, maxBatchSize, maxBodyBytes, methods, trpcPath, type PlainRequest, type TrpcAnswer } from './protocol';
import { answerQueries } from './queries';
import { dataHeaders } from './security-headers';

export interface TrpcHandlerOptions {
  readonly app: Context['app'];
  readonly identify: Identify;
  readonly passwords: Context['passwords'];
}

/** Answers a tRPC request. Never rejects. */
export type TrpcHandler = (request: PlainRequest, asker: Asker) => Promise<TrpcAnswer>;

const statusOf: Readonly<Partial<Record<ErrorCode, readonly [status: number, rpc: number, name: string]>>> = {
  FORBIDDEN: [403, -32_003, 'FORBIDDEN'],
  NOT_FOUND: [404, -32_004, 'NOT_FOUND'],
  UNAVAILABLE: [503, -32_603, 'SERVICE_UNAVAILABLE'],
};

const headersFor = (asker: Asker): TrpcAnswer['headers'] => ({ ...dataHeaders(asker.secure), vary: 'trpc-accept, accept', 'content-type': 'application/json; charset=utf-8', 'x-request-id': asker.requestId });

/** A refusal before any procedure ran, in the shape that tRPC clients read. */
export function refusal(error: DomainError, asker: Asker): TrpcAnswer {
  const [status, rpc, name] = statusOf[error.code] ?? [400, -32_600, 'BAD_REQUEST'];
  const told = { code: error.code, messageKey: error.messageKey, params: error.params, field: null, fields: {}, requestId: asker.requestId };
  const body = { error: { json: { message: error.messageKey, code: rpc, data: { code: name, httpStatus: status, error: told } } } };
  return { status, headers: headersFor(asker), body: JSON.stringify(body) };
}

/** True for a request that may change something and does not come from a page of this very host (S-04). */
export function foreignOrigin(method: string, headers: Pick<Headers, 'get'>, asker: Asker): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  const origin = headers.get('origin');
  return origin === null ? headers.get('sec-fetch-site') !== 'same-origin' : origin.toLowerCase() !== asker.origin;
}

/**
 * Why a request that may change something must not run: it came from another site, or in a form that a browser sends to
 * any site without asking first (S-04). Null when it may run.
 */
export function foreignRequest(method: string, headers: Pick<Headers, 'get'>, asker: Asker): DomainError | null {
  if (method === 'GET' || method === 'HEAD') return null;
  if (foreignOrigin(method, headers, asker)) return new DomainError('FORBIDDEN', 'errors.origin');
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  return type === 'application/json' ? null : new DomainError('INVALID', 'errors.invalid');
}

/** Makes the handler that both mounts share: node's own server ahead of Next, and the Next route. */
export function createTrpcHandler({ app, identify, passwords }: TrpcHandlerOptions): TrpcHandler {
  return async (request, asker) => {
    if (!methods.has(request.method)) return { ...refusal(new DomainError('INVALID', 'errors.invalid'), asker), status: 405 };
    const foreign = foreignRequest(request.method, request.headers, asker);
    if (foreign !== null) return refusal(foreign, asker);
    if (!decodable(request.url)) return refusal(new DomainError('NOT_FOUND', 'errors.notFound'), asker);
    const identity = await identify(asker, app).catch(() => null);
    if (identity === null) return refusal(new DomainError('UNAVAILABLE', 'errors.unavailable'), asker);
    if (identity.host === 'closed') return refusal(new DomainError('UNAVAILABLE', 'errors.tenant.suspended'), asker);
    if (identity.host === 'unknown') return refusal(new DomainError('NOT_FOUND', 'errors.notFound'), asker);
    const context = await contextOf(app, asker, identity, passwords).catch(() => null);
    if (context === null) return refusal(new DomainError('UNAVAILABLE', 'errors.unavailable'), asker);
    const answered = await answerQueries(request, context);
    if (answered !== null) return { ...answered, headers: headersFor(asker) };
    const response = await fetchRequestHandler({
      endpoint: trpcPath,
      // only the parts of PlainRequest are read for JSON calls, and others were refused above
      req: request as unknown as Request,
      router: appRouter,
      maxBatchSize,
      createContext: () => context,
    });
    return { status: response.status, headers: headersFor(asker), body: await response.text() };
  };
}

/** The same handler for anything that hands over a fetch Request, such as a Next route. */
export function onFetch(handler: TrpcHandler): (request: Request) => Promise<Response> {
  return async (request) => {
    const asker = askerOf(request.headers);
    const body = request.method === 'GET' || request.method === 'HEAD' ? new Uint8Array() : await bytesOf(request, maxBodyBytes);
    const answer = body === null ? tooLarge(asker) : await handler(
      { method: request.method, url: request.url, headers: request.headers, signal: request.signal, json: () => parsed(body) },
      asker,
    );
    // a status without a body takes none, not even an empty one
    return new Response(answer.body === '' ? null : answer.body, answer);
  };
}

/** JSON of a body, as a promise that rejects when it is not JSON. */
export function parsed(body: Uint8Array): Promise<unknown> {
  return Promise.resolve(body).then((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as unknown);
}

/** The answer to a body over the limit. */
export function tooLarge(asker: Asker): TrpcAnswer {
  return { ...refusal(new DomainError('INVALID', 'errors.invalid'), asker), status: 413 };
}
