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
  /** On the checkout's own server, which waits for its disk as in production: for what is measured. */
  readonly durable?: boolean;
  /** Copied with all that lies in it, in place of the empty template. Nobody may be connected to it. */
  readonly copyOf?: TestDatabase;
}

type Change = (database: Pick<TestDatabase, 'adminUrl'>) => Promise<void>;

const clusters = new Map<boolean, Promise<TestCluster>>();
let change: Change | undefined;

/** From now on every test database of this process is changed like this once it is made: for whole suites on a database with a layer missing. */
export function alterTestDatabases(how: Change): void {
  change = how;
}
const templates = new Map<string, Promise<string>>();

async function openCluster(durable: boolean): Promise<TestCluster> {
  const foreign = readEnv().testDatabaseUrl;
  if (foreign !== undefined) {
    const passwords = derivedPasswords(foreign);
    await ensureRoles({ adminUrl: foreign, passwords });
    return { adminUrl: foreign, passwords, local: false };
  }
  const repoRoot = findRepoRoot();
  const purpose = durable ? 'product' : 'tests';
  const server = await startEmbedded({ repoRoot, purpose });
  return { adminUrl: server.adminUrl, passwords: loadSecrets(embeddedPaths(repoRoot, purpose)), local: true };
}

async function sourceOf(options: TestDatabaseOptions): Promise<TemplateSource> {
  const facts = options.facts ?? (await import('../schema/facts')).tableFacts;
  return { dir: options.dir ?? migrationsDir, facts, hooks: options.hooks ?? [], variant: options.variant ?? '' };
}

// A process asks once per source: hashing the files again for every test file would cost more than the clone.
async function templateFor(server: TestCluster, options: TestDatabaseOptions): Promise<string> {
  const key = JSON.stringify([options.dir ?? '', options.facts ?? '', options.variant ?? '', options.durable ?? false]);
  const known = templates.get(key);
  if (known !== undefined) return await known;
  const made = sourceOf(options).then(async (source) => await ensureTemplate(server, source));
  templates.set(key, made);
  made.catch(() => templates.delete(key));
  return await made;
}

/**
 * A fresh, migrated database as a copy of a template (about 40 ms), on the embedded server for tests or on TEST_DATABASE_URL.
 * Empty but for what migrations and hooks put there, or a copy of `copyOf`. The caller drops it.
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  if ((options.hooks?.length ?? 0) > 0 && options.variant === undefined) throw new Error('createTestDatabase: hooks need a variant, since a template is made once per variant');
  const { durable = false } = options;
  const opening = clusters.get(durable) ?? openCluster(durable);
  clusters.set(durable, opening);
  const server = await opening;
  const template = options.copyOf?.name ?? (await templateFor(server, options));
  const name = testDatabaseName();
  const quoted = escapeIdentifier(name);
  await asAdmin(server.adminUrl, async (client) => {
    await client.query(`CREATE DATABASE ${quoted} OWNER ${roleNames.owner} TEMPLATE ${escapeIdentifier(template)} STRATEGY ${server.local && !durable ? 'file_copy' : 'wal_log'}`);
  });
  const admin = new URL(server.adminUrl);
  admin.pathname = `/${name}`;
  if (options.copyOf === undefined) await change?.({ adminUrl: admin.toString() });
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
