import { closeDatabase, connectDatabase, queryIn, readTenant, resolveScope, type TenantScope } from '@interdomestik/db';
import { Pool } from 'pg';
import type { BenchDatabase } from './database';
import { callerOf, managerScope } from './people';
import { compare, looping, type Comparison } from './rounds';
import type { Statement } from './statement';

const page = 25;
const inFlight = 10;

/** One layer more than the row before it. */
export interface Layer {
  readonly name: string;
  /** What it was measured beside: the bare statement, or bare HTTP with the bare statement behind it. */
  readonly beside: 'SQL' | 'HTTP';
  readonly figures: Comparison;
}

/** The statement without its conditions on tenant and branch: what is left to the policies. Its values stay where they are. */
export function unfiltered({ text, values }: Statement): Statement {
  const without = text.replaceAll(/"user"\."tenant_id" = (\$\d+)/gu, '($1::text is not null)').replaceAll(/"user"\."branch_id" = (\$\d+)/gu, '($1::uuid is not null)');
  if (without === text) throw new Error('the statement asks for no tenant');
  return { text: without, values };
}

/**
 * What each layer of a read adds, from the bare statement to the procedure: the same page of members every time, each layer measured in turns with the
 * bare statement on a role that no policy binds. HTTP is measured beside bare HTTP (`http-list.ts`).
 */
export async function benchLayers(database: BenchDatabase, slug: string, statement: Statement, length: { rounds: number; milliseconds: number }): Promise<Layer[]> {
  const bare = new Pool({ connectionString: database.backupUrl, max: inFlight });
  const theirs = looping(() => bare.query(statement.text, statement.values), inFlight);
  const layers: Layer[] = [];
  const measure = async (name: string, appUrl: string, call: (scope: TenantScope) => Promise<number>): Promise<void> => {
    // signed in as the product's role; what follows may be another
    await connectDatabase({ appUrl: database.appUrl, max: inFlight, applicationName: 'interdomestik-bench' });
    const scope = await managerScope(slug);
    if (appUrl !== database.appUrl) await connectDatabase({ appUrl, max: inFlight, applicationName: 'interdomestik-bench' });
    const rows = await call(scope);
    if (rows < page) throw new Error(`${name} answers ${String(rows)} rows`);
    layers.push({ name, beside: 'SQL', figures: await compare(looping(() => call(scope), inFlight), theirs, length) });
  };
  const read = (asked: Statement) => async (scope: TenantScope) => (await readTenant(scope, (tx) => queryIn(tx, asked.text, asked.values))).rows.length;
  const signedIn = async ({ tenantId, sessionId }: TenantScope): Promise<TenantScope> => {
    const scope = await resolveScope({ kind: 'session', tenantId, sessionId: sessionId ?? '', app: 'admin' });
    if (scope === null) throw new Error('the session has ended');
    return scope;
  };
  try {
    await measure('+ settings of the transaction', database.backupUrl, read(statement));
    await measure('+ row level security', database.appUrl, read(unfiltered(statement)));
    await measure('+ the filter of the query', database.appUrl, read(statement));
    await measure('+ session, read every time', database.appUrl, async (scope) => await read(statement)(await signedIn(scope)));
    await measure('+ tRPC procedure, its statement planned once', database.appUrl, async (scope) => (await callerOf(await signedIn(scope)).members.list({ limit: page })).items.length);
    return layers;
  } finally {
    await bare.end();
    await closeDatabase();
  }
}
