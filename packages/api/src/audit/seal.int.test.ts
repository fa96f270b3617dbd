import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { adminSql, systemScopeOf, useWorld } from '../testing';
import { parseKeyRing } from '../vendors/secrets';
import { anchorHead, readAnchors } from './anchor';
import { isUnsealed, sealTenant } from './seal';
import { verifyTrail } from './verify';

const world = useWorld();
const folder = mkdtempSync(join(tmpdir(), 'anchors-'));
let scope: TenantScope;
const sql = (text: string, values: unknown[] = []) => adminSql(world.current.database.adminUrl, text, values);
/** Somebody with the rights of the database's superuser: no trigger and no grant stops them. */
const tamper = async (text: string) => await sql(`begin; set local session_replication_role = replica; ${text}; commit`);
const check = async (now = new Date()) => await verifyTrail(scope, folder, now);
const kinds = async () => (await check()).findings.map(({ kind, seal, seq, upTo }) => [kind, seal, seq, upTo]);

async function write(count: number, action = 'test.write'): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await withTenant(scope, (tx) => tx.insert(auditLogs).values(ids.map((id) => ({ tenantId: scope.tenantId, id, actorKind: 'system', action, operation: 'UPDATE', entity: 'claims', entityId: id, before: { n: 1 }, after: { n: 2, word: 'Ѓорѓи ë' } }))));
  return ids;
}

/** Waits for what the other tests of this server have under way, and seals. */
async function sealSettled(): Promise<number> {
  const [now] = await sql('select pg_snapshot_xmax(pg_current_snapshot())::text as place');
  await vi.waitFor(async () => {
    expect((await sql('select pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= $1 as over', [now?.['place']]))[0]?.['over']).toBe(true);
  }, { timeout: 20_000 });
  return await sealTenant(scope);
}

async function seal(count: number): Promise<void> {
  await write(count);
  await sealSettled();
  await anchorHead(scope, folder, null, new Date());
}

