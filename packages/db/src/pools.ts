import type { Pool as DatabasePool } from 'pg';
import { assertRuntimeRole, openPool, readTarget } from './connect';
import { readEnv } from './env';

interface Settings {
  readonly appUrl: string;
  readonly platformUrl?: string | undefined;
  readonly max?: number | undefined;
  readonly applicationName?: string | undefined;
}

let settings: Settings | null = null;
let app: DatabasePool | null = null;
let platform: DatabasePool | null = null;
let remembers: boolean | null = null;

function current(): Settings {
  if (settings === null) {
    const env = readEnv();
    if (env.databaseUrl === undefined) throw new Error('DATABASE_URL is not set: start with "npm run up", or name a database');
    settings = { appUrl: env.databaseUrl, platformUrl: env.platformUrl };
  }
  return settings;
}

/** The pool of the runtime role. Inside this package only: everybody else goes through `withTenant`. */
export function runtimePool(): DatabasePool {
  const { appUrl, max, applicationName } = current();
  app ??= openPool(appUrl, { max: max ?? 10, applicationName: applicationName ?? 'interdomestik' });
  return app;
}

/**
 * Whether a connection of the runtime role stays one and the same between two transactions, so that it remembers statements by name.
 * Behind a transaction pooler it does not.
 */
export function remembersStatements(): boolean {
  remembers ??= !readTarget(current().appUrl).pooled;
  return remembers;
}

/** The pool of the super admins' role. Throws where this process was given none. */
export function platformPool(): DatabasePool {
  const { platformUrl, applicationName } = current();
  if (platformUrl === undefined) throw new Error('DATABASE_PLATFORM_URL is not set: this process serves no super admins');
  platform ??= openPool(platformUrl, { max: 3, applicationName: `${applicationName ?? 'interdomestik'}-platform` });
  return platform;
}

/** Names the database of this process instead of the environment; tests and tools. Closes what was open before. */
export async function connectDatabase(next: Settings): Promise<void> {
  await closeDatabase();
  settings = next;
}

/** Refuses to go on when the runtime role could go round row level security (I-02). Call once at the start of a process. */
export async function assertDatabase(): Promise<void> {
  await assertRuntimeRole(runtimePool());
  if (current().platformUrl !== undefined) await assertRuntimeRole(platformPool());
}

/** Ends all connections. */
export async function closeDatabase(): Promise<void> {
  const open = [app, platform];
  app = null;
  platform = null;
  settings = null;
  remembers = null;
  await Promise.all(open.map(async (pool) => { await pool?.end(); }));
}
