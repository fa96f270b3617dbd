import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { migrate, type AfterMigrateHook } from '@interdomestik/db/migrate';
import { repoRoot } from './paths';
import type { DatabaseLogins } from './stack-env';

/** What follows the migrations outside the schema: the job queue's own tables. The same file serves `npm run db:migrate`. */
export const hookFile = 'packages/api/src/jobs/after-migrate.ts';

async function hooks(): Promise<readonly AfterMigrateHook[]> {
  const path = join(repoRoot, hookFile);
  if (!existsSync(path)) return [];
  const { afterMigrate } = (await import(pathToFileURL(path).href)) as { afterMigrate: readonly AfterMigrateHook[] };
  return afterMigrate;
}

/** Brings the schema up to date and says what that meant. */
export async function migrateDatabase(ownerUrl: string): Promise<string> {
  const result = await migrate({ ownerUrl, hooks: await hooks() });
  return result.applied.length === 0 ? 'schema is up to date' : `${result.applied.length} migrations applied`;
}

/** Fills an empty database with the demo tenants, and has the papers of their sales drawn unless told otherwise. The seed is loaded late: it reads the environment of the run. */
export async function seedDatabase(logins: Pick<DatabaseLogins, 'owner' | 'app'>, { papers = true }: { readonly papers?: boolean } = {}): Promise<string> {
  const { fillDemo } = await import('./seed');
  return (await fillDemo(logins, papers)) ? 'demo tenants filled' : 'demo tenants are there';
}