/** Five seals; the first one over what the test's tenants are made of. */
beforeAll(async () => {
  scope = await systemScopeOf(world.current.mk);
  await sealSettled();
  for (const size of [10, 5, 7, 4]) await seal(size);
  await sql('create table kept_logs as table audit_logs; create table kept_seals as table audit_seals');
});
const anchorFile = () => join(folder, `${world.current.mk.id}.jsonl`);
let kept = '';
beforeAll(() => { kept = readFileSync(anchorFile(), 'utf8'); });
afterEach(async () => {
  await tamper('truncate audit_logs, audit_seals; insert into audit_logs select * from kept_logs; insert into audit_seals select * from kept_seals');
  writeFileSync(anchorFile(), kept);
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const seqOf = async (number: number) => Number((await sql('select first_seq from audit_seals where tenant_id = $1 and number = $2', [scope.tenantId, number]))[0]?.['first_seq']);

describe('the sealed trail', () => {
  it('A-05 has every row once, numbered without a gap', async () => {
    const report = await check();
    expect(report).toMatchObject({ ok: true, seals: 5, lastSeal: 5, anchored: 5, faults: 0, waiting: { rows: 0, oldest: null } });
    expect(report.rows).toBe(Number((await sql('select count(*) as n from audit_logs where tenant_id = $1', [scope.tenantId]))[0]?.['n']));
    expect(await isUnsealed(scope)).toBe(false);
  });

  it('tells what waits from what was cut, and what waits too long', async () => {
    await write(3);
    await expect.poll(() => isUnsealed(scope), { timeout: 20_000 }).toBe(true);
    expect(await check()).toMatchObject({ ok: true, waiting: { rows: 3 } });
    expect((await check(new Date(Date.now() + 16 * 60_000))).findings.map(({ kind }) => kind)).toEqual(['unsealed', 'unsealed', 'unsealed']);
    expect(await sealSettled()).toBe(3);
    expect(await check()).toMatchObject({ ok: true, seals: 6, waiting: { rows: 0 } });
  });

  it('leaves a row of a transaction under way, and everything after it, for later', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => { release = resolve; });
    let begun: () => void = () => undefined;
    const started = new Promise<void>((resolve) => { begun = resolve; });
    const long = withTenant(scope, async (tx) => {
      await tx.insert(auditLogs).values({ tenantId: scope.tenantId, id: newId(), actorKind: 'system', action: 'long', operation: 'UPDATE', entity: 'claims' });
      begun();
      await held;
    });
    await started;
    await write(2);
    expect(await sealTenant(scope)).toBe(0);
    release();
    await long;
    expect(await sealSettled()).toBe(3);
    expect(await check()).toMatchObject({ ok: true, waiting: { rows: 0 } });
  });

  it('makes several seals of many rows', async () => {
    await write(1_003);
    expect(await sealSettled()).toBe(1_003);
    const sizes = await sql('select size from audit_seals where tenant_id = $1 and number > 5 order by number', [scope.tenantId]);
    expect(sizes.map(({ size }) => size)).toEqual([1000, 3]);
    for (let more = 0; more < 4; more += 1) {
      await write(1);
      expect(await sealSettled()).toBe(1);
    }
    await anchorHead(scope, folder, null, new Date());
    expect(await check()).toMatchObject({ ok: true, seals: 11, lastSeal: 11, anchored: 11 });
  });

  it('goes on in a server that counts its transactions anew, as after a restore', async () => {
    await write(2);
    // as if all of it came from a server that was billions of transactions further
    await tamper(`update audit_seals set upto_tx = upto_tx + 9000000000 where tenant_id = '${scope.tenantId}'; update audit_logs set tx = tx + 9000000000 where tenant_id = '${scope.tenantId}'`);
    await write(1);
    expect(await sealSettled()).toBe(3);
    await write(1);
    expect(await sealSettled()).toBe(1);
    expect(await isUnsealed(scope)).toBe(false);
    const [twice] = await sql('select count(*) - count(distinct id) as n from (select unnest(row_ids) as id from audit_seals where tenant_id = $1) s', [scope.tenantId]);
    expect(Number(twice?.['n'])).toBe(0);
  });

  it('is checked by older keys after a new one seals', async () => {
    const before = Buffer.alloc(32, 5).toString('base64');
    const both = parseKeyRing(`${Buffer.alloc(32, 6).toString('base64')},${before}`);
    await write(2);
    await expect.poll(() => sealTenant(scope, both), { timeout: 20_000 }).toBe(2);
    expect(await verifyTrail(scope, folder, new Date(), both)).toMatchObject({ ok: true, seals: 6 });
    expect((await check()).findings).toMatchObject([{ kind: 'keyUnknown', seal: 6 }]);
  });

  it('I-14 is of one tenant: the other has a chain of its own', async () => {
    const other = await systemScopeOf(world.current.ks);
    await expect.poll(() => sealTenant(other), { timeout: 20_000 }).toBeGreaterThan(0);
    expect(await verifyTrail(other, folder, new Date())).toMatchObject({ tenant: world.current.ks.id, ok: true, seals: 1, anchored: null });
    expect(await check()).toMatchObject({ ok: true, seals: 5 });
  });
});

