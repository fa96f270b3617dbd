import { Client } from 'pg';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded, stopEmbedded } from '../embedded';
import { createTestDatabase } from '../testing/database';
import { useDatabase } from '../testing';
import type { AccessFactsByTable } from './access';
import { migrate } from './migrate';
import { ensureRoles, roleNames } from './roles';

const facts: AccessFactsByTable = {
  open: { appGrants: ['select', 'insert', 'update'], platformGrants: ['select'], personal: ['name', 'mail'], audited: true },
  quiet: { appGrants: ['select'], platformGrants: [], personal: [], audited: false },
};
const schema = `
CREATE TABLE open (tenant_id text NOT NULL, id serial, name text, mail text);
CREATE TABLE quiet (id int);
CREATE TABLE unknown (tenant_id text NOT NULL, id int);
GRANT ALL ON unknown, quiet TO PUBLIC; GRANT DELETE, TRUNCATE ON open TO ${roleNames.app};
CREATE FUNCTION shout(t text) RETURNS text LANGUAGE sql AS $$ SELECT upper(t) $$;
CREATE FUNCTION audit_row_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'args %', TG_ARGV[0]; RETURN NULL; END $$;
CREATE FUNCTION audit_rows_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'args %', TG_ARGV[0]; RETURN NULL; END $$;
CREATE SCHEMA pgboss; CREATE TABLE pgboss.job (id int);`;

const dir = mkdtempSync(join(tmpdir(), 'idm-access-'));
mkdirSync(join(dir, 'meta'));
writeFileSync(join(dir, 'meta', '_journal.json'), JSON.stringify({ entries: [{ idx: 0, when: 1, tag: '0000_a' }] }));
writeFileSync(join(dir, '0000_a.sql'), schema);

const database = useDatabase({ dir, facts, variant: 'access' });

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('access after migrations', () => {
  it('forces row level security on every table with a tenant, known or not', async () => {
    const rows = await query(database.current.adminUrl, "SELECT relname, relrowsecurity AND relforcerowsecurity AS forced FROM pg_class WHERE relname IN ('open', 'quiet', 'unknown') ORDER BY 1");
    expect(rows).toEqual([{ relname: 'open', forced: true }, { relname: 'quiet', forced: false }, { relname: 'unknown', forced: true }]);
  });

  it('grants exactly what the facts say', async () => {
    const rows = await query(
      database.current.adminUrl,
      `SELECT c.relname || ' ' || coalesce(nullif(x.grantee, 0)::regrole::text, 'PUBLIC') || ' ' || string_agg(lower(x.privilege_type), ',' ORDER BY x.privilege_type) AS line
       FROM pg_class c, aclexplode(c.relacl) x WHERE c.relname IN ('open', 'quiet', 'unknown', 'job') AND x.grantee <> c.relowner GROUP BY c.relname, x.grantee ORDER BY 1`,
    );
    expect(rows.map((row) => row.line)).toEqual([
      'job interdomestik_app delete,insert,select,update',
      'job interdomestik_backup select',
      'open interdomestik_app insert,select,update',
      'open interdomestik_backup select',
      'open interdomestik_platform select',
      'quiet interdomestik_app select',
      'quiet interdomestik_backup select',
      'unknown interdomestik_backup select',
    ]);
  });

  it('lets nobody execute our functions unless a migration grants it, and lets the app use a serial column', async () => {
    await expect(query(database.current.appUrl, "SELECT shout('a')")).rejects.toThrow(/permission denied for function/u);
    expect(await query(database.current.appUrl, "SELECT has_sequence_privilege('open_id_seq', 'USAGE') AS may")).toEqual([{ may: true }]);
    await expect(query(database.current.appUrl, 'CREATE TABLE mine (id int)')).rejects.toThrow(/permission denied for schema public/u);
    await expect(query(database.current.appUrl, 'CREATE SCHEMA mine')).rejects.toThrow(/permission denied for database/u);
  });

  it('attaches both audit triggers with the personal columns, follows the facts, and repeats without a statement', async () => {
    const arguments_ = async (): Promise<Record<string, unknown>[]> =>
      await query(database.current.adminUrl, "SELECT tgrelid::regclass::text AS name, encode(tgargs, 'escape') AS args FROM pg_trigger WHERE NOT tgisinternal");
    expect(await arguments_()).toEqual([{ name: 'open', args: 'name,mail\\000' }, { name: 'open', args: 'name,mail\\000' }]);
    const ownerUrl = database.current.ownerUrl;
    const again = await migrate({ ownerUrl, dir, facts });
    expect(again.access).toEqual([]);
    expect(again.warnings).toEqual(['table unknown has no entry in tableFacts: no runtime role may touch it']);
    const changed = { ...facts, open: { ...facts.open, appGrants: ['select'], platformGrants: [], personal: ['name'], audited: true } } satisfies AccessFactsByTable;
    expect((await migrate({ ownerUrl, dir, facts: changed })).access).toEqual([
      'REVOKE insert, update ON public."open" FROM interdomestik_app',
      'REVOKE select ON public."open" FROM interdomestik_platform',
      expect.stringContaining("audit_row_change('name')"),
      expect.stringContaining("audit_rows_added('name')"),
    ]);
    const off = { ...changed, open: { ...changed.open, audited: false } };
    expect((await migrate({ ownerUrl, dir, facts: off })).access).toEqual(['DROP TRIGGER audit_row_change ON public."open"', 'DROP TRIGGER audit_rows_added ON public."open"']);
  });

  it('runs hooks as the owner before the grants', async () => {
    const other = await createTestDatabase({
      dir, facts, variant: 'hook 1',
      hooks: [async (ownerUrl) => { await query(ownerUrl, 'CREATE TABLE pgboss.late (id int)'); }],
    });
    onTestFinished(async () => { await other.drop(); });
    expect(await query(other.appUrl, 'SELECT count(*)::int AS n FROM pgboss.late')).toEqual([{ n: 0 }]);
  });
});

