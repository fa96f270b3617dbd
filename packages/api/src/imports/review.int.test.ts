import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { birthNumberCheckDigit, type KnownPolicy } from '@interdomestik/rules';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { importLines } from '@interdomestik/db/schema';
import { changedBetween, fingerprint } from '../attacks/fingerprint';
import { adminSql, callerFor, runJobs, scopeOf, useWorld } from '../testing';
import { commitBatch, openBatch, tryImport, undoBatch, type NewImport } from '.';

const world = useWorld();
let scope: TenantScope;
let admin: ReturnType<typeof callerFor>;
beforeAll(async () => {
  scope = await scopeOf(world.current.mk, world.current.mk.admin);
  admin = callerFor(scope);
});

const embg = (stem: string): string => stem + String(birthNumberCheckDigit(stem));
const [ana, boris] = [embg('010199045000'), embg('020298041000')];
const header = 'Реден број;Презиме и име;ЕМБГ;Датум на раѓање;Адреса;Телефон;Е-пошта;План;Зачленет на;Важи до;Износ;Филијала';
const first = [
  `1;Ѓорѓиевска Ана;${ana};;ул. Партизанска 5;070 111 222;ana@example.com;Базик;01.03.2022;28.02.2023;1.230,00;Тетово`,
  `2;Петров Борис;${boris};;ул. Илинденска 9;;;Базик;01.03.2022;28.02.2023;1.230,00;Скопје`,
  '3;Gjorgjievska Ana;;01.01.1990;Partizanska 5;070111222;nova@example.com;Базик;01.03.2023;29.02.2024;1.230,00;Скопје',
];
/** Somebody known from the file before, with another way to be reached and one that was missing. */
const later = [`9;Петров Борис;${boris};;ул. Нова 1;071 999 888;;Базик;01.12.2026;30.11.2027;1.230,00;`];

function file(lines: readonly string[], { kind = 'members', head = header, known }: { kind?: NewImport['kind']; head?: string; known?: KnownPolicy } = {}): NewImport {
  const bytes = new TextEncoder().encode([head, ...lines].join('\n'));
  return { kind, name: 'people.csv', open: async function* () { yield await Promise.resolve(bytes); }, wish: { known } };
}

async function take(given: NewImport): Promise<string> {
  const { id } = await openBatch(scope, given, new Date());
  await commitBatch(scope, id);
  return id;
}

const product = (key: string): boolean => !/^(?:import_\w+|audit_logs|sessions) /u.test(key);
const look = () => fingerprint(world.current.database);
const sql = (text: string, values: unknown[] = []) => adminSql(world.current.database.adminUrl, text, values);
/** What stands of a person by EMBG: address, phone, e-mail, first days of the memberships. */
async function stands(number: string): Promise<unknown[]> {
  const [row] = await sql(`select u.address, u.phone, u.email, (select string_agg(m.starts_on::text, ' ' order by m.starts_on) from memberships m where m.tenant_id = u.tenant_id and m.user_id = u.id) as sold from "user" u where u.tenant_id = $1 and u.personal_number = $2`, [scope.tenantId, number]);
  return [row?.['address'], row?.['phone'], row?.['email'], row?.['sold']];
}

