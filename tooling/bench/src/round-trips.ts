import { connect, createServer, type Server, type Socket } from 'node:net';
import { overTcp } from '@interdomestik/db/embedded';

/** A relay in front of a database that counts how often its client had to wait for an answer before it could go on. */
export interface Relay {
  /** The connection string of the database, through the relay. */
  readonly url: string;
  /** Waits since the last call. */
  readonly take: () => number;
  readonly close: () => Promise<void>;
}

// answers are held back this long, so that messages that are sent together arrive together whatever the machine does
const delayMs = 5;

/** Opens a relay to the database of a connection string. */
export async function openRelay(databaseUrl: string): Promise<Relay> {
  const target = new URL(overTcp(databaseUrl));
  let waits = 0;
  const open = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    // true after an answer was handed over: what the client sends next, it sends because of it
    let answered = true;
    client.on('data', (chunk) => {
      if (answered) waits += 1;
      answered = false;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      setTimeout(() => {
        answered = true;
        if (!client.destroyed) client.write(chunk);
      }, delayMs);
    });
    for (const [one, other] of [[client, upstream], [upstream, client]] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');
  const url = new URL(overTcp(databaseUrl));
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.toString(),
    take: () => {
      const seen = waits;
      waits = 0;
      return seen;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
