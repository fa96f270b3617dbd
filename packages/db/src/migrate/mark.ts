import { Client, escapeLiteral } from 'pg';

/** What a database says of itself before anything big is loaded. */
export interface DatabaseMark {
  /** What the last complete migration left with `writeMark`; null before the first. */
  readonly schema: string | null;
  /** Whether it holds a tenant. */
  readonly filled: boolean;
}

async function asOwner<Result>(ownerUrl: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'interdomestik-migrate' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Reads the mark. The comment of a database is not copied with it, so a copy counts as unmarked. */
export async function readMark(ownerUrl: string): Promise<DatabaseMark> {
  return await asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ schema: string | null; tenants: boolean }>(
      `SELECT shobj_description(oid, 'pg_database') AS schema, to_regclass('public.tenants') IS NOT NULL AS tenants FROM pg_database WHERE datname = current_database()`,
    );
    const [mark] = rows;
    if (mark?.tenants !== true) return { schema: mark?.schema ?? null, filled: false };
    const { rows: known } = await client.query('SELECT FROM tenants LIMIT 1');
    return { schema: mark.schema, filled: known.length > 0 };
  });
}

/** Leaves a mark for the next start; to be called when a migration and what follows it are complete. */
export async function writeMark(ownerUrl: string, schema: string): Promise<void> {
  await asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>('SELECT quote_ident(current_database()) AS name');
    await client.query(`COMMENT ON DATABASE ${rows[0]?.name ?? ''} IS ${escapeLiteral(schema)}`);
  });
}
