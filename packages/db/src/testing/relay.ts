import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, createWebSocketStream } from 'ws';

/** A running relay. */
export interface Relay {
  readonly port: number;
  /** For the Neon driver: `host:port/path`. */
  readonly wsProxy: string;
  close(): Promise<void>;
}

/**
 * Carries WebSocket connections of the Neon driver to one Postgres on this machine. Always to that one: the address
 * that a client asks for is ignored, so the relay cannot be used to reach anything else.
 */
export async function startRelay(target: { readonly host?: string; readonly port: number }): Promise<Relay> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  server.on('connection', (webSocket) => {
    const socket = connect({ host: target.host ?? '127.0.0.1', port: target.port, noDelay: true });
    const stream = createWebSocketStream(webSocket);
    // Either end may vanish at any time, which for the other end is just the end.
    socket.on('error', () => stream.destroy());
    stream.on('error', () => socket.destroy());
    socket.on('close', () => {
      webSocket.close();
    });
    stream.on('close', () => socket.destroy());
    socket.pipe(stream).pipe(socket);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    wsProxy: `127.0.0.1:${port}/v1`,
    close: async () => {
      for (const client of server.clients) client.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
