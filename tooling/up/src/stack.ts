import { addressesOf, type Addresses, type Ports } from './addresses';
import { built, Children, typeScript, type Command } from './children';
import { ClearError } from './clear-error';
import { inherited } from './env';
import { waitUntilHealthy } from './health';
import { places as ours, type Places } from './paths';
import { withoutOwner } from './stack-env';

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
  const commands: readonly (readonly [string, Command])[] = [
    ['simulators', mode === 'dev' ? typeScript(places.simulators, 'src/main.ts', base) : built(places.simulators, 'dist/main.mjs', base)],
    ['worker', mode === 'dev' ? typeScript(places.worker, 'src/main.ts', env) : built(places.worker, 'dist/main.mjs', env)],
    ['member', mode === 'dev' ? typeScript(places.member, 'server.ts', env, ['--dev']) : built(places.member, 'dist/server.mjs', env)],
    ['admin', mode === 'dev' ? typeScript(places.admin, 'server.ts', env, ['--dev']) : built(places.admin, 'dist/server.mjs', env)],
  ];
  try {
    for (const [name, command] of commands) {
      if (options.signal?.aborted === true) throw new ClearError('Stopped.');
      await children.start(name, command);
    }
    await Promise.race([
      children.failure(),
      aborted(options.signal),
      Promise.all([
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
