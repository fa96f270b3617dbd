import { createServer, type Server, type Socket } from 'node:net';
import { Client } from 'pg';
import { overTcp } from '../embedded';

/** A transaction pooler in front of a database: what pgbouncer and Neon's pooled address do, small enough to read. */
export interface Pooler {
  /** The connection string of the database through the pooler. It says nothing of the pooler: add `pooler=transaction` as an operator would. */
  readonly url: string;
  /** Statements that clients gave a name, which no pooler can keep for them. */
  readonly named: () => number;
  /** Times that a client's next transaction ran on another server connection than its last. */
  readonly switches: () => number;
  close(): Promise<void>;
}

interface Upstream {
  readonly socket: Socket;
  /** Who is served now. */
  client: Guest | null;
}

interface Guest {
  readonly socket: Socket;
  /** Messages up to the next Query or Sync. */
  unit: Buffer[];
  /** Units that wait for a server connection, or for the answer to the one before. */
  readonly waiting: Buffer[];
  upstream: Upstream | null;
  /** A unit was sent and its ReadyForQuery has not come. */
  busy: boolean;
  last: Upstream | null;
}

const startup = (code: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head[0] = code;
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const int32 = (value: number): Buffer => { const bytes = Buffer.alloc(4); bytes.writeInt32BE(value); return bytes; };
const text = (...words: string[]): Buffer => Buffer.from(words.map((word) => `${word}\0`).join(''));

// AuthenticationOk, what clients ask of a server, a key, ReadyForQuery
const welcome = Buffer.concat([
  startup(0x52, int32(0)), startup(0x53, text('server_version', '18.0')), startup(0x53, text('client_encoding', 'UTF8')), startup(0x53, text('standard_conforming_strings', 'on')),
  startup(0x4b, int32(1), int32(1)), startup(0x5a, Buffer.from('I')),
]);

/** Cuts a stream into messages of the protocol and keeps the rest for the next call. */
function splitter(): (chunk: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const messages: Buffer[] = [];
    while (rest.length >= 5) {
      const length = 1 + rest.readInt32BE(1);
      if (rest.length < length) break;
      messages.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    return messages;
  };
}

/**
 * Opens a pooler with `size` server connections. A client holds one from its first message until the server says that it is outside a
 * transaction; then the next client gets it, whoever that is, and nothing is reset in between. `random` decides which of the free ones. A
 * client that leaves in the middle of a transaction takes its server connection with it. Passwords are not checked: loopback and tests only.
 */
export async function openPooler(databaseUrl: string, { size, random }: { size: number; random: () => number }): Promise<Pooler> {
  const upstreams = new Set<Upstream>();
  const guests = new Set<Guest>();
  const queue: Guest[] = [];
  let [opening, named, switches, closed] = [0, 0, 0, false];

  const serve = (): void => {
    if (closed) return;
    while (upstreams.size + opening < size) void open();
    for (let free = idle(); queue.length > 0 && free.length > 0; free = idle()) {
      const guest = queue.shift();
      const upstream = free[Math.floor(random() * free.length)];
      if (guest === undefined || upstream === undefined || !guests.has(guest)) continue;
      if (guest.last !== null && guest.last !== upstream) switches += 1;
      upstream.client = guest;
      guest.upstream = upstream;
      guest.last = upstream;
      send(guest);
    }
  };
  const idle = (): Upstream[] => [...upstreams].filter(({ client }) => client === null);

  const send = (guest: Guest): void => {
    if (guest.busy) return;
    const unit = guest.waiting.shift();
    if (unit === undefined) return;
    if (guest.upstream === null) {
      guest.waiting.unshift(unit);
      if (!queue.includes(guest)) queue.push(guest);
      serve();
      return;
    }
    guest.busy = true;
    guest.upstream.socket.write(unit);
  };

  const drop = (upstream: Upstream): void => {
    upstreams.delete(upstream);
    upstream.socket.destroy();
    upstream.client?.socket.destroy();
    serve();
  };

  // pg does the talking up to the first ReadyForQuery; after that the bare socket is ours
  const open = async (): Promise<void> => {
    opening += 1;
    const client = new Client({ connectionString: databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    const socket = (client as unknown as { connection: { stream: Socket } }).connection.stream;
    socket.removeAllListeners();
    const upstream: Upstream = { socket, client: null };
    const split = splitter();
    socket.on('error', () => undefined);
    socket.on('close', () => { drop(upstream); });
    socket.on('data', (chunk: Buffer) => {
      for (const message of split(chunk)) answer(upstream, message);
    });
    opening -= 1;
    upstreams.add(upstream);
    if (closed) drop(upstream);
    serve();
  };

  const answer = (upstream: Upstream, message: Buffer): void => {
    const guest = upstream.client;
    guest?.socket.write(message);
    if (message[0] !== 0x5a) return;
    if (guest !== null) guest.busy = false;
    // 'I': outside a transaction, so the next one may have the connection
    if (message[5] === 0x49) {
      upstream.client = null;
      if (guest !== null) guest.upstream = null;
      serve();
    }
    if (guest !== null) send(guest);
  };

  const take = (guest: Guest, message: Buffer): void => {
    const type = String.fromCharCode(message[0] ?? 0);
    if (type === 'X') return;
    if (type === 'P' && message[5] !== 0) named += 1;
    guest.unit.push(message);
    if (type !== 'Q' && type !== 'S') return;
    guest.waiting.push(Buffer.concat(guest.unit));
    guest.unit = [];
    send(guest);
  };

  const server: Server = createServer({ noDelay: true }, (socket) => {
    const guest: Guest = { socket, unit: [], waiting: [], upstream: null, busy: false, last: null };
    const split = splitter();
    let greeted = false;
    guests.add(guest);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      guests.delete(guest);
      if (guest.upstream !== null) drop(guest.upstream);
    });
    socket.on('data', (chunk: Buffer) => {
      if (greeted) {
        for (const message of split(chunk)) take(guest, message);
        return;
      }
      greeted = true;
      socket.write(welcome);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the pooler has no port');
  const url = new URL(overTcp(databaseUrl));
  url.host = `127.0.0.1:${String(address.port)}`;
  serve();
  return {
    url: url.toString(),
    named: () => named,
    switches: () => switches,
    close: async () => {
      closed = true;
      for (const { socket } of [...guests, ...upstreams]) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
