import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../testing';
import { openPool } from './pool';
import { assertRuntimeRole } from './runtime-role';

const database = useDatabase();

async function verdict(url: string): Promise<string> {
  const pool = openPool(url, { max: 1, applicationName: 'role-test' });
  try {
    return await assertRuntimeRole(pool).then(() => 'accepted', (error: unknown) => (error instanceof Error ? error.message : String(error)));
  } finally {
    await pool.end();
  }
}

async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: database.current.adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A login of the shape that one statement gives it, gone afterwards. */
async function withLogin(shape: string): Promise<string> {
  const name = `probe_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await asAdmin(`CREATE ROLE ${name} LOGIN PASSWORD 'probe'`);
  try {
    await asAdmin(shape.replace('$login', name));
    const url = new URL(database.current.appUrl);
    url.username = name;
    url.password = 'probe';
    return await verdict(url.toString());
  } finally {
    await asAdmin(`DROP OWNED BY ${name} CASCADE; DROP ROLE ${name}`);
  }
}

describe('assertRuntimeRole', () => {
  it('I-02 accepts the runtime logins', async () => {
    expect(await verdict(database.current.appUrl)).toBe('accepted');
    expect(await verdict(database.current.platformUrl)).toBe('accepted');
  });

  it('I-02 refuses the superuser, the owner and the backup login', async () => {
    expect(await verdict(database.current.adminUrl)).toMatch(/is a superuser/u);
    expect(await verdict(database.current.ownerUrl)).toMatch(/owns .*may create in schema/u);
    expect(await verdict(database.current.backupUrl)).toMatch(/bypasses row level security/u);
  });

  it.each([
    ['ALTER ROLE $login BYPASSRLS', /bypasses row level security/u],
    ['ALTER ROLE $login CREATEROLE', /may create roles/u],
    ['GRANT CREATE ON SCHEMA public TO $login', /may create in schema public/u],
    ['GRANT interdomestik_owner TO $login', /is a member of interdomestik_owner/u],
    ['GRANT pg_read_all_data TO $login', /is a member of pg_read_all_data/u],
    ['GRANT TRUNCATE ON claims TO $login', /may truncate, reference or add triggers on claims/u],
    ['GRANT REFERENCES ON claims TO $login', /may truncate, reference or add triggers on claims/u],
  ])('I-02 refuses a login after %s', async (shape, message) => {
    expect(await withLogin(shape)).toMatch(message);
  });
});
