import { sql } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import type { Pool as DatabasePool, PoolClient } from 'pg';
import { runtimePool } from '../pools';
import { prepareRead } from '../prepared';
import { branches } from '../schema';
import type { TenantScope } from '../scope';
import { snapshotTenant } from '../snapshot';
import { readTenant, withTenant } from '../tenant';
import { seeded } from '../testing/factories';

/** How a request ends: answered, by an error of ours, by a client that goes away in the middle, or by the statement's time limit. */
export const fates = ['answered', 'thrown', 'aborted', 'timed out'] as const;
export type Fate = (typeof fates)[number];

/** One way to the rows. Tells every tenant that it sees, and ends as its fate says. */
export type Door = (scope: TenantScope, fate: Fate, see: (tenants: readonly string[]) => void) => Promise<void>;

/** What a statement does for each fate. It sees rows of every tenant unless something hides them: no condition, on purpose. */
const what = {
  answered: sql<string>`''`,
  thrown: sql<string>`(1 / 0)::text`,
  aborted: sql<string>`/* the client goes away */ pg_sleep(0.02)::text`,
  'timed out': sql<string>`pg_sleep(3)::text`,
} as const;

const queryOf = (fate: Fate) => new QueryBuilder().select({ tenantId: branches.tenantId, what: what[fate] }).from(branches);
const prepared = {
  answered: prepareRead(queryOf('answered')), thrown: prepareRead(queryOf('thrown')), aborted: prepareRead(queryOf('aborted')), 'timed out': prepareRead(queryOf('timed out')),
} as const;

const tenantsOf = (rows: readonly { tenantId: string }[]): string[] => rows.map(({ tenantId }) => tenantId);

/** The product's ways to a tenant's rows. */
export const gateway: Readonly<Record<string, Door>> = {
  withTenant: async (scope, fate, see) => {
    await withTenant(scope, async (tx) => {
      const all = () => tx.select({ tenantId: branches.tenantId }).from(branches);
      see(tenantsOf(await all()));
      if (fate === 'thrown') throw new Error('thrown');
      if (fate === 'aborted') await tx.execute(sql`select ${what.aborted}`);
      if (fate === 'timed out') await tx.execute(sql`set local statement_timeout = 2`).then(() => tx.execute(sql`select pg_sleep(0.5)`));
      see(tenantsOf(await all()));
    });
  },
  readTenant: async (scope, fate, see) => see(tenantsOf(await readTenant(scope, (tx) => tx.select({ tenantId: branches.tenantId, what: what[fate] }).from(branches)))),
  snapshotTenant: async (scope, fate, see) => {
    await snapshotTenant(scope, async (snapshot) => {
      const all = async () => {
        const rows: { tenantId: string }[] = [];
        for await (const page of snapshot.pages<{ tenantId: string }>(sql`select tenant_id as "tenantId", ${what[fate]} as what from branches`, 2)) rows.push(...page);
        see(tenantsOf(rows));
      };
      await all();
      await all();
    });
  },
  prepared: async (scope, fate, see) => see(tenantsOf(await prepared[fate](scope, {}))),
};

