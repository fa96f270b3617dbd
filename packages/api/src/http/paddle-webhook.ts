import type { IncomingMessage, ServerResponse } from 'node:http';
import { receivePaddleWebhook } from '../webhooks/receive';
import { isSecure } from './asker';
import { bytesOf, bytesOfNode } from './bytes';
import { send } from './node-mount';
import { paddlePath, type TrpcAnswer } from './protocol';
import { dataHeaders } from './security-headers';

const maxBytes = 1_000_000;

async function answer(accountPath: string, rawBody: Uint8Array | null, signature: string | null, secure: boolean): Promise<TrpcAnswer> {
  const status = rawBody === null ? 413 : (await receivePaddleWebhook({ accountPath, rawBody, signature, now: new Date() })).status;
  return { status, headers: dataHeaders(secure), body: '' };
}

/** The provider's report as a Next route. The body is read as bytes: its signature covers every one of them. */
export async function paddleWebhookRoute(request: Request, accountPath: string): Promise<Response> {
  const { status, headers } = await answer(accountPath, await bytesOf(request, maxBytes), request.headers.get('paddle-signature'), isSecure(request.headers.get('x-forwarded-proto')));
  return new Response(null, { status, headers });
}

/** True for a request that the node mount answers. */
export function isPaddleWebhook(request: IncomingMessage): boolean {
  return request.method === 'POST' && request.url?.startsWith(paddlePath) === true;
}

/** The same on node's own server, ahead of Next. */
export async function answerPaddleNode(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const accountPath = (request.url ?? '').slice(paddlePath.length).split('?')[0] ?? '';
  const signature = request.headers['paddle-signature'];
  const rawBody = await bytesOfNode(request, maxBytes);
  send(await answer(accountPath, rawBody, typeof signature === 'string' ? signature : null, isSecure(request.headers['x-forwarded-proto'])), response);
}
