import { statusEmbedded, startEmbedded, stopEmbedded } from '@interdomestik/db/embedded';
import { ClearError } from './clear-error';
import { env } from './env';
import { repoRoot } from './paths';
import type { DatabaseLogins } from './stack-env';

export interface Database {
  logins: DatabaseLogins;
  /** What to tell of it: where it is, and whether it already ran. */
  description: string;
  /** The checkout's own server, not one that the environment names. */
  embedded: boolean;
  /** Whether `stop` will stop the server. */
  owned: boolean;
  /** Stops the server when this run, or the killed one before it, started it. */
  stop: () => Promise<void>;
}

/**
 * The database of this run: the one that the environment names, else the checkout's own server, started when needed.
 * `inherited` says that a server found running belongs to this run all the same.
 */
export async function openDatabase(inherited = false): Promise<Database> {
  const app = env.databaseUrl();
  if (app !== undefined) {
    const need = (value: string | undefined, name: string): string => {
      if (value === undefined) throw new ClearError(`DATABASE_URL is set but ${name} is not: give all four logins, or none to use the embedded server.`);
      return value;
    };
    const logins = {
      app,
      owner: need(env.databaseOwnerUrl(), 'DATABASE_OWNER_URL'),
      platform: need(env.databasePlatformUrl(), 'DATABASE_PLATFORM_URL'),
      backup: need(env.databaseBackupUrl(), 'DATABASE_BACKUP_URL'),
    };
    return { logins, description: `the one of DATABASE_URL at ${new URL(app).host}`, embedded: false, owned: false, stop: async () => undefined };
  }
  const ran = statusEmbedded({ repoRoot }).running;
  const server = await startEmbedded({ repoRoot });
  const owned = !ran || inherited;
  const stop = async (): Promise<void> => {
    if (owned) await stopEmbedded({ repoRoot });
  };
  return {
    logins: { app: server.appUrl, owner: server.ownerUrl, platform: server.platformUrl, backup: server.backupUrl },
    description: `${ran ? 'already runs' : 'runs'} on port ${server.port}`,
    embedded: true,
    owned,
    stop,
  };
}
