import { basename } from 'node:path';
import { addressesOf, type Addresses, type Ports } from './addresses';
import { built, Children, typeScript, type Command, type Running } from './children';
import { ClearError } from './clear-error';
import { inherited } from './env';
import { waitUntilHealthy } from './health';
import { places as ours, type Places } from './paths';
import { untilTaken } from './ports';
import { ofPortal, withoutOwner } from './stack-env';

export interface StackOptions {
  /** `start` serves the built apps, `dev` compiles them as they are asked for and reloads on change. */
  mode: 'start' | 'dev';
  ports: Ports;
  /** From `stackEnv`; the database behind it is migrated and seeded. */
  env: Record<string, string>;
  logDir: string;
  /** The checkout's own parts by default. */
  places?: Places;
  /** Called with each line that a process reports as an error. */
  onError: (name: string, line: string) => void;
  /** Called with each new process id. */
  onStart?: (pid: number) => void;
  /** Aborting it during the start ends what was started so far; afterwards `stop` does. */
  signal?: AbortSignal;
  /** Called when a part has answered. */
  onReady?: (name: string, address: string) => void;
}

export interface Stack {
  addresses: Addresses;
  /** Rejects when a process ends by itself; never settles otherwise. */
  failure: () => Promise<never>;
  stop: () => Promise<void>;
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new ClearError('Stopped.')), { once: true });
  });
}

/**
 * Starts the simulators, the worker and both apps on a database that is ready, and resolves when all of them answer.
 * Rejects with a ClearError, everything stopped again, when one of them fails.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { ports, mode, places = ours } = options;
  const addresses = addressesOf(ports);
  const children = new Children(options.logDir, options.onError, options.onStart);
  const base = { ...inherited(), ...options.env };
  const env = { ...withoutOwner(base), ...(mode === 'start' ? { NODE_ENV: 'production' } : { NODE_ENV: 'development' }) };
  const timeout = mode === 'dev' ? 180_000 : 60_000;
  const ready = async (name: string, url: string, address: string): Promise<void> => {
    await waitUntilHealthy(name, url, timeout);
    options.onReady?.(name, address);
  };
  const part = (place: string, source: string, its: Record<string, string>, args: readonly string[] = []): Command =>
    mode === 'dev' ? typeScript(place, source, its, args) : built(place, `dist/${basename(source, '.ts')}.mjs`, its);
  const start = async (name: string, command: Command): Promise<Running> => {
    if (options.signal?.aborted === true) throw new ClearError('Stopped.');
    return await children.start(name, command);
  };
  try {
    await start('simulators', part(places.simulators, 'src/main.ts', base));
    await start('member', part(places.member, 'server.ts', ofPortal(env), ['--dev']));
    await start('admin', part(places.admin, 'server.ts', ofPortal(env), ['--dev']));
    // the worker goes to work at once, and what it finds waiting needs the places that it writes to
    await Promise.race([children.failure(), aborted(options.signal), untilTaken([ports.paddle, ports.uploadthing], timeout)]);
    const worker = await start('worker', { ...part(places.worker, 'src/main.ts', env), readyLine: 'worker is ready' });
    await Promise.race([
      children.failure(),
      aborted(options.signal),
      Promise.all([
        worker.ready,
        ready('member', `http://localhost:${ports.member}/api/health`, addresses.member),
        ready('admin', `http://localhost:${ports.admin}/api/health`, addresses.admin),
      ]),
    ]);
  } catch (error) {
    await children.stopAll();
    throw error;
  }
  return { addresses, failure: () => children.failure(), stop: () => children.stopAll() };
}

export interface PortalOptions {
  readonly app: 'member' | 'admin';
  readonly port: number;
  /** From `stackEnv`, with what is to be different. */
  readonly env: Record<string, string>;
  readonly logDir: string;
  /** Where the built portal lies; its own folder when left out. */
  readonly folder?: string | undefined;
}

/** Starts one built portal more beside a running stack, and resolves when it answers. */
export async function startPortal({ app, port, env, logDir, folder = ours[app] }: PortalOptions): Promise<{ address: string; stop: () => Promise<void> }> {
  const children = new Children(logDir, () => undefined);
  const address = `http://localhost:${String(port)}`;
  const variables = { ...ofPortal({ ...inherited(), ...env }), NODE_ENV: 'production', PORT: String(port) };
  try {
    await children.start(`${app}-${String(port)}`, built(folder, 'dist/server.mjs', variables));
    await Promise.race([children.failure(), waitUntilHealthy(app, `${address}/api/health`, 60_000)]);
  } catch (error) {
    await children.stopAll();
    throw error;
  }
  return { address, stop: () => children.stopAll() };
}
