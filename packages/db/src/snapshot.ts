import { AsyncLocalStorage } from 'node:async_hooks';
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { PoolClient, QueryResultRow } from 'pg';
import { openingStatement } from './opening';
import { runtimePool } from './pools';
import type { TenantScope } from './scope';
import { settingsOf } from './tenant';

/** What a long read may do. Worth nothing once its `snapshotTenant` has ended. */
export interface Snapshot {
  /**
   * The rows of a query as the driver gives them, `size` at a time, through a cursor of the database: each page is a statement with
   * a time limit of its own, and no more than one page is in memory. The query needs no order, only a `tenant_id` of its own like every other.
   */
  pages<Row extends QueryResultRow>(query: SQL, size: number): AsyncGenerator<Row[], void, void>;
}

/** Each holds a connection for seconds, and whoever reads one may ask for a second to write down how far it has come. */
const mostAtOnce = 2;
const dialect = new PgDialect();
const reading = new AsyncLocalStorage<true>();
const waiting: (() => void)[] = [];
let open = 0;

async function enter(): Promise<void> {
  if (open >= mostAtOnce) await new Promise<void>((resolve) => { waiting.push(resolve); });
  else open += 1;
}

function leave(): void {
  const next = waiting.shift();
  // the place is handed on, so the count stays
  if (next === undefined) open -= 1;
  else next();
}

function snapshotOn(client: PoolClient): { snapshot: Snapshot; close: () => void } {
  let alive = true;
  let cursors = 0;
  const ask = async <Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]> => {
    if (!alive) throw new Error('this snapshot has ended');
    return (await client.query<Row>(text, values)).rows;
  };
  const pages: Snapshot['pages'] = async function* pages<Row extends QueryResultRow>(query: SQL, size: number) {
    if (!Number.isInteger(size) || size < 1) throw new Error('a page holds at least one row');
    const { sql: text, params } = dialect.sqlToQuery(query);
    cursors += 1;
    const name = `page_${String(cursors)}`;
    await ask(`declare ${name} no scroll cursor for ${text}`, params);
    for (let full = true; full; ) {
      const rows = await ask<Row>(`fetch forward ${String(size)} from ${name}`);
      full = rows.length === size;
      if (rows.length > 0) yield rows;
    }
    await ask(`close ${name}`);
  };
  return { snapshot: { pages }, close: () => { alive = false; } };
}

/**
 * Runs `fn` beside one read-only transaction of the scope's tenant in which every query sees the same moment, for work that reads more than
 * fits into memory or one statement. `fn` itself is in no transaction: it may write with `withTenant` meanwhile, in short ones of their own, and
 * what it writes it does not see. Between two pages it must come back within ten seconds. At most two at once in a process; the next waits.
 * Throws inside a tenant transaction and inside another snapshot.
 */
export async function snapshotTenant<T>(scope: TenantScope, fn: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const settings = settingsOf(scope);
  if (reading.getStore() === true) throw new Error('a snapshot inside a snapshot: read from the open one instead');
  await enter();
  try {
    const client = await runtimePool().connect();
    const { snapshot, close } = snapshotOn(client);
    let broken: Error | undefined;
    try {
      await client.query(openingStatement(settings, 'snapshot'));
      return await reading.run(true, () => fn(snapshot));
    } finally {
      close();
      // nothing was written, so there is nothing to keep; whatever cursor is open ends with it
      await client.query('rollback').catch((reason: unknown) => { broken = reason instanceof Error ? reason : new Error(String(reason)); });
      client.release(broken);
    }
  } finally {
    leave();
  }
}
