import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeDatabase, connectDatabase, type TenantScope } from '@interdomestik/db';
import { repoRoot } from '@interdomestik/up';
import type { BenchDatabase } from './database';
import { env } from './env';
import { adminScope, callerOf } from './people';
import type { Comparison } from './rounds';

export interface WarmFigures {
  /** A price: both documents resolved, the sale priced with VAT, period, lines and receipt. */
  readonly price: Comparison;
  /** Every step that a claim may take from its state, judged for one colleague. */
  readonly transition: Comparison;
  /** Statements that warm lookups of rules sent, and how many lookups there were. */
  readonly statements: number;
  readonly lookups: number;
}

export interface RulesFigures extends WarmFigures {
  /** Milliseconds from the answer to publishing until another process decides by it; each of several. */
  readonly reaches: readonly number[];
}

/** A process of the benchmark that knows the database and the tenant, and says what it finds. */
function startRules(file: string, database: BenchDatabase, slug: string, more: readonly string[] = []) {
  return spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, file), ...more], {
    cwd: repoRoot, env: { ...env.inherited(), BENCH_DATABASE_URL: database.appUrl, BENCH_TENANT: slug, NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Everything that a process says until it ends. Throws when it fails. */
async function said(child: ReturnType<typeof startRules>): Promise<string> {
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`a process of the benchmark ended with ${String(code)}`);
  return Buffer.concat(parts).toString('utf8');
}

/** Publishes a version of a rule as an administrator does. */
async function publish(scope: TenantScope, note: string): Promise<number> {
  const { settings } = callerOf(scope);
  const { inForce } = await settings.kind({ kind: 'limits', branchId: null });
  const draft = await settings.saveDraft({ kind: 'limits', branchId: null, id: null, revision: null, value: inForce.value, note });
  const { version } = await settings.validateDraft({ id: draft.id, revision: draft.revision });
  return (await settings.publish({ id: draft.id, revision: version.revision, effectiveFrom: null })).version;
}

/** How long versions take to reach a process that only reads: it says aloud when it sees a new one. */
async function reach(scope: TenantScope, database: BenchDatabase, slug: string, times: number): Promise<number[]> {
  const watcher = startRules('rules-watcher.ts', database, slug);
  const seen = new Map<number, number>();
  createInterface({ input: watcher.stdout }).on('line', (line) => {
    const [version, at] = line.split(' ').map(Number);
    if (version !== undefined && at !== undefined) seen.set(version, at);
  });
  const until = async (version: number): Promise<number> => {
    for (const late = Date.now() + 30_000; Date.now() < late; await sleep(5)) {
      const at = seen.get(version);
      if (at !== undefined) return at;
    }
    throw new Error('the other process did not see the version');
  };
  try {
    await until((await callerOf(scope).settings.kind({ kind: 'limits', branchId: null })).inForce.version);
    const took: number[] = [];
    for (let n = 0; n < times; n += 1) {
      // published at another moment of the second each time
      await sleep(170 * n);
      const version = await publish(scope, `measured ${String(n)}`);
      const published = Date.now();
      took.push(Math.max(0, (await until(version)) - published));
    }
    return took;
  } finally {
    const ended = once(watcher, 'exit');
    watcher.kill('SIGTERM');
    await ended;
  }
}

/** What rules cost a process that is warm, and how fast a published one is everywhere. */
export async function benchRules(database: BenchDatabase, slug: string, length: { rounds: number; milliseconds: number }): Promise<RulesFigures> {
  // in a process of its own: one that has filled a database keeps what it prices for long, as no process of the product does
  const warm = await said(startRules('rules-warm.ts', database, slug, [JSON.stringify(length)]));
  await connectDatabase({ appUrl: database.appUrl, platformUrl: database.platformUrl, max: 4, applicationName: 'interdomestik-bench' });
  try {
    return { ...(JSON.parse(warm) as WarmFigures), reaches: await reach(await adminScope(slug), database, slug, 6) };
  } finally {
    await closeDatabase();
  }
}
