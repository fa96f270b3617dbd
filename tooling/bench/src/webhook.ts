import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort, repoRoot, withoutOwner } from '@interdomestik/up';
import { ask } from './ask';
import { startChild, untilAnswered } from './child';
import type { BenchDatabase } from './database';
import { env } from './env';
import { compare, looping, type Comparison } from './rounds';

const inFlight = 10;

export interface Post {
  readonly port: number;
  readonly host: string;
  readonly path: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** A delivery over a kept connection. Rejects unless it is answered with 200: a fast refusal is no figure. */
export function deliver(agent: Agent, { port, host, path, body, headers }: Post): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers: { host, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers } }, (answer) => {
      answer.resume();
      answer.once('end', () => { if (answer.statusCode === 200) resolve(); else reject(new Error(`${path} answered ${String(answer.statusCode)}`)); });
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

/** An event that no payment of ours knows: stored and queued like any other, each once. */
function event(): string {
  const id = randomUUID().replaceAll('-', '').slice(0, 26);
  return JSON.stringify({ event_id: `evt_${id}`, event_type: 'transaction.updated', occurred_at: new Date().toISOString(), notification_id: `ntf_${id}`, data: { id: `txn_${id}` } });
}

export function signature(secret: string, body: string): string {
  const ts = String(Math.floor(Date.now() / 1000));
  return `ts=${ts};h1=${createHmac('sha256', secret).update(`${ts}:${body}`).digest('hex')}`;
}

/** A signed event over the member portal's own server until its stored answer, against node:http and one INSERT of the same bytes. */
export async function benchWebhook(database: BenchDatabase, slug: string, variables: Record<string, string>, length: { rounds: number; milliseconds: number }): Promise<Comparison> {
  const [port, barePort] = [await freePort(), await freePort()];
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('create table if not exists bench_inbox (id bigint generated always as identity primary key, raw text not null)');
  await owner.end();
  const member = startChild('member', join(repoRoot, 'apps/member'), 'server.ts', {
    ...withoutOwner({ ...env.inherited(), ...variables, DATABASE_URL: database.appUrl, DATABASE_PLATFORM_URL: database.platformUrl }), MEMBER_PORT: String(port), NODE_ENV: 'production',
  });
  const bare = startChild('bare-inbox', repoRoot, join(import.meta.dirname, 'bare-server.ts'), {
    ...env.inherited(), BENCH_DATABASE_URL: database.ownerUrl, BENCH_PORT: String(barePort), NODE_ENV: 'production',
    BENCH_STATEMENT: JSON.stringify({ text: 'insert into bench_inbox (raw) values ($1)', values: [] }),
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 2 * inFlight });
  try {
    const host = `localhost:${String(port)}`;
    const path = `/api/webhooks/paddle/${slug}-main`;
    const ours = () => {
      const body = event();
      return deliver(agent, { port, host, path, body, headers: { 'paddle-signature': signature(database.webhookSecret, body) } });
    };
    const theirs = () => deliver(agent, { port: barePort, host: `localhost:${String(barePort)}`, path: '/', body: event(), headers: {} });
    await untilAnswered('member', async () => (await ask({ port, host, path: '/api/health' })).status === 200);
    await untilAnswered('bare-inbox', async () => { await theirs(); return true; });
    return await compare(looping(ours, inFlight), looping(theirs, inFlight), length);
  } finally {
    agent.destroy();
    await Promise.all([member.stop(), bare.stop()]);
  }
}
