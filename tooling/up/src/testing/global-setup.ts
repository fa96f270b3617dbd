import { startEmbedded } from '@interdomestik/db/embedded';
import { env } from '../env';
import { repoRoot } from '../paths';

/**
 * Starts the database once, before the integration tests' workers ask for it at the same moment. A server named by
 * TEST_DATABASE_URL wins. The server is left running for the next run; `npm test` stops it when it was the one to start it.
 */
export default async function setup(): Promise<void> {
  if (env.testDatabaseUrl() === undefined) await startEmbedded({ repoRoot, purpose: 'tests' });
}
