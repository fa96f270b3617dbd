import { connect, createServer } from 'node:net';
import { ClearError } from './clear-error';

function refused(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      probe.close();
      // no IPv6 on this machine is not a taken port
      resolve(error.code === 'EADDRINUSE' || error.code === 'EACCES');
    });
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(false)));
  });
}

/** Whether something on this machine already answers on the port, over IPv4 or IPv6. */
export async function isTaken(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '0.0.0.0', '::']) if (await refused(port, host)) return true;
  return false;
}

const settings: Record<string, string> = {
  member: 'MEMBER_PORT',
  admin: 'ADMIN_PORT',
  paddle: 'PADDLE_SIM_PORT',
  uploadthing: 'UPLOADTHING_SIM_PORT',
  efaktura: 'EFAKTURA_SIM_PORT',
};

/** Throws one clear line that names every port already in use and how to choose another. */
export async function refuseTakenPorts(ports: Record<string, number>): Promise<void> {
  const taken: string[] = [];
  for (const [part, port] of Object.entries(ports)) if (await isTaken(port)) taken.push(`${port} (${part}, ${settings[part] ?? 'no setting'})`);
  if (taken.length === 0) return;
  const [one] = taken;
  throw new ClearError(
    taken.length === 1
      ? `Port ${one} is taken. Stop what uses it, or set that variable to another port.`
      : `Ports ${taken.join(', ')} are taken. Stop what uses them, or set those variables to other ports.`,
  );
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ port, host: '127.0.0.1' });
    probe.once('error', () => resolve(false));
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
  });
}

/** Waits until something answers on every one of the ports. Throws a ClearError after `timeoutMs`. */
export async function untilTaken(ports: readonly number[], timeoutMs: number): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (const port of ports) {
    while (!(await answers(port))) {
      if (Date.now() > until) throw new ClearError(`Nothing answers on port ${port} after ${timeoutMs / 1000} s.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A port that was free a moment ago, chosen by the system; for servers of a test run. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
