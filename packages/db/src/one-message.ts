import { Client, Query, type Pool as DatabasePool, type PoolClient, type QueryArrayConfig, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg';
import { openingStatement, type TransactionSettings } from './opening';

/** A read and the settings that it is made under. */
export interface ScopedStatement {
  readonly settings: TransactionSettings;
  readonly statement: QueryConfig<unknown[]> | QueryArrayConfig<unknown[]>;
  /** True when the statement has a name and keeps the one plan that it was given for any values. */
  readonly planned: boolean;
  /** True when the connection stays the same between two transactions, so that it may remember statements. */
  readonly remembers: boolean;
}

// concat evaluates all of them and answers with one column
const openingText = `select length(concat(
  set_config('app.current_tenant_id', $1, true), set_config('app.current_branch_id', $2, true), set_config('app.actor_id', $3, true),
  set_config('plan_cache_mode', $4, true), set_config('transaction_read_only', 'on', true)))`;
const openingName = 'opening';

/** What of pg's connection and query its types do not say. */
interface Wire {
  readonly parsedStatements: Record<string, string | undefined>;
  parse(message: { text: string; name: string }): void;
  bind(message: { statement: string; values: readonly string[] }): void;
  execute(message: object): void;
}
interface QueryInternals {
  prepare(connection: Wire): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: unknown): void;
}
const inherited = Query.prototype as unknown as QueryInternals;

/**
 * The settings and one statement with a single Sync behind both. Postgres runs what stands before a Sync in one implicit transaction, so the
 * settings hold for the statement and for nothing after it; neither BEGIN nor COMMIT is sent, and the answer comes in one piece.
 */
class ScopedRead extends Query {
  readonly #scoped: ScopedStatement;
  #opened = false;

  constructor(scoped: ScopedStatement, callback: (error: Error | undefined, result: QueryResult) => void) {
    super(scoped.statement as QueryConfig, callback as never);
    this.#scoped = scoped;
  }

  /** Called by pg: always the extended protocol, whatever the statement's values. */
  requiresPreparation(): boolean {
    return true;
  }

  prepare(connection: Wire): void {
    const { settings, planned, remembers } = this.#scoped;
    const name = remembers ? openingName : '';
    if (!remembers || connection.parsedStatements[openingName] === undefined) {
      connection.parse({ text: openingText, name });
      if (remembers) connection.parsedStatements[openingName] = openingText;
    }
    connection.bind({ statement: name, values: [settings.tenantId, settings.branch, settings.actorId, planned ? 'force_generic_plan' : 'auto'] });
    connection.execute({});
    inherited.prepare.call(this, connection);
  }

  handleDataRow(message: unknown): void {
    if (this.#opened) inherited.handleDataRow.call(this, message);
  }

  handleCommandComplete(message: unknown, connection: unknown): void {
    if (this.#opened) inherited.handleCommandComplete.call(this, message, connection);
    else this.#opened = true;
  }
}

interface Corked {
  readonly connection?: { readonly stream?: { cork?(): void; uncork?(): void } };
}

/** Three messages in one write, for drivers whose queries are not pg's own. */
async function inThreeMessages<R extends QueryResultRow>(client: PoolClient, { settings, statement, planned }: ScopedStatement): Promise<QueryResult<R>> {
  const stream = (client as unknown as Corked).connection?.stream;
  stream?.cork?.();
  const sent = [client.query(openingStatement(settings, 'read only', planned)), client.query<R>(statement), client.query('commit')] as const;
  stream?.uncork?.();
  const [opened, answered, ended] = await Promise.allSettled(sent);
  for (const step of [opened, answered, ended]) if (step.status === 'rejected') throw step.reason;
  return (answered as PromiseFulfilledResult<QueryResult<R>>).value;
}

/**
 * Runs one statement under settings of its own, read-only, in one round trip. After an error the connection must not be used again.
 * Nothing else may be under way on the connection.
 */
export async function readScoped<R extends QueryResultRow>(client: PoolClient, scoped: ScopedStatement): Promise<QueryResult<R>> {
  if (!(client instanceof Client)) return await inThreeMessages<R>(client, scoped);
  return await new Promise<QueryResult<R>>((resolve, reject) => {
    client.query(new ScopedRead(scoped, (error, result) => (error === undefined || error === null ? resolve(result as QueryResult<R>) : reject(error))));
  });
}

/** The same on any connection of a pool. */
export async function readOnce<R extends QueryResultRow>(pool: DatabasePool, scoped: ScopedStatement): Promise<QueryResult<R>> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await readScoped<R>(client, scoped);
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // an error leaves the place of the connection unknown: never hand it to the next request
    client.release(broken);
  }
}
