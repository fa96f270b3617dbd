import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createListener, type Server as Listener, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { failureOf, log } from '../log';
import { isSecure } from './asker';
import { answerNode, isTrpcPath } from './node-mount';
import { answerPaddleNode, isPaddleWebhook } from './paddle-webhook';
import { decodable, methods } from './protocol';
import { completeHead, dataHeaders } from './security-headers';
import type { TrpcHandler } from './trpc-handler';

/** What answers everything but tRPC: Next. */
export interface PageServer {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ServeOptions {
  readonly name: string;
  readonly port: number;
  /** Address to listen on. `localhost` means both loopback families, since browsers pick either for `*.localhost`. */
  readonly host: string;
  /** True when a proxy of ours stands in front and sets the forwarding headers. Without one a client's are dropped. */
  readonly behindProxy: boolean;
  readonly trpc: TrpcHandler;
  /** Answers the payment provider ahead of Next as well. */
  readonly webhooks: boolean;
  /** Makes ready what answers the rest. It may listen to the server's upgrades: Next's hot reload does. */
  readonly pages: (server: Server) => Promise<PageServer>;
  /** Ends what else the process holds, after the last request. */
  readonly close: () => Promise<void>;
}

const forwarding = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto', 'x-real-ip', 'forwarded'] as const;
// ours alone to say: the proxy step sets them for the pages behind it
const internal = ['x-request-id', 'x-path', 'x-nonce'] as const;

/** Puts what we know ourselves in the place of what a client said of its own address, host and request. */
export function clean(request: Pick<IncomingMessage, 'headers'> & { readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'> }, behindProxy: boolean): void {
  for (const name of internal) delete request.headers[name];
  if (behindProxy) {
    request.headers['x-forwarded-for'] ??= request.socket.remoteAddress ?? '';
    return;
  }
  for (const name of forwarding) delete request.headers[name];
  request.headers['x-forwarded-for'] = request.socket.remoteAddress ?? '';
}

/** A refusal before anybody looked at the request, or after somebody failed at it: the status and nothing else. */
function refuse(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, headers).end(String(status));
}

const faultStatus: Readonly<Record<string, string>> = { HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large', ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout' };

/** Answers what Node could not read as a request. Nobody knows yet what host or scheme it was for. */
function answerFault(error: NodeJS.ErrnoException, socket: Duplex, secure: boolean): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const headers = Object.entries(dataHeaders(secure)).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${faultStatus[error.code ?? ''] ?? '400 Bad Request'}\r\n${headers}connection: close\r\ncontent-length: 0\r\n\r\n`);
}

async function listen(server: Listener, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

const families = (host: string): readonly string[] => (host === 'localhost' ? ['127.0.0.1', '::1'] : [host]);

/**
 * Serves an app: tRPC first, because Next's routing costs more than a whole procedure, then Next. Resolves when it listens.
 * On SIGTERM or SIGINT it takes no more connections, lets running requests finish (10 s at most) and exits.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const open = new Set<Socket>();
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    clean(request, options.behindProxy);
    answer(request, response).catch((error: unknown) => {
      if (!request.destroyed) log.error({ where: options.name, failure: failureOf(error) }, 'request failed');
      refuse(response, 500);
    });
  };
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 60_000 }, onRequest);
  server.on('clientError', (error, socket) => { answerFault(error, socket, options.behindProxy); });
  server.on('upgrade', (request, socket) => {
    clean(request, options.behindProxy);
    // nobody else hangs on it: an upgrade that is never answered would keep its socket
    if (server.listenerCount('upgrade') === 1) socket.destroy();
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const pages = await options.pages(server);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // these two write every header by themselves: filling in would cost as much as a query
    if (isTrpcPath(request.url)) return await answerNode(options.trpc, request, response);
    if (options.webhooks && isPaddleWebhook(request)) return await answerPaddleNode(request, response);
    completeHead(response, isSecure(request.headers['x-forwarded-proto']));
    if (!methods.has(request.method)) refuse(response, 405, { allow: 'GET, HEAD, POST' });
    // Next takes such a path for a fault of the server
    else if (!decodable(request.url ?? '/')) refuse(response, 400);
    else await pages.handle(request, response);
  };
  const listeners: Listener[] = [];
  for (const host of families(options.host)) {
    // one server behind every address: what Next hangs on it must hold for all of them
    const listener = listeners.length === 0 ? server : createListener((socket) => { server.emit('connection', socket); });
    try {
      await listen(listener, options.port, host);
      listeners.push(listener);
    } catch (error) {
      // a machine without IPv6 has one loopback only
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (host === '::1' && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) continue;
      process.stderr.write(`${options.name} cannot listen on ${host} port ${String(options.port)}${code === 'EADDRINUSE' ? ': another process has it' : ''}\n`);
      process.exit(1);
    }
  }
  log.info({ name: options.name, port: options.port, host: options.host }, 'listening');
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => open.forEach((socket) => socket.destroy()), 10_000).unref();
    const closed = listeners.map((listener) => new Promise<void>((resolve) => {
      listener.close(() => resolve());
    }));
    server.closeIdleConnections();
    void Promise.all(closed)
      .then(() => pages.close())
      .then(() => options.close())
      .catch(() => undefined)
      .then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