/** What must never be written: the settings of a whole session, for want of a transaction. */
export const plainSet: Readonly<Record<string, Door>> = {
  plainSet: async (scope, fate, see) => {
    const client = await runtimePool().connect();
    const all = async () => (await client.query<{ tenantId: string }>('select tenant_id as "tenantId" from branches')).rows;
    let broken: Error | undefined;
    try {
      await client.query("select set_config('app.current_tenant_id', $1, false), set_config('app.current_branch_id', '*', false)", [scope.tenantId]);
      see(tenantsOf(await all()));
      if (fate === 'thrown') throw new Error('thrown');
      if (fate !== 'answered') await client.query(fate === 'aborted' ? 'select /* the client goes away */ pg_sleep(0.02)' : 'select pg_sleep(3)');
      see(tenantsOf(await all()));
    } catch (error) {
      if (fate === 'aborted') broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  },
};

/** Lets a client whose statement says so go away in the middle of it, as a killed process does. */
export function abortable(pool: DatabasePool): void {
  pool.on('connect', (client) => {
    const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((...args: unknown[]) => {
      const [first] = args;
      const text = typeof first === 'string' ? first : (first as { text?: string }).text;
      const sent = query(...args);
      if (text?.includes('/* the client goes away */') === true) setTimeout(() => stream.destroy(), 1);
      return sent;
    }) as PoolClient['query'];
  });
}

// what a request without settings finds on its connection; all of it must be as if nobody had been there before
const leftovers = `select pg_backend_pid() as pid, concat(current_setting('app.current_tenant_id', true), current_setting('app.current_branch_id', true), current_setting('app.actor_id', true),
    current_setting('app.actor_kind', true), current_setting('app.action', true), current_setting('app.request_id', true)) as settings,
  current_setting('transaction_read_only') as read_only, current_setting('plan_cache_mode') as planned, (select count(*) from branches)::int as rows`;

interface Left { pid: number; settings: string; read_only: string; planned: string; rows: number }

const clean = (left: Left): boolean => left.settings === '' && left.read_only === 'off' && left.planned === 'auto' && left.rows === 0;

export interface Report {
  /** Answers that held exactly the rows of their tenant. */
  own: number;
  /** Answers with a row of somebody else, or with too few of their own. */
  foreign: string[];
  /** Requests that ended as they were meant to, by fate. */
  ended: Record<Fate, number>;
  /** Requests that ended otherwise. */
  unplanned: string[];
  /** Connections that still held something of a request before. */
  left: string[];
  /** Looks at a connection without settings. */
  looks: number;
}

export interface Load {
  readonly seed: number;
  readonly requests: number;
  readonly doors: Readonly<Record<string, Door>>;
  /** The tenants that ask, and how many rows each has. */
  readonly tenants: readonly (readonly [scope: TenantScope, rows: number])[];
  /** Requests under way at once. */
  readonly lanes: number;
  /** Connections of the server that must have been looked at in the end. */
  readonly connections: number;
}

function pick<T>(list: readonly T[], random: () => number): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

// 10 % throw, 10 % go away, 5 % run into the time limit
function fateOf(random: () => number): Fate {
  const at = random();
  return at < 0.1 ? 'thrown' : at < 0.2 ? 'aborted' : at < 0.25 ? 'timed out' : 'answered';
}

/** Sends requests of all tenants through all doors, interleaved as the seed says, and tells whose rows came back to whom. */
export async function pour({ seed, requests, doors, tenants, lanes, connections }: Load): Promise<Report> {
  const random = seeded(seed);
  const report: Report = { own: 0, foreign: [], ended: { answered: 0, thrown: 0, aborted: 0, 'timed out': 0 }, unplanned: [], left: [], looks: 0 };
  const looked = new Set<number>();
  const look = async (client: Pick<PoolClient, 'query'>): Promise<void> => {
    const { rows: [left] } = await client.query<Left>(leftovers);
    if (left === undefined) throw new Error('no answer');
    looked.add(left.pid);
    report.looks += 1;
    if (!clean(left)) report.left.push(JSON.stringify(left));
  };
  const request = async (): Promise<void> => {
    const [[scope, rows], name, fate] = [pick(tenants, random), pick(Object.keys(doors), random), fateOf(random)];
    if (random() < 0.05) await look(runtimePool());
    try {
      await doors[name]?.(scope, fate, (seen) => {
        if (seen.length === rows && seen.every((tenant) => tenant === scope.tenantId)) report.own += 1;
        else report.foreign.push(`${name} as ${scope.tenantId} (${fate}) saw ${[...new Set(seen)].join(' and ')}, ${String(seen.length)} rows for ${String(rows)}`);
      });
      if (fate === 'answered') report.ended.answered += 1;
      else report.unplanned.push(`${name}, ${fate}: was answered`);
    } catch (error) {
      if (fate === 'answered') report.unplanned.push(`${name}: ${told(error)}`);
      else report.ended[fate] += 1;
    }
  };
  let sent = 0;
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (; sent < requests; ) {
      sent += 1;
      await request();
    }
  }));
  looked.clear();
  for (let round = 0; round < 100 && looked.size < connections; round += 1) {
    const held = await Promise.all(Array.from({ length: connections }, () => runtimePool().connect()));
    await Promise.all(held.map(look));
    for (const client of held) client.release();
  }
  if (looked.size < connections) throw new Error(`only ${String(looked.size)} of ${String(connections)} connections were looked at`);
  return report;
}

function told(error: unknown): string {
  let message = '';
  for (let current = error; current instanceof Error; current = current.cause) message = `${(current as { code?: string }).code ?? ''} ${current.message}`;
  return message;
}

/** One line for whoever reads the run. */
export function summaryOf(name: string, seed: number, report: Report): string {
  const { ended, own, foreign, left, looks, unplanned } = report;
  return `${name} (seed ${String(seed)}): ${String(ended.answered)} answered, ${String(ended.thrown)} thrown, ${String(ended.aborted)} aborted, ${String(ended['timed out'])} timed out, `
    + `${String(unplanned.length)} unplanned; ${String(own)} readings of own rows, ${String(foreign.length)} foreign; ${String(looks)} looks at connections, ${String(left.length)} not clean\n`;
}
