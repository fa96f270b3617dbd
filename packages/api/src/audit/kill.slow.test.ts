import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { adminSql, systemScopeOf, useWorld } from '../testing';
import { isUnsealed, sealTenant } from './seal';
import { verifyTrail } from './verify';

const world = useWorld();
const folder = mkdtempSync(join(tmpdir(), 'anchors-'));
const script = fileURLToPath(new URL('../testing/chain-child.ts', import.meta.url));
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const acknowledged = new Set<string>();

/** Starts a process; `ended` says how many writes it has told of. */
function start(told: object) {
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(told)], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  let count = 0;
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    count += lines.length;
    for (const id of lines) acknowledged.add(id);
  });
  const ended = new Promise<number>((resolve) => { child.on('close', () => { running.delete(child); resolve(count); }); });
  return { child, ended, written: () => count };
}

it('A-05 twenty writers and two sealers, ten of them killed: no place is missing or taken twice, and nothing that was kept is unsealed', async () => {
  const { mk, database } = world.current;
  const told = { appUrl: database.appUrl, tenantId: mk.id, folder, branchId: mk.branches[0].id, ownerId: mk.branches[0].agent.id, writers: 5 };
  let kills = 0;
  /** Five writers of five hundred each, whose process is killed and begun anew `times` times on the way. */
  const write = async (times: number): Promise<void> => {
    let left = 5 * 500;
    for (let round = 0; left > 0; round += 1) {
      const one = start({ ...told, role: 'write', each: Math.ceil(left / 5) });
      if (round < times) {
        await expect.poll(one.written, { timeout: 120_000, interval: 50 }).toBeGreaterThan(150);
        one.child.kill('SIGKILL');
        kills += 1;
      }
      left -= await one.ended;
    }
  };
  let writing = true;
  /** A sealer that is killed again and again while people write. */
  const seal = async (times: number): Promise<void> => {
    for (let round = 0; writing; round += 1) {
      const one = start({ ...told, role: 'seal' });
      if (round < times) {
        await sleep(2_000 + 700 * round);
        kills += 1;
      } else {
        while (writing) await sleep(50);
      }
      one.child.kill('SIGKILL');
      await one.ended;
    }
  };
  const sealers = [seal(4), seal(3)];
  await Promise.all([write(1), write(1), write(1), write(0)]);
  writing = false;
  await Promise.all(sealers);
  expect(kills).toBeGreaterThanOrEqual(6);

  const scope = await systemScopeOf(mk);
  await expect.poll(async () => { await sealTenant(scope); return await isUnsealed(scope); }, { timeout: 30_000 }).toBe(false);
  const report = await verifyTrail(scope, folder, new Date());
  expect(report).toMatchObject({ ok: true, waiting: { rows: 0 }, faults: 0 });
  expect(report.anchored).toBeGreaterThan(0);
  const [counted] = await adminSql(database.adminUrl, `
    select (select count(*)::int from audit_logs where tenant_id = $1) as rows, (select count(distinct one)::int from audit_seals s, unnest(s.row_ids) as one where s.tenant_id = $1) as sealed,
      (select count(*)::int from audit_seals where tenant_id = $1) as seals, (select max(number)::int from audit_seals where tenant_id = $1) as last`, [mk.id]);
  expect(counted).toMatchObject({ rows: report.rows, sealed: report.rows, seals: report.seals, last: report.seals });
  expect(acknowledged.size).toBeGreaterThanOrEqual(10_000);
  const kept = await adminSql(database.adminUrl, "select entity_id from audit_logs where tenant_id = $1 and entity = 'leads'", [mk.id]);
  const ids = new Set(kept.map(({ entity_id }) => entity_id));
  expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
});
