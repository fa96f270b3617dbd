import { escapeLiteral, type Pool as DatabasePool, type QueryResult, type QueryResultRow } from 'pg';

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

/** BEGIN and all settings as one message, so that no statement can run between them. */
export function openingStatement(settings: TransactionSettings, mode: 'read only' | 'read write'): string {
  const set = (name: string, value: string) => `set_config('app.${name}', ${escapeLiteral(value)}, true)`;
  return `begin ${mode}; select ${[
    set('current_tenant_id', settings.tenantId),
    set('current_branch_id', settings.branch),
    set('actor_kind', settings.actorKind),
    set('actor_id', settings.actorId),
    set('action', settings.action),
    set('request_id', settings.requestId),
  ].join(', ')}`;
}

/** One read in its own transaction. On a pipelined pool all three messages travel together: one round trip. */
export async function inPipeline<R extends QueryResultRow>(pool: DatabasePool, opening: string, query: { text: string; values: unknown[] }): Promise<QueryResult<R>> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const sent = [client.query(opening), client.query<R>(query.text, query.values), client.query('commit')] as const;
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