describe('the roles', () => {
  let settings: Record<string, unknown>[] = [];
  beforeAll(async () => {
    settings = await query(
      database.current.adminUrl,
      "SELECT rolname, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication AS powers, rolbypassrls, rolconfig FROM pg_roles WHERE rolname LIKE 'interdomestik%' ORDER BY 1",
    );
  });

  it('have no powers; only the backup bypasses row security, and it only reads', async () => {
    expect(settings.map((row) => [row.rolname, row.powers, row.rolbypassrls])).toEqual([
      [roleNames.app, false, false], [roleNames.backup, false, true], [roleNames.owner, false, false], [roleNames.platform, false, false],
    ]);
    expect(settings[0]?.rolconfig).toEqual(['statement_timeout=5s', 'idle_in_transaction_session_timeout=10s', 'lock_timeout=2s']);
    await expect(query(database.current.backupUrl, "INSERT INTO quiet VALUES (1)")).rejects.toThrow(/permission denied|read-only/u);
  });

  it('need nothing of a login that may not make roles while they are right', async () => {
    await expect(ensureRoles({ adminUrl: database.current.ownerUrl })).resolves.toBeUndefined();
  });

  // On a server of its own: roles belong to the whole cluster, and other test files use this one's.
  it('give the exact SQL when they are not right and the login may not change them', async () => {
    const repoRoot = mkdtempSync(join(tmpdir(), 'idm-roles-'));
    const server = await startEmbedded({ repoRoot });
    onTestFinished(async () => {
      await stopEmbedded({ repoRoot });
      rmSync(repoRoot, { recursive: true, force: true });
    });
    await query(server.adminUrl, 'ALTER ROLE interdomestik_platform CREATEDB');
    const message = await ensureRoles({ adminUrl: server.ownerUrl }).then(() => '', String);
    expect(message).toMatch(/Run as an administrator/u);
    expect(message).toMatch(/ALTER ROLE "interdomestik_platform" LOGIN NOSUPERUSER NOCREATEDB/u);
    expect(message).not.toMatch(/interdomestik_app/u);
    await query(server.adminUrl, "CREATE ROLE hosted LOGIN CREATEROLE PASSWORD 'hosted'");
    const hosted = server.adminUrl.replace(/\/\/[^@]*@/u, '//hosted:hosted@');
    await expect(ensureRoles({ adminUrl: hosted })).rejects.toThrow(/Run as an administrator/u);
    await ensureRoles({ adminUrl: server.adminUrl });
    expect(await query(server.adminUrl, "SELECT rolcreatedb FROM pg_roles WHERE rolname = 'interdomestik_platform'")).toEqual([{ rolcreatedb: false }]);
  });
});
