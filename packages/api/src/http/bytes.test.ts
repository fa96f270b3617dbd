import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bytesOfNode } from './bytes';

let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((asked, response) => {
    bytesOfNode(asked, 1000).then((body) => response.writeHead(body === null ? 413 : 200).end(String(body?.length ?? 'too long')), () => response.destroy());
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The answer to a body of that many bytes, sent with its length or in chunks; the error's code when the connection was lost before it. */
function send(bytes: number, chunked: boolean): Promise<string> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, method: 'POST', headers: chunked ? {} : { 'content-length': String(bytes) } }, (answer) => {
      answer.resume();
      answer.on('end', () => { resolve(String(answer.statusCode)); });
    });
    asked.on('error', (error: NodeJS.ErrnoException) => { resolve(error.code ?? 'error'); });
    const piece = Buffer.alloc(Math.min(bytes, 1_000_000), 120);
    const write = (left: number): void => {
      if (left <= 0) asked.end();
      else asked.write(left < piece.length ? piece.subarray(0, left) : piece, () => { write(left - piece.length); });
    };
    write(bytes);
  });
}

it.each([false, true])('S-16 a body over the limit gets its refusal, however long it is still being sent (chunked: %s)', async (chunked) => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(10_000_000, chunked)));
  expect(new Set(answers)).toEqual(new Set(['413']));
  expect([await send(1000, chunked), await send(1001, chunked)]).toEqual(['200', '413']);
});

it('S-16 a body without an end is cut off', async () => {
  const lost = new Promise<boolean>((resolve) => {
    const asked = request({ host: '127.0.0.1', port, method: 'POST' });
    asked.on('error', () => { resolve(true); });
    asked.on('response', (answer) => { answer.on('error', () => undefined).resume(); });
    const piece = Buffer.alloc(1_000_000, 120);
    const write = (): void => {
      if (!asked.destroyed) asked.write(piece, write);
    };
    asked.on('close', () => { resolve(true); });
    write();
  });
  expect(await lost).toBe(true);
});
