import type { IncomingMessage, ServerResponse } from 'node:http';
import { newId } from '@interdomestik/rules';
import { askerOf, type HeaderSource } from './asker';
import { bytesOfNode } from './bytes';
import { maxBodyBytes, trpcPath, type PlainRequest, type TrpcAnswer } from './protocol';
import { parsed, tooLarge, type TrpcHandler } from './trpc-handler';

/** Headers of a node request under the names of fetch. */
export function headersOf(request: IncomingMessage): HeaderSource & Pick<Headers, 'has'> {
  const { headers } = request;
  return {
    get: (name) => {
      const value = headers[name.toLowerCase()];
      return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
    },
    has: (name) => headers[name.toLowerCase()] !== undefined,
  };
}

/** Writes an answer to a node response. */
export function send({ status, headers, body }: TrpcAnswer, response: ServerResponse): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.end(body);
}

/** True for a path that the tRPC mount answers. */
export function isTrpcPath(url: string | undefined): boolean {
  return url !== undefined && url.startsWith(trpcPath) && (url.charCodeAt(trpcPath.length) === 47 || url.length === trpcPath.length);
}

// nothing of ours listens to an abort, and a controller for every request would cost more than it saves
const never = new AbortController().signal;

/** Answers a node request with the shared handler, without building a fetch Request: that alone costs as much as a query. */
export async function answerNode(handler: TrpcHandler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = headersOf(request);
  const asker = askerOf(headers, newId());
  const method = request.method ?? 'GET';
  const body = method === 'GET' || method === 'HEAD' ? new Uint8Array() : await bytesOfNode(request, maxBodyBytes);
  if (body === null) {
    send(tooLarge(asker), response);
    return;
  }
  const plain: PlainRequest = { method, url: `http://localhost${request.url ?? '/'}`, headers, signal: never, json: () => parsed(body) };
  send(await handler(plain, asker), response);
}
