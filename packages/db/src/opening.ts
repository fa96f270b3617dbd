import { escapeLiteral, type Pool as DatabasePool, type PoolClient, type QueryArrayConfig, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg';

/** The settings that every policy and trigger reads; always local to one transaction. */
export interface TransactionSettings {
  readonly tenantId: string;
  /** `*` the whole tenant, a branch id, `self`, or `none`. */
  readonly branch: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly action: string;
  readonly requestId: string;
}

/**
 * BEGIN and the settings as one message, so that no statement can run between them. A transaction that cannot write sets only what the
 * policies read; the others are there for the audit trigger. With `planned` a remembered statement keeps the one plan that it was
 * given for any values.
 */
export function openingStatement(settings: TransactionSettings, mode: 'read only' | 'read write', planned = false): string {
  const set = (name: string, value: string) => `set_config('app.${name}', ${escapeLiteral(value)}, true)`;
  const walls = [set('current_tenant_id', settings.tenantId), set('current_branch_id', settings.branch), set('actor_id', settings.actorId)];
  const trail = mode === 'read only' ? [] : [set('actor_kind', settings.actorKind), set('action', settings.action), set('request_id', settings.requestId)];
  const plan = planned ? ["set_config('plan_cache_mode', 'force_generic_plan', true)"] : [];
  // concat evaluates all of them and answers with one column: less to read for every transaction
  return `begin ${mode}; select length(concat(${[...walls, ...trail, ...plan].join(', ')}))`;
}

interface Corked {
  readonly connection?: { readonly stream?: { cork?(): void; uncork?(): void } };
}

/** Sends all that `send` asks of a connection as one write: a write for each message costs more than the messages. */
export function inOneWrite<T>(client: PoolClient, send: () => T): T {
  const stream = (client as unknown as Corked).connection?.stream;
  stream?.cork?.();
  try {
    return send();
  } finally {
    stream?.uncork?.();
  }
}

/** One read in its own transaction. On a pipelined pool all three messages travel together: one round trip. */
export async function inPipeline<R extends QueryResultRow>(pool: DatabasePool, opening: string, query: QueryConfig<unknown[]> | QueryArrayConfig<unknown[]>): Promise<QueryResult<R>> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const sent = inOneWrite(client, () => [client.query(opening), client.query<R>(query), client.query('commit')] as const);
    const [opened, answered, ended] = await Promise.allSettled(sent);
    for (const step of [opened, answered, ended]) if (step.status === 'rejected') throw step.reason;
    return (answered as PromiseFulfilledResult<QueryResult<R>>).value;
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // an error leaves the place of the connection in its transaction unknown: never hand it to the next request
    client.release(broken);
  }
}
