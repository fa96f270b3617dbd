import type { IncomingMessage } from 'node:http';

/** Reads a fetch body; null when it is longer than `limit` bytes. */
export async function bytesOf(request: Request, limit: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return null;
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What is read on of a body that was refused. Whoever sends more than this loses the connection, and with it perhaps the answer. */
const mostThrownAway = 32_000_000;

/** Reads on and keeps nothing: a connection that is closed on unread bytes is reset, and the refusal lost on its way. */
function throwAway(request: IncomingMessage): void {
  let left = mostThrownAway;
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
}

/** Reads a node body; null as soon as it is longer than `limit` bytes. Rejects when the client goes away. */
export function bytesOfNode(request: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('close', () => reject(new Error('the client went away')));
    const refuse = (): void => {
      resolve(null);
      throwAway(request);
    };
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      refuse();
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    const keep = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= limit) return;
      request.off('data', keep);
      chunks.length = 0;
      refuse();
    };
    request.on('data', keep);
    request.once('end', () => resolve(Buffer.concat(chunks)));
  });
}
