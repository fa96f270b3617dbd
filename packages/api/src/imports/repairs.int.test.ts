import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Repair } from '@interdomestik/rules';
import { snapshotTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { importLines } from '@interdomestik/db/schema';
import { adminSql, callerFor, scopeOf, useWorld } from '../testing';
import { commitBatch, overTemplate, templateNamed, tryBatch, tryImport, undoBatch } from '.';

const world = useWorld();
let scope: TenantScope;
let admin: ReturnType<typeof callerFor>;
beforeAll(async () => {
  scope = await scopeOf(world.current.mk, world.current.mk.admin);
  admin = callerFor(scope);
});

const header = 'Име;Презиме;Роден на;Пакет;Од кога;Важи до;Износ';
const lines = ['Ана Димова;;1.1.1990;Златен;1.1.2024;31.12.2024;600', 'Борис;Илиев;31.2.1991;Базик;1.1.2024;31.12.2024;600', 'Вера;Колева;3.3.1992;Златен;1.1.2024;31.12.2024;шест', ';x'];
const rules: Repair[] = [{ kind: 'replace', field: 'plan', find: 'Златен', by: 'Базик', where: 'whole' }, { kind: 'split_name', field: 'firstName', order: 'nameFirst' }];
const typed: Repair[] = [{ kind: 'cell', record: 2, field: 'birthDate', value: '2.2.1991' }];
const mapped = { fields: { 'Од кога': 'startsOn' } };

/** A file of this test, uploaded in one piece; each has cells of its own. */
async function upload(mark: string, rest = lines): Promise<string> {
  const { id } = await admin.imports.start({ kind: 'members', name: `${mark}.csv` });
  await admin.imports.addPiece({ id, position: 0, data: Buffer.from([`${header};${mark}`, ...rest.map((line) => (line === ';x' ? line : `${line};`))].join('\n')).toString('base64') });
  return id;
}

describe('corrections before an import', () => {
  it('M-04 M-11 are made where a trial shows what is wrong, decide the trial and the import alike, and stand beside each line', async () => {
    const id = await upload('a');
    await admin.imports.read({ id, wish: mapped });
    await admin.imports.try({ id });
    await tryBatch(scope, id);
    const { rows } = await admin.imports.lines({ id, only: 'rejected' });
    expect(rows.map(({ record, line, problems, cells }) => ({ record, line, wrong: problems?.map(({ reason, column }) => `${reason} ${String(column)}`), first: cells?.[0] }))).toEqual([
      { record: 1, line: 2, wrong: ['missing_required 1', 'unknown_plan 3'], first: 'Ана Димова' }, { record: 2, line: 3, wrong: ['bad_date 2'], first: 'Борис' },
      { record: 3, line: 4, wrong: ['bad_amount 6', 'unknown_plan 3'], first: 'Вера' }, { record: 4, line: 5, wrong: ['wrong_column_count -1'], first: '' },
    ]);
    await admin.imports.repair({ id, repairs: [...rules, ...typed] });
    expect((await admin.imports.get({ id })).trial).toEqual({ status: 'queued' });
    await tryBatch(scope, id);
    const report = (await admin.imports.get({ id })).trial?.['report'];
    expect(report).toMatchObject({ outcomes: { valid_new: 2, rejected: 2 }, rejected_by_reason: { bad_amount: 1, wrong_column_count: 1 }, repaired_lines: 3, repairs_by_kind: { cell: 1, replace: 2, split_name: 2 } });
    expect((await admin.imports.lines({ id, only: 'rejected' })).rows).toMatchObject([{ record: 3, cells: ['Вера', 'Колева', '3.3.1992', 'Базик', '1.1.2024', '31.12.2024', 'шест', ''] }, { record: 4 }]);
    const { review_pairs: _pairs, ...done } = await commitBatch(scope, id);
    expect(done).toEqual(report);
    const kept = await withTenant(scope, (tx) => tx.select({ record: importLines.record, repairs: importLines.repairs }).from(importLines).where(and(eq(importLines.tenantId, scope.tenantId), eq(importLines.batchId, id))).orderBy(importLines.record));
    expect(kept.map(({ repairs }) => repairs)).toEqual([
      [{ field: 'plan', kind: 'replace' }, { field: 'firstName', kind: 'split_name' }, { field: 'lastName', kind: 'split_name' }], [{ field: 'birthDate', kind: 'cell' }], [{ field: 'plan', kind: 'replace' }], null,
    ]);
    // what is mended already stays mended in the file of what is not
    expect((await admin.imports.errors({ id })).text).toContain('Вера;Колева;3.3.1992;Базик');
    await expect(admin.imports.repair({ id, repairs: [] })).rejects.toMatchObject({ code: 'CONFLICT' });
    await undoBatch(scope, id);
  });

  it('M-11 stay with the columns and the trial when the page is opened again, and go on from there', async () => {
    const id = await upload('b');
    await admin.imports.read({ id, wish: { ...mapped, decimals: 'point' } });
    await admin.imports.repair({ id, repairs: [...rules, ...typed] });
    await tryBatch(scope, id);
    const again = await admin.imports.read({ id });
    expect(again).toMatchObject({ decimals: 'point', repairs: [...rules, ...typed], faults: [] });
    expect(again.mapping[4]).toBe('startsOn');
    expect(again.sample[0]).toMatchObject({ record: 1, cells: ['Ана', 'Димова', '1.1.1990', 'Базик', '1.1.2024', '31.12.2024', '600', ''], problems: [] });
    expect((await admin.imports.get({ id })).trial).toMatchObject({ status: 'done' });
    const other = await admin.imports.read({ id, wish: { fields: { [String(header.split(';')[6])]: null } } });
    expect(other).toMatchObject({ decimals: 'point', faults: [{ code: 'missing', field: 'amount' }], repairs: [...rules, ...typed] });
    expect(other.mapping[4]).toBe('startsOn');
    expect((await admin.imports.get({ id })).trial).toBeNull();
    // read in other letters there are other headers
    expect((await admin.imports.read({ id, wish: { encoding: 'windows-1251' } })).header).not.toContain('Име');
    const fresh = await admin.imports.read({ id, template: null });
    expect(fresh).toMatchObject({ encoding: 'utf-8', decimals: 'comma', repairs: typed });
    expect(fresh.mapping[4]).toBeNull();
  });

  it('a trial that was overtaken by a correction says nothing', async () => {
    const id = await upload('c');
    await admin.imports.read({ id, wish: mapped });
    await admin.imports.try({ id });
    // two long reads are as many as a process has at once: the trial has read how to read, and waits to begin
    const ends: (() => void)[] = [];
    const held = [1, 2].map(() => snapshotTenant(scope, () => new Promise<void>((resolve) => { ends.push(resolve); })));
    await expect.poll(() => ends.length).toBe(2);
    const slow = tryBatch(scope, id);
    await sleep(300);
    await adminSql(world.current.database.adminUrl, "update import_batches set reading = jsonb_set(reading, '{repairs}', $2::jsonb) where id = $1", [id, JSON.stringify(typed)]);
    for (const end of ends) end();
    await Promise.all(held);
    await slow;
    expect((await admin.imports.get({ id })).trial).toEqual({ status: 'queued' });
  });

  it('are kept under a name as rules, without what was typed for single lines, and mend the next file from any side', async () => {
    const id = await upload('d');
    await admin.imports.read({ id, wish: mapped });
    await admin.imports.repair({ id, repairs: [...rules, ...typed] });
    await admin.imports.saveTemplate({ id, name: 'нашите' });
    expect((await templateNamed(scope, 'members', 'нашите')).repairs).toEqual(rules);
    const bytes = Buffer.from([header, ...lines].join('\n'));
    const wish = overTemplate(await templateNamed(scope, 'members', 'нашите').then(({ fields = {}, ...saved }) => ({ ...saved, fields: { 'Од кога': fields['Од кога'] ?? null } })), {});
    const { report } = await tryImport(scope, { kind: 'members', name: 'e.csv', open: async function* () { yield await Promise.resolve(bytes); }, wish });
    expect(report).toMatchObject({ repaired_lines: 2, rejected_by_reason: { bad_date: 1, bad_amount: 1, wrong_column_count: 1 } });
    const next = await upload('d', lines.slice(1));
    expect((await admin.imports.read({ id: next, template: 'нашите' })).repairs).toEqual(rules);
    const elsewhere = await scopeOf(world.current.ks, world.current.ks.admin);
    await expect(templateNamed(elsewhere, 'members', 'нашите')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('A-06 are people: no list, no other answer and no audit row says what was typed or what was refused', async () => {
    const canary = 'Канарка Севдалинка';
    const id = await upload('f', [`${canary};Илиев;31.2.1991;Базик;1.1.2024;31.12.2024;600`]);
    await admin.imports.read({ id, wish: mapped });
    await admin.imports.repair({ id, repairs: [{ kind: 'cell', record: 1, field: 'lastName', value: `${canary}ска` }] });
    await tryBatch(scope, id);
    expect(JSON.stringify((await admin.imports.lines({ id, only: 'rejected' })).rows)).toContain(`${canary}ска`);
    expect(JSON.stringify([await admin.imports.list(), await admin.imports.get({ id })])).not.toContain(canary);
    const [audited] = await adminSql(world.current.database.adminUrl, "select count(*)::int as rows, count(*) filter (where l::text like '%' || $2 || '%')::int as clear from audit_logs l where entity_id = $1", [id, canary]);
    expect(audited).toMatchObject({ clear: 0 });
    expect(Number(audited?.['rows'])).toBeGreaterThan(2);
  });

  it.each<[string, Repair[]]>([['a field of another kind', [{ kind: 'cell', record: 1, field: 'paidOn', value: 'x' }]], ['a zero in a name', [{ kind: 'lost_zero', field: 'firstName' }]], ['no field', [{ kind: 'replace', field: 'tenantId', find: 'a', by: 'b', where: 'whole' }]]])('refuse %s', async (name, repairs) => {
    const id = await upload(`g${String(name.length)}`);
    await expect(admin.imports.repair({ id, repairs })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
