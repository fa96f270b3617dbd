import { join } from 'node:path';
import { freePort, repoRoot, withoutOwner } from '@interdomestik/up';
import { ask, signInOverHttp } from './ask';
import { startChild, untilAnswered } from './child';
import type { BenchDatabase } from './database';
import { env } from './env';
import { loading } from './load';
import { managerOf } from './people';
import { compare, type Comparison } from './rounds';
import type { Statement } from './statement';

const connections = 10;

/** The address of a query over HTTP, as the browser's client writes it. */
export function queryPath(procedure: string, input: unknown): string {
  return `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
}

/**
 * The list of members over the admin portal's own server, signed in, against a server of nothing but node:http and pg that answers the same rows.
 * `variables` are the environment of a local run.
 */
export async function benchHttpList(database: BenchDatabase, slug: string, statement: Statement, variables: Record<string, string>, length: { rounds: number; milliseconds: number }): Promise<Comparison> {
  const [port, barePort] = [await freePort(), await freePort()];
  const admin = startChild('admin', join(repoRoot, 'apps/admin'), 'server.ts', {
    ...withoutOwner({ ...env.inherited(), ...variables, DATABASE_URL: database.appUrl, DATABASE_PLATFORM_URL: database.platformUrl }), ADMIN_PORT: String(port), NODE_ENV: 'production',
  });
  const bare = startChild('bare', repoRoot, join(import.meta.dirname, 'bare-server.ts'), {
    ...env.inherited(), BENCH_DATABASE_URL: database.backupUrl, BENCH_PORT: String(barePort), BENCH_STATEMENT: JSON.stringify(statement), NODE_ENV: 'production',
  });
  try {
    const portal = { port, host: `${slug}.localhost:${port}` };
    const path = queryPath('members.list', { limit: 25 });
    const theirs = { url: `http://127.0.0.1:${barePort}/` };
    await untilAnswered('admin', async () => (await ask({ ...portal, path: '/api/health' })).status === 200);
    await untilAnswered('bare', async () => (await fetch(theirs.url)).ok);
    const cookie = await signInOverHttp(portal, managerOf(slug));
    const { text } = await ask({ ...portal, path, cookie });
    const answer = JSON.parse(text) as { result?: { data?: { json?: { items?: unknown[] } } } };
    if (answer.result?.data?.json?.items?.length !== 25) throw new Error(`the portal did not answer 25 members: ${text.slice(0, 200)}`);
    const ours = { url: `http://127.0.0.1:${port}${path}`, headers: { host: portal.host, cookie } };
    return await compare(loading(ours, connections), loading(theirs, connections), length);
  } finally {
    await Promise.all([admin.stop(), bare.stop()]);
  }
}
