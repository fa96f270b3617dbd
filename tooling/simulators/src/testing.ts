import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBody } from './http';

/** A new empty folder and what removes it. */
export function scratchDir(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'simulator-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

export type Received = { body: string; signature: string; host: string; event: { event_id: string; event_type: string; occurred_at: string; data: Record<string, unknown> } };

/** A webhook receiver that keeps what it got and answers as told. */
export async function startReceiver(answer: (count: number) => number = () => 200) {
  const received: Received[] = [];
  const server = createServer((req, res) => {
    void readBody(req).then((raw) => {
      const body = raw.toString('utf8');
      received.push({ body, signature: String(req.headers['paddle-signature']), host: String(req.headers.host), event: JSON.parse(body) as Received['event'] });
      res.writeHead(answer(received.length)).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    received,
    port,
    types: () => received.map(({ event }) => event.event_type),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Waits until `ready` holds. Throws after three seconds. */
export async function until(ready: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (ready()) return;
    await sleep(10);
  }
  throw new Error('waited in vain');
}
