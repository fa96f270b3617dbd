import { readEnv } from '../env';
import { findRepoRoot } from './paths';
import { startEmbedded } from './server';

/** Connection strings of the database in use. */
export interface DatabaseUrls {
  readonly owner: string;
  readonly app: string;
  readonly platform: string;
  readonly backup: string;
  /** True when they lead to this checkout's embedded server. */
  readonly embedded: boolean;
}

// Asking for a URL that nobody set is an error of the operator; it must name the variable, not fail later as a login.
function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new Error(`DATABASE_URL is set but ${name} is not: give all four logins, or none to use the embedded server`);
  return value;
}

/**
 * The database in use: the one in the environment when DATABASE_URL is set, else the embedded server, started when it
 * does not run. Reading a connection string whose variable is missing throws a line naming the variable.
 */
export async function databaseUrls(repoRoot: string = findRepoRoot()): Promise<DatabaseUrls> {
  const env = readEnv();
  const app = env.databaseUrl;
  if (app === undefined) {
    const server = await startEmbedded({ repoRoot });
    return { owner: server.ownerUrl, app: server.appUrl, platform: server.platformUrl, backup: server.backupUrl, embedded: true };
  }
  return {
    app,
    get owner() {
      return required(env.ownerUrl, 'DATABASE_OWNER_URL');
    },
    get platform() {
      return required(env.platformUrl, 'DATABASE_PLATFORM_URL');
    },
    get backup() {
      return required(env.backupUrl, 'DATABASE_BACKUP_URL');
    },
    embedded: false,
  };
}
