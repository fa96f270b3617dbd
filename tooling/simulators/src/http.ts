import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** A running simulator. */
export interface Simulator {
  /** `http://localhost:<port>`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Stops listening, ends open connections and writes what is left to write. */
  close(): Promise<void>;
}

/** The port belongs to another process. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
  constructor(readonly port: number) {
    super(`port ${port} is taken`);
  }
}

const bodyLimit = 64 * 1024 * 1024;

/** Whether the request names this machine by a loopback name; another name may be a web page that rebinds its address to us. */
export function isLocalHost(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/u, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '127.0.0.1' || name === '[::1]';
}

/** Listens on the loopback address only; port 0 lets the system choose. Throws PortTaken. */
export function listen(
  port: number,
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>,
): Promise<{ server: Server; port: number; stop: () => Promise<void> }> {
  const server = createServer((req, res) => {
    if (!isLocalHost(req.headers.host)) {
      res.writeHead(421).end();
      return;
    }
    handle(req, res).catch((error: unknown) => {
      console.error(error);
      if (!res.headersSent) res.writeHead(500, { 'content-type': 'text/plain' });
      res.end();
    });
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve({ server, port: address.port, stop });
    });
  });
}

/** The whole body. Throws beyond 64 MB. */
export async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new Error('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Answers with JSON. */
export function sendJson(res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers }).end(JSON.stringify(body));
}

/** Answers with a page that loads nothing from anywhere. */
export function sendHtml(res: ServerResponse, status: number, html: string): void {
  res
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
    })
    .end(html);
}

/** The address by which the caller reached us, so that links in our answers lead back the same way. */
export function baseOf(req: IncomingMessage): string {
  return `http://${req.headers.host ?? 'localhost'}`;
}

/**
 * Posts to an address on this machine and gives the answer's status. A name below `localhost` is connected to loopback with its name
 * kept as the Host header, because Node's resolver may not know it. Throws when the address is not local or nobody answers in time.
 */
export function postLocally(address: string, headers: Record<string, string>, body: string | Buffer, timeoutMs: number): Promise<number> {
  const url = new URL(address);
  if (url.protocol !== 'http:' || !isLocalHost(url.host)) return Promise.reject(new Error(`not an address of this machine: ${url.origin}`));
  const host = url.hostname.endsWith('.localhost') ? 'localhost' : url.hostname.replace(/^\[|\]$/gu, '');
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host,
        port: url.port === '' ? 80 : Number(url.port),
        path: `${url.pathname}${url.search}`,
        method: 'POST',
        headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) },
        signal: AbortSignal.timeout(timeoutMs),
        agent: false,
      },
      (answer) => {
        answer.resume();
        answer.once('error', reject);
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
