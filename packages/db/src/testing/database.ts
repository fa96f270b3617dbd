import { escapeIdentifier } from 'pg';
import { findRepoRoot, startEmbedded } from '../embedded';
import { embeddedPaths } from '../embedded/paths';
import { loadSecrets } from '../embedded/secrets';
import { readEnv } from '../env';
import { ensureRoles, migrationsDir, roleNames, type AccessFactsByTable, type AfterMigrateHook } from '../migrate';
import { asAdmin, derivedPasswords, ensureTemplate, roleUrl, testDatabaseName, type TemplateSource, type TestCluster } from './template';

/** A migrated database of one test file. */
export interface TestDatabase {
  readonly name: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly platformUrl: string;
  readonly backupUrl: string;
  /** Superuser (or whatever TEST_DATABASE_URL names) in this database: to look behind the product's back. */
  readonly adminUrl: string;
  /** Closes whatever is connected and drops it. Repeating does nothing. */
  drop(): Promise<void>;
}

/** Deviations from the product's own schema. */
export interface TestDatabaseOptions {
  readonly dir?: string;
  readonly facts?: AccessFactsByTable;
  /** Run once for the template, as the owner. */
  readonly hooks?: readonly AfterMigrateHook[];
  /** Names what the hooks do; change it when they change. Needed with hooks. */
  readonly variant?: string;
}

type Change = (database: Pick<TestDatabase, 'adminUrl'>) => Promise<void>;

let cluster: Promise<TestCluster> | undefined;
let change: Change | undefined;

/** From now on every test database of this process is changed like this once it is made: for whole suites on a database with a layer missing. */
export function alterTestDatabases(how: Change): void {
  change = how;
}
const templates = new Map<string, Promise<string>>();

async function openCluster(): Promise<TestCluster> {
  const foreign = readEnv().testDatabaseUrl;
  if (foreign !== undefined) {
    const passwords = derivedPasswords(foreign);
    await ensureRoles({ adminUrl: foreign, passwords });
    return { adminUrl: foreign, passwords, local: false };
  }
  const repoRoot = findRepoRoot();
  const server = await startEmbedded({ repoRoot });
  return { adminUrl: server.adminUrl, passwords: loadSecrets(embeddedPaths(repoRoot)), local: true };
}

async function sourceOf(options: TestDatabaseOptions): Promise<TemplateSource> {
  const facts = options.facts ?? (await import('../schema/facts')).tableFacts;
  return { dir: options.dir ?? migrationsDir, facts, hooks: options.hooks ?? [], variant: options.variant ?? '' };
}

// A process asks once per source: hashing the files again for every test file would cost more than the clone.
async function templateFor(server: TestCluster, options: TestDatabaseOptions): Promise<string> {
  const key = JSON.stringify([options.dir ?? '', options.facts ?? '', options.variant ?? '']);
  const known = templates.get(key);
  if (known !== undefined) return await known;
  const made = sourceOf(options).then(async (source) => await ensureTemplate(server, source));
  templates.set(key, made);
  made.catch(() => templates.delete(key));
  return await made;
}

/**
 * A fresh, migrated database as a copy of a template (about 40 ms), on the embedded server or on TEST_DATABASE_URL.
 * Empty but for what migrations and hooks put there. The caller drops it.
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  if ((options.hooks?.length ?? 0) > 0 && options.variant === undefined) throw new Error('createTestDatabase: hooks need a variant, since a template is made once per variant');
  cluster ??= openCluster();
  const server = await cluster;
  const template = await templateFor(server, options);
  const name = testDatabaseName();
  const quoted = escapeIdentifier(name);
  await asAdmin(server.adminUrl, async (client) => {
    await client.query(`CREATE DATABASE ${quoted} OWNER ${roleNames.owner} TEMPLATE ${escapeIdentifier(template)} STRATEGY wal_log`);
    // nobody pulls the plug on a test; tests that kill a server have one of their own
    await client.query(`ALTER DATABASE ${quoted} SET synchronous_commit = off`);
  });
  const admin = new URL(server.adminUrl);
  admin.pathname = `/${name}`;
  await change?.({ adminUrl: admin.toString() });
  return {
    name,
    ownerUrl: roleUrl(server, 'owner', name),
    appUrl: roleUrl(server, 'app', name),
    platformUrl: roleUrl(server, 'platform', name),
    backupUrl: roleUrl(server, 'backup', name),
    adminUrl: admin.toString(),
    drop: async () => {
      await asAdmin(server.adminUrl, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${quoted} WITH (FORCE)`);
      });
    },
  };
}