describe('people who are known already', () => {
  it.each<[KnownPolicy, unknown[]]>([
    ['update', ['ул. Нова 1', '+38971999888', null, '2022-03-01 2026-12-01']], ['fill', ['ул. Илинденска 9', '+38971999888', null, '2022-03-01 2026-12-01']],
    ['skip', ['ул. Илинденска 9', null, null, '2022-03-01']], ['review', ['ул. Илинденска 9', null, null, '2022-03-01']],
  ])('M-08 M-09 %s, as its trial says, and an undo puts every byte back', async (known, expected) => {
    const base = await take(file(first));
    const between = await look();
    const trial = await tryImport(scope, file(later, { known }));
    const id = await take(file(later, { known }));
    expect(trial.report.outcomes).toMatchObject({ renewal: 1, valid_new: 0 });
    expect(await stands(boris)).toEqual(expected);
    expect((await admin.imports.get({ id })).known).toBe(known);
    expect(await undoBatch(scope, id)).toMatchObject({ conflicts: [] });
    expect(changedBetween(between, await look(), product)).toEqual([]);
    await undoBatch(scope, base);
  });

  it.each([
    ['keep', ['ул. Илинденска 9', null, null, '2022-03-01 2026-12-01']], ['fill', ['ул. Илинденска 9', '+38971999888', null, '2022-03-01 2026-12-01']],
    ['update', ['ул. Нова 1', '+38971999888', null, '2022-03-01 2026-12-01']], ['skip', ['ул. Илинденска 9', null, null, '2022-03-01']],
  ] as const)('M-08 M-09 are looked at side by side where the import asks, and what is decided (%s) is done once and goes back with the import', async (decision, expected) => {
    const base = await take(file(first));
    const between = await look();
    const id = await take(file(later, { known: 'review' }));
    expect((await admin.imports.lines({ id, only: 'pairs' })).rows).toMatchObject([{ record: 1, outcome: 'renewal', decision: null }]);
    expect(await admin.imports.pair({ id, record: 1 })).toMatchObject([{ id: null, lastName: 'Петров', phone: '+38971999888', address: 'ул. Нова 1', memberNumber: '9' }, { lastName: 'Петров', phone: null, address: 'ул. Илинденска 9', memberNumber: '2' }]);
    await expect(admin.imports.decide({ id, record: 1, decision: 'different' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await admin.imports.decide({ id, record: 1, decision });
    expect(await stands(boris)).toEqual(expected);
    await expect(admin.imports.decide({ id, record: 1, decision: 'update' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await undoBatch(scope, id)).toMatchObject({ conflicts: [] });
    expect(changedBetween(between, await look(), product)).toEqual([]);
    await expect(admin.imports.decide({ id, record: 1, decision })).rejects.toMatchObject({ code: 'CONFLICT' });
    await undoBatch(scope, base);
  });
});

describe('people who may be one', () => {
  it.each([
    ['keep', ['ул. Партизанска 5', '+38970111222', 'ana@example.com', '2022-03-01 2023-03-01']], ['update', ['Partizanska 5', '+38970111222', 'nova@example.com', '2022-03-01 2023-03-01']],
  ] as const)('M-08 M-09 are joined (%s) with all that imports brought, are one for the next file, and come apart without a trace', async (decision, expected) => {
    const before = await look();
    const id = await take(file(first));
    const claims = await take(file(['Пр-1;3;Возило;1.5.2024;Решена;1.000,00', 'Пр-2;1;Имот;1.5.2024;Решена;10,00'], { kind: 'claims', head: 'Број на предмет;Член (ЕМБГ или број);Категорија;Датум на настан;Статус;Побаран износ' }));
    const payments = await take(file(['D1;1.5.2024;3;20,00;EUR;Kesh'], { kind: 'payments', head: 'Nr. i dëftesës;Data;Anëtari;Shuma;Valuta;Mënyra' }));
    const [mine, other] = await admin.imports.pair({ id, record: 3 });
    expect([mine, other]).toMatchObject([{ firstName: 'Ana', memberNumber: '3', kind: null }, { firstName: 'Ана', memberNumber: '1', kind: 'spelling' }]);
    await admin.imports.decide({ id, record: 3, decision: 'different' });
    await admin.imports.decide({ id, record: 3, decision, userId: other?.id ?? '' });
    expect(await stands(ana)).toEqual(expected);
    const [owned] = await sql(`select (select count(*)::int from "user" where tenant_id = $1 and id = $2) as gone, (select count(*)::int from claims where tenant_id = $1 and user_id = $3) as claims, (select count(*)::int from payments where tenant_id = $1 and user_id = $3) as payments,
      (select count(distinct branch_id)::int from (select branch_id from memberships where tenant_id = $1 and user_id = $3 union all select branch_id from claims where tenant_id = $1 and user_id = $3) b) as branches`, [scope.tenantId, mine?.id, other?.id]);
    expect(owned).toEqual({ gone: 0, claims: 2, payments: 1, branches: 1 });
    // by the e-mail and birth date of the line that went, and by its number
    const again = await tryImport(scope, file(['7;Ана А;;01.01.1990;;;nova@example.com;Базик;01.03.2024;28.02.2025;1.230,00;']));
    expect(again.report).toMatchObject({ outcomes: { renewal: 1 }, renewal_by_key: { email_birthdate: 1 } });
    const byNumber = await tryImport(scope, file(['D7;1.6.2024;3;20,00;EUR;Kesh'], { kind: 'payments', head: 'Nr. i dëftesës;Data;Anëtari;Shuma;Valuta;Mënyra' }));
    expect(byNumber.report.outcomes).toMatchObject({ valid_new: 1 });
    await expect(admin.imports.decide({ id, record: 3, decision })).rejects.toMatchObject({ code: 'CONFLICT' });
    for (const batch of [payments, claims, id]) expect(await undoBatch(scope, batch)).toMatchObject({ conflicts: [] });
    expect(changedBetween(before, await look(), product)).toEqual([]);
  });

  it('M-09 stay two where one was changed since, or where something hangs on the one who would go, and nothing is half done', async () => {
    const id = await take(file(first));
    const [mine, other] = await admin.imports.pair({ id, record: 3 });
    await sql(`insert into notifications (tenant_id, id, user_id, kind, params, effect_key) values ($1, gen_random_uuid(), $2, 'x', '{}', 'x')`, [scope.tenantId, mine?.id]);
    const stood = await look();
    await expect(admin.imports.decide({ id, record: 3, decision: 'fill' })).rejects.toMatchObject({ code: 'CONFLICT', cause: { messageKey: 'errors.import.inUse' } });
    expect(changedBetween(stood, await look())).toEqual([]);
    await sql(`update "user" set phone = '+38970000000', updated_at = now() where id = $1`, [mine?.id]);
    await expect(admin.imports.decide({ id, record: 3, decision: 'fill' })).rejects.toMatchObject({ code: 'CONFLICT', cause: { messageKey: 'errors.import.changed' } });
    // nobody but those whom the line may be
    const stranger = world.current.mk.admin.id;
    for (const userId of [stranger, mine?.id ?? '', world.current.ks.admin.id]) await expect(admin.imports.decide({ id, record: 3, decision: 'keep', userId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(other?.id).toBeDefined();
  });
});

it('A-01 who asked for an import, for its undo and for a join is on record, with how many lines', async () => {
  const { id } = await admin.imports.start({ kind: 'members', name: 'trail.csv' });
  await admin.imports.addPiece({ id, position: 0, data: Buffer.from([header, ...first.map((line) => line.replace('2022', '2021'))].join('\n')).toString('base64') });
  await admin.imports.read({ id });
  await admin.imports.commit({ id });
  await commitBatch(scope, id);
  await admin.imports.decide({ id, record: 3, decision: 'different' }).catch(() => undefined);
  await admin.imports.undo({ id });
  const rows = await sql("select operation, actor_kind, actor_id, action, after from audit_logs where tenant_id = $1 and entity_id = $2 and operation like 'IMPORT%' order by at", [scope.tenantId, id]);
  expect(rows.map(({ operation, after }) => [operation, after])).toEqual(expect.arrayContaining([['IMPORT', { lines: 3, done: 0 }], ['IMPORT_UNDO', { lines: 3, done: 3 }]]));
  expect(new Set(rows.map(({ actor_id: actor }) => actor))).toEqual(new Set([world.current.mk.admin.id]));
  const kept = await withTenant(scope, (tx) => tx.$count(importLines, and(eq(importLines.tenantId, scope.tenantId), eq(importLines.batchId, id))));
  expect(kept).toBe(3);
});

it('M-06 an import that is asked for twice shows that it begins, is done once, and says nothing of a fault', async () => {
  const { id } = await admin.imports.start({ kind: 'members', name: 'twice.csv' });
  await admin.imports.addPiece({ id, position: 0, data: Buffer.from([header, ...first.map((line) => line.replace('2022', '2020'))].join('\n')).toString('base64') });
  await admin.imports.read({ id });
  await admin.imports.commit({ id });
  await admin.imports.commit({ id });
  expect((await admin.imports.get({ id })).trial).toEqual({ status: 'starting' });
  await runJobs(world.current.database, { only: ['imports.run'] });
  expect(await admin.imports.get({ id })).toMatchObject({ status: 'done', done: 3, errorKey: null });
  await undoBatch(scope, id);
});