describe('A-03 a check finds and locates', () => {
  it.each([
    ['a value', "after = '{\"n\": 3}'"],
    ['a person', "actor_id = 'somebody'"],
    ['a microsecond', "at = at + interval '1 microsecond'"],
    ['a word', "action = 'test.writf'"],
  ])('A-03 an edited row: %s', async (_, change) => {
    await tamper(`update audit_logs set ${change} where id = (select row_ids[3] from audit_seals where tenant_id = '${scope.tenantId}' and number = 3)`);
    const { findings } = await check();
    expect(findings).toMatchObject([{ kind: 'edited', seal: 3, seq: (await seqOf(3)) + 2, entity: 'claims' }]);
  });

  it('A-03 a deleted row', async () => {
    await tamper(`delete from audit_logs where id = (select row_ids[2] from audit_seals where tenant_id = '${scope.tenantId}' and number = 2)`);
    expect(await kinds()).toEqual([['deleted', 2, (await seqOf(2)) + 1, null]]);
  });

  it('A-03 a row put in behind the chain, and one put in as if it were old', async () => {
    const put = (tx: string, at: string) => tamper(`insert into audit_logs (tenant_id, id, actor_kind, action, operation, entity, tx, at) values ('${scope.tenantId}', gen_random_uuid(), 'user', 'forged', 'UPDATE', 'claims', ${tx}, ${at})`);
    await put('1', 'now()');
    expect((await check()).findings).toMatchObject([{ kind: 'inserted', seal: null, entity: 'claims' }]);
    await put('pg_current_xact_id()::text::bigint', "now() - interval '3 days'");
    await sealSettled();
    const { findings } = await check();
    expect(findings.map(({ kind, seal }) => [kind, seal])).toEqual(expect.arrayContaining([['inserted', null], ['inserted', 6]]));
  });

  it('A-03 rows in another order', async () => {
    await tamper(`update audit_seals set row_ids[2:3] = array[row_ids[3], row_ids[2]] where tenant_id = '${scope.tenantId}' and number = 3`);
    const first = await seqOf(3);
    expect(await kinds()).toEqual([['reordered', 3, first + 1, null], ['reordered', 3, first + 2, null], ['sealChanged', 3, first, first + 6 - 2]]);
  });

  it('A-03 seals in another order, and one that is missing', async () => {
    const renumber = (from: number, to: number) => `update audit_seals set number = ${String(to)} where tenant_id = '${scope.tenantId}' and number = ${String(from)}`;
    await tamper([renumber(3, 99), renumber(4, 3), renumber(99, 4)].join('; '));
    expect((await check()).findings.filter(({ kind }) => kind === 'sealsReordered').map(({ seal }) => seal)).toEqual([3, 4]);
    await tamper(`delete from audit_seals where tenant_id = '${scope.tenantId}' and number = 4`);
    expect(await kinds()).toContainEqual(['sealMissing', 4, expect.any(Number), 4]);
  });

  it('A-03 a cut tail: rows and seals together, seen from outside the database', async () => {
    const cut = await seqOf(4);
    await tamper(`delete from audit_logs where id in (select unnest(row_ids) from audit_seals where tenant_id = '${scope.tenantId}' and number >= 4); delete from audit_seals where tenant_id = '${scope.tenantId}' and number >= 4`);
    expect(await kinds()).toEqual([['tailCut', 4, cut, cut + 10]]);
    rmSync(anchorFile());
    expect(await check(), 'without the file nobody could tell').toMatchObject({ ok: true, anchored: null });
  });

  it('A-03 a chain that was made anew, even by somebody with the key', async () => {
    await tamper(`update audit_logs set action = 'nothing happened' where id = (select row_ids[1] from audit_seals where tenant_id = '${scope.tenantId}' and number = 3); delete from audit_seals where tenant_id = '${scope.tenantId}' and number >= 3`);
    await sealSettled();
    for (const size of [1, 1]) {
      await write(size);
      await sealSettled();
    }
    expect(await kinds()).toEqual([['rewritten', 3, expect.any(Number), 3]]);
    await tamper(`delete from audit_seals where tenant_id = '${scope.tenantId}'`);
    await sealSettled();
    expect((await check()).findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['tailCut']));
  });

  it('A-03 a forged line in the file, but no line that a stop cut short', async () => {
    appendFileSync(anchorFile(), '{"at":"2026-01');
    expect(await check()).toMatchObject({ ok: true, anchored: 5 });
    await anchorHead(scope, folder, null, new Date());
    expect((await readAnchors(folder, scope.tenantId)).anchors).toHaveLength(5);
    writeFileSync(anchorFile(), kept.replace('"number":2', '"number":1'));
    expect((await check()).findings).toMatchObject([{ kind: 'anchorForeign', upTo: 1 }]);
  });
});
