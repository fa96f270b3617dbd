import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readMark, writeMark } from '@interdomestik/db/mark';
import type { AfterMigrateHook } from '@interdomestik/db/migrate';
import { repoRoot } from './paths';
import type { DatabaseLogins } from './stack-env';

/** What follows the migrations outside the schema: the job queue's own tables. The same file serves `npm run db:migrate`. */
export const hookFile = 'packages/api/src/jobs/after-migrate.ts';

/** Everything that a migration reads: migrations, tables and roles, the queues, and the versions of the packages that bring tables of their own. */
const sources = ['packages/db/migrations', 'packages/db/src', 'packages/api/src/jobs', 'package-lock.json'];

async function hooks(): Promise<readonly AfterMigrateHook[]> {
  const path = join(repoRoot, hookFile);
  if (!existsSync(path)) return [];
  const { afterMigrate } = (await import(pathToFileURL(path).href)) as { afterMigrate: readonly AfterMigrateHook[] };
  return afterMigrate;
}

function sourceMark(): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(repoRoot, source);
    const files = source.includes('.') ? [path] : readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
    for (const file of files) hash.update(file.slice(repoRoot.length)).update('\0').update(readFileSync(file));
  }
  return `made by ${hash.digest('hex')}`;
}

/**
 * Brings the schema up to date and says what that meant. With `marked` a database that carries the mark of these very sources is left
 * as it is: finding out by way of the migrations means loading every table and the job queue first. For the checkout's own server
 * alone: on another one the comment belongs to whoever runs it, and the roles get the passwords of the environment every time.
 */
export async function migrateDatabase(ownerUrl: string, { marked = false }: { readonly marked?: boolean } = {}): Promise<string> {
  const mark = marked ? sourceMark() : null;
  if (mark !== null && (await readMark(ownerUrl)).schema === mark) return 'schema is up to date';
  const { migrate } = await import('@interdomestik/db/migrate');
  const result = await migrate({ ownerUrl, hooks: await hooks() });
  if (mark !== null) await writeMark(ownerUrl, mark);
  return result.applied.length === 0 ? 'schema is up to date' : `${result.applied.length} migrations applied`;
}

/** Fills an empty database with the demo tenants, and has the papers of their sales drawn unless told otherwise. The seed is loaded only when it is needed. */
export async function seedDatabase(logins: Pick<DatabaseLogins, 'owner' | 'app'>, { papers = true }: { readonly papers?: boolean } = {}): Promise<string> {
  if ((await readMark(logins.owner)).filled) return 'demo tenants are there';
  const { fillDemo } = await import('./seed');
  return (await fillDemo(logins, papers)) ? 'demo tenants filled' : 'demo tenants are there';
}
