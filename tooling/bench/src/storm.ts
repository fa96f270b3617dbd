import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort, ofPortal, repoRoot, withoutOwner } from '@interdomestik/up';
import { ask } from './ask';
import { startChild, untilAnswered } from './child';
import type { BenchDatabase } from './database';
import { env } from './env';
import { quantile, type Figures } from './rounds';
import { deliver, signature } from './webhook';

const events = 1_000;
const duplicates = 20;
/** As many as the catalogue asks for (P-03). */
const connections = 50;
const settleSeconds = 180;

export interface StormFigures {
  readonly ours: Figures;
  readonly bare: Figures;
  /** Longest answer, ms. */
  readonly worst: number;
  /** Events, and effects that came of them: payments, postings and commissions asked for. */
  readonly events: number;
  readonly effects: number;
  readonly settledSeconds: number;
}

async function inBooks<T>(database: BenchDatabase, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Sales of members that wait for their money. */
async function openPayments(database: BenchDatabase, slug: string): Promise<string[]> {
  return await inBooks(database, async (client) => {
    const { rows } = await client.query<{ id: string }>(`insert into payments (tenant_id, id, user_id, branch_id, payment_account_id, method, status, amount_minor, currency, tax_document_issuer, provider_transaction_id)
      select u.tenant_id, gen_random_uuid(), u.id, u.branch_id, a.id, 'card', 'pending', 3500, 'EUR', 'provider', 'txn_storm_' || row_number() over (order by u.id)
      from "user" u join tenants t on t.id = u.tenant_id join payment_accounts a on a.tenant_id = u.tenant_id and a.provider = 'paddle' and a.slug = 'main'
      where t.slug = $1 and u.member_number is not null and u.branch_id is not null order by u.id limit $2 returning id`, [slug, events]);
    return rows.map(({ id }) => id);
  });
}

function paid(paymentId: string, index: number): string {
  const id = randomUUID().replaceAll('-', '').slice(0, 26);
  return JSON.stringify({
    event_id: `evt_${id}`, event_type: 'transaction.completed', occurred_at: new Date().toISOString(), notification_id: `ntf_${id}`,
    data: {
      id: `txn_storm_${String(index + 1)}`, status: 'completed', customer_id: 'ctm_storm', subscription_id: null, currency_code: 'EUR', invoice_number: null, checkout: null, payments: [], custom_data: { reference: paymentId },
      details: { totals: { subtotal: '2966', tax: '534', total: '3500', grand_total: '3500', fee: '150' }, line_items: [] },
    },
  });
}

function shuffled<T>(list: readonly T[]): T[] {
  const mixed = [...list];
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    const other = Math.floor(Math.random() * (index + 1));
    [mixed[index], mixed[other]] = [mixed[other] as T, mixed[index] as T];
  }
  return mixed;
}

/** Sends all of it over so many connections, each its next one when the last is answered. */
async function send(calls: readonly (() => Promise<void>)[]): Promise<Figures & { readonly worst: number }> {
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    for (let call = calls[next]; call !== undefined; call = calls[next]) {
      next += 1;
      const start = performance.now();
      await call();
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return { perSecond: (times.length * 1000) / (performance.now() - began), p50: quantile(times, 0.5), p95: quantile(times, 0.95), worst: Math.max(...times) };
}

/** How often the events have had their effect: paid once, booked once. */
async function effectsOf(database: BenchDatabase, ids: readonly string[]): Promise<number> {
  return await inBooks(database, async (client) => {
    const { rows: [row] } = await client.query<{ paid: number; booked: number }>(`select (select count(*)::int from payments where id = any($1::uuid[]) and status = 'succeeded') as paid,
      (select count(*)::int from ledger_transactions where source_type = 'payment' and source_id = any($1::uuid[]) and kind = 'card_sale') as booked`, [ids]);
    if (row === undefined) throw new Error('nothing was counted');
    if (row.paid !== row.booked) return Math.min(row.paid, row.booked);
    return row.booked;
  });
}

/**
 * A thousand paid sales, each reported twenty times in any order over fifty connections, to the member portal's own server while a worker settles them; beside it node:http and one INSERT of the same messages. Every answer counts, and
 * each sale must have had its effect once.
 */
export async function benchStorm(database: BenchDatabase, slug: string, variables: Record<string, string>): Promise<StormFigures> {
  const [port, barePort] = [await freePort(), await freePort()];
  const own = { ...withoutOwner({ ...env.inherited(), ...variables, DATABASE_URL: database.appUrl, DATABASE_PLATFORM_URL: database.platformUrl }), MEMBER_PORT: String(port), NODE_ENV: 'production' };
  await inBooks(database, async (client) => { await client.query('create table if not exists bench_inbox (id bigint generated always as identity primary key, raw text not null)'); });
  const ids = await openPayments(database, slug);
  if (ids.length !== events) throw new Error(`only ${String(ids.length)} sales could be opened`);
  const children = [
    startChild('storm-member', join(repoRoot, 'apps/member'), 'server.ts', ofPortal(own)), startChild('storm-worker', join(repoRoot, 'apps/worker'), 'src/main.ts', own),
    startChild('storm-bare', repoRoot, join(import.meta.dirname, 'bare-server.ts'), {
      ...env.inherited(), BENCH_DATABASE_URL: database.adminUrl, BENCH_PORT: String(barePort), NODE_ENV: 'production', BENCH_STATEMENT: JSON.stringify({ text: 'insert into bench_inbox (raw) values ($1)', values: [] }),
    }),
  ];
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    const host = `localhost:${String(port)}`;
    const path = `/api/webhooks/paddle/${slug}-main`;
    const bodies = ids.map(paid);
    const ours = shuffled(bodies.flatMap((body) => Array.from({ length: duplicates }, () => () => deliver(agent, { port, host, path, body, headers: { 'paddle-signature': signature(database.webhookSecret, body) } }))));
    const theirs = bodies.flatMap((body) => Array.from({ length: duplicates }, () => () => deliver(agent, { port: barePort, host: `localhost:${String(barePort)}`, path: '/', body, headers: {} })));
    await untilAnswered('storm-member', async () => (await ask({ port, host, path: '/api/health' })).status === 200);
    await untilAnswered('storm-bare', async () => { await theirs[0]?.(); return true; });
    const bare = await send(theirs);
    const began = performance.now();
    const { worst, ...figures } = await send(ours);
    let effects = await effectsOf(database, ids);
    while (effects < events && performance.now() - began < settleSeconds * 1000) {
      await sleep(500);
      effects = await effectsOf(database, ids);
    }
    return { ours: figures, bare, worst, events, effects, settledSeconds: (performance.now() - began) / 1000 };
  } finally {
    agent.destroy();
    await Promise.all(children.map((child) => child.stop()));
  }
}
