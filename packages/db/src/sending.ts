import { DrizzleQueryError } from 'drizzle-orm';
import type { PoolClient, QueryConfig, QueryResult } from 'pg';

/** How one transaction speaks to its connection. */
export interface Line {
  /** Sends a statement. A write without RETURNING is answered at once, with nothing: nobody waits for it. */
  readonly ask: (asked: string | QueryConfig<unknown[]>, values?: unknown[]) => Promise<QueryResult>;
  /** Sends a write whose answer nobody reads, whatever it would give back. */
  readonly send: (text: string, values: unknown[]) => void;
  /** Throws what the first write that nobody waited for failed with. Complete once a later statement was answered. */
  readonly assertSent: () => void;
}

interface Corked {
  readonly connection?: { readonly stream?: { cork?(): void; uncork?(): void } };
}

// one that is taken for another only waits, as everything else does
const silent = /^(?:insert into|update|delete from) (?![\s\S]*\breturning\b)/iu;
const insert = /^\s*insert into /iu;
const nothing: QueryResult = { command: '', rowCount: null, oid: 0, fields: [], rows: [] };

// every connection keeps a plan for each name, so there is an end to them
const mostNames = 200;
const mostTexts = 2_000;
const runs = new Map<string, { times: number; name: string | undefined }>();
let names = 0;

/** The name of a statement that comes again and again; only of inserts, for which any values have the same plan. */
function nameOf(text: string): string | undefined {
  const known = runs.get(text);
  if (known === undefined) {
    if (runs.size < mostTexts && insert.test(text)) runs.set(text, { times: 1, name: undefined });
    return undefined;
  }
  known.times += 1;
  if (known.times === 3 && names < mostNames) known.name = `write_${String(names += 1)}`;
  return known.name;
}

/**
 * A line that does not wait where nothing is to be read. The statements of a transaction run in the order in which they were sent, and after one that failed Postgres does none of the others and commits nothing:
 * so a write may be on its way while the next statement is made. What is sent between two answers leaves in one write to the network.
 *
 * @param remembers whether the connection stays the same between two transactions, so that it may remember statements by name
 */
export function sendingBehind(client: PoolClient, remembers: boolean): Line {
  const { stream } = (client as unknown as Corked).connection ?? {};
  let gathering = false;
  let failed: { readonly error: unknown } | undefined;
  const gather = () => {
    if (gathering) return;
    gathering = true;
    stream?.cork?.();
    process.nextTick(() => {
      gathering = false;
      stream?.uncork?.();
    });
  };
  const put = (asked: string | QueryConfig<unknown[]>, values?: unknown[]): Promise<QueryResult> => {
    gather();
    const text = typeof asked === 'string' ? asked : asked.text;
    const name = remembers && values !== undefined ? nameOf(text) : undefined;
    if (name === undefined) return client.query(asked as QueryConfig<unknown[]>, values);
    return client.query({ ...(typeof asked === 'string' ? { text } : asked), name }, values);
  };
  const send = (text: string, values: unknown[], answer: Promise<QueryResult>) => {
    answer.catch((error: unknown) => { failed ??= { error: new DrizzleQueryError(text, values, error as Error) }; });
  };
  return {
    ask: (asked, values) => {
      const answer = put(asked, values);
      const text = typeof asked === 'string' ? asked : asked.text;
      if (!silent.test(text)) return answer;
      send(text, values ?? [], answer);
      return Promise.resolve(nothing);
    },
    send: (text, values) => { send(text, values, put(text, values)); },
    assertSent: () => {
      if (failed !== undefined) throw failed.error;
    },
  };
}
