import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manyMembersFile } from '@interdomestik/rules/testing';
import { closeDatabase } from '@interdomestik/db';
import { createTestDatabase, seeded, type TestDatabase } from '@interdomestik/db/testing';
import { adminSql, closeAdmin, useWorld } from '../testing';

const world = useWorld();
const script = fileURLToPath(new URL('../testing/import-child.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'import-kills-'));
const running = new Set<ChildProcess>();
const copies: TestDatabase[] = [];
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  await closeAdmin();
  for (const copy of copies) await copy.drop();
});

interface Told {
  readonly batch?: string;
  readonly done?: number;
  readonly outcomes?: Readonly<Record<string, number>>;
}

/** Runs a process until it ends by itself, or is killed so many milliseconds after it has told that it came so far. */
async function run(told: object, killAt?: { readonly done: number; readonly after: number }): Promise<{ readonly last: Told; readonly killed: boolean }> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(told)], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  let rest = '';
  let last: Told = {};
  let killed = false;
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) last = JSON.parse(line) as Told;
    if (killed || killAt === undefined || (last.done ?? 0) < killAt.done) return;
    killed = true;
    setTimeout(() => { child.kill('SIGKILL'); }, killAt.after);
  });
  await new Promise<void>((resolve) => { child.once('close', () => { resolve(); }); });
  running.delete(child);
  return { last, killed: child.signalCode === 'SIGKILL' };
}

/** Everything that the import has written, row by row; only the codes of cards are drawn by lot. Ids follow from the batch and the line, so both runs have the same. */
async function contents({ adminUrl }: TestDatabase, batch: string): Promise<Record<string, unknown>> {
  const hash = (table: string, row = 't::text'): string => `(select count(*)::text || ' ' || coalesce(md5(string_agg(md5(${row}), '' order by id)), '') from ${table} t) as ${table.replaceAll('"', '')}`;
  const [row] = await adminSql(adminUrl, `select ${[hash('"user"'), hash('user_roles'), hash('memberships'), hash('import_lines'), hash('cards', "(to_jsonb(t) - 'code')::text")].join(', ')},
    (select status || ' ' || done from import_batches where id = $1) as batch, (select count(*)::int from import_lines where batch_id = $1) as lines, (select count(distinct record)::int from import_lines where batch_id = $1) as records,
    (select count(*)::int from mails) as mails, (select count(*)::int from notifications) as notifications, (select count(*)::int from audit_logs where entity = 'user') as audited`, [batch]);
  return row ?? {};
}

describe.each([[100_000, 20], [1_000_000, 1]])('%i lines', (lines, kills) => {
  let batch = '';
  const told = (database: TestDatabase) => ({ appUrl: database.appUrl, tenantId: world.current.mk.id });
  let untouched: TestDatabase;
  beforeAll(async () => {
    const file = join(folder, `${String(lines)}.csv`);
    await pipeline(Readable.from(manyMembersFile(lines)), createWriteStream(file));
    // a database is copied while nobody is in it
    await closeDatabase();
    await closeAdmin();
    untouched = await createTestDatabase({ copyOf: world.current.database });
    copies.push(untouched);
    batch = (await run({ ...told(untouched), file })).last.batch ?? '';
  });

  it(`M-06 a worker that is killed at ${String(kills)} points of an import, and goes on each time, ends in the same rows as one that is not`, async () => {
    const killedIn = await createTestDatabase({ copyOf: untouched });
    copies.push(killedIn);
    const whole = await run({ ...told(untouched), batch });
    const random = seeded(lines);
    const points = Array.from({ length: kills }, () => Math.floor(random() * lines * 0.95)).toSorted((a, b) => a - b);
    let died = 0;
    let done = 0;
    for (const point of points) {
      // in the middle of a chunk, between two, or on the way back to where the one before was killed
      const { killed, last } = await run({ ...told(killedIn), batch }, { done: Math.max(point, 1), after: Math.floor(random() * 250) });
      if (last.outcomes !== undefined) break;
      died += Number(killed);
      done = Math.max(done, last.done ?? 0);
    }
    const rest = await run({ ...told(killedIn), batch });
    expect(died).toBeGreaterThanOrEqual(Math.ceil(kills * 0.8));
    expect(rest.last.outcomes ?? whole.last.outcomes).toEqual(whole.last.outcomes);
    const [expected, found] = [await contents(untouched, batch), await contents(killedIn, batch)];
    expect(found).toEqual(expected);
    expect(expected).toMatchObject({ batch: `done ${String(lines)}`, lines, records: lines });
    process.stdout.write(`M-06: ${String(lines)} lines, killed ${String(died)} times at ${points.join(', ')}; ${JSON.stringify(whole.last.outcomes)}\n`);
  }, 1_200_000);
});
