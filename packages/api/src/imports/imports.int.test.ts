import { and, eq, isNotNull } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { birthNumberCheckDigit } from '@interdomestik/rules';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { cards, importBatches, importLines, memberships, payments, user } from '@interdomestik/db/schema';
import { changedBetween, fingerprint } from '../attacks/fingerprint';
import { adminSql, scopeOf, systemScopeOf, useWorld } from '../testing';
import { commitBatch, openBatch, tryImport, undoBatch, type NewImport } from '.';
import { startCommit } from './service';
import { surveyFile } from './survey';

const world = useWorld();
let scope: TenantScope;
beforeAll(async () => { scope = await scopeOf(world.current.mk, world.current.mk.admin); });

const embg = (stem: string): string => stem + String(birthNumberCheckDigit(stem));
const [ana, boris] = [embg('010199045000'), embg('020298041000')];
const header = 'Реден број;Презиме и име;ЕМБГ;Датум на раѓање;Адреса;Телефон;Е-пошта;План;Зачленет на;Важи до;Износ;Филијала;tenant_id;Забелешка';
const first = [
  `1;Ѓорѓиевска Ана;${ana};;ул. Партизанска 5;070 111 222;Ana@Example.com;Базик;01.03.2022;28.02.2023;1.230,00;Тетово;tenant_ks;=1+1`,
  `2;Петров Борис;${boris.slice(1)};;ул. Илинденска 9;;;Асистенца+ Семејна;01.11.2026;31.10.2027;2.152,50 ден.;Скопје;tenant_ks;`,
  `3;Ѓорѓиевска Ана;${ana};;;;;Базик;01.03.2022;28.02.2023;1.230,00;;;`,
  '4;Gjorgjievska Ana;;01.01.1990;Partizanska 5;;;Базик;01.03.2023;29.02.2024;1.230,00;;;',
  `5;Без План;${embg('030397745000')};;;;;Златен;01.03.2022;28.02.2023;1.230,00;;;`,
  '6;Премалку ќелии',
];
const later = [
  `N1;Ѓорѓиевска Ана;${ana};;ул. Нова 1;071 999 888;;Базик;01.03.2024;28.02.2025;1.230,00;;;`,
  ';Ѓорѓиевска А.;;01.01.1990;;;ana@example.com;Базик;01.03.2025;28.02.2026;1.230,00;;;',
];

function members(lines: readonly string[], name = 'members.csv', head = header): NewImport {
  const bytes = new TextEncoder().encode([head, ...lines].join('\r\n'));
  return { kind: 'members', name, open: async function* () { yield await Promise.resolve(bytes); } };
}

const file = (kind: 'claims' | 'payments', text: string): NewImport => ({ kind, name: `${kind}.csv`, open: async function* () { yield await Promise.resolve(new TextEncoder().encode(text)); } });

/** The batch's own record, the file and the audit log aside: what an import may not leave behind. */
const product = (key: string): boolean => !/^(?:import_\w+|audit_logs|sessions) /u.test(key);
const look = () => fingerprint(world.current.database);

async function importAll(kind: NewImport, chunkSize?: number): Promise<string> {
  const { id } = await openBatch(scope, kind, new Date());
  await commitBatch(scope, id, chunkSize === undefined ? {} : { chunkSize });
  return id;
}

describe('an import of members', () => {
  it('M-04 M-10 decides in a trial as in earnest, and a trial writes nothing', async () => {
    const before = await look();
    const trial = await tryImport(scope, members(first));
    expect(changedBetween(before, await look())).toEqual([]);
    expect(trial.report).toMatchObject({
      total_data_lines: 6, outcomes: { valid_new: 2, duplicate_in_file: 1, renewal: 0, probable_duplicate: 1, rejected: 2 }, rejected_by_reason: { unknown_plan: 1, wrong_column_count: 1 },
      embg_repaired_leading_zero: 1, formula_like_text_cells: 1, kept_amount_minor: { MKD: 461_250 }, review_pairs: [{ record: 4, other_file: 'members.csv', other_record: 1, kind: 'spelling' }],
    });
    const { id } = await openBatch(scope, members(first), new Date());
    expect(await commitBatch(scope, id)).toEqual(trial.report);
    const lines = await withTenant(scope, (tx) => tx.select({ record: importLines.record, outcome: importLines.outcome, line: importLines.line }).from(importLines).where(eq(importLines.batchId, id)).orderBy(importLines.record));
    expect(lines.map(({ outcome }) => outcome)).toEqual(['valid_new', 'valid_new', 'duplicate_in_file', 'probable_duplicate', 'rejected', 'rejected']);
    expect(lines.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7]);
    // nothing of it is the other tenant's, whatever a column of the file says
    expect(changedBetween(before, await look(), (key) => key.includes(world.current.ks.id))).toEqual([]);
    expect(changedBetween(before, await look(), (key) => /^(?:mails|notifications|ledger|invoices|cash|leads|referral)/u.test(key))).toEqual([]);
    await undoBatch(scope, id);
  });

  it('M-08 a file that was kept in part, because the process died meanwhile, is never written', async () => {
    const whole = members(first, 'cut.csv');
    let readings = 0;
    let lastWhole = Infinity;
    const cut: NewImport = {
      ...whole,
      open: async function* () {
        readings += 1;
        for await (const bytes of whole.open()) {
          if (readings <= lastWhole) yield bytes;
          else {
            // a whole piece, which is kept, and then the end
            yield Buffer.concat([bytes.slice(0, 400), Buffer.alloc(1024 * 1024, ' ')]);
            throw new Error('the process died');
          }
        }
      },
    };
    await surveyFile(cut.open);
    lastWhole = 2 * readings;
    await expect(openBatch(scope, cut, new Date())).rejects.toThrow('the process died');
    const [left] = await withTenant(scope, (tx) => tx.select({ id: importBatches.id, status: importBatches.status }).from(importBatches).where(eq(importBatches.fileName, 'cut.csv')));
    expect(left?.status).toBe('uploaded');
    await expect(startCommit(scope, left?.id ?? '')).rejects.toMatchObject({ messageKey: 'errors.import.unread' });
  });

  it('M-12 writes people as they are, without a way to sign in before they are invited', async () => {
    const id = await importAll(members(first));
    const people = await withTenant(scope, (tx) => tx.select({ number: user.memberNumber, firstName: user.firstName, tokens: user.nameTokens, embg: user.personalNumber, born: user.birthDate, phone: user.phone, email: user.email, signIn: user.signInEmail, branch: user.branchId, status: memberships.status, ends: memberships.endsOn, card: cards.id })
      .from(user).innerJoin(memberships, and(eq(memberships.tenantId, user.tenantId), eq(memberships.userId, user.id))).leftJoin(cards, and(eq(cards.tenantId, user.tenantId), eq(cards.membershipId, memberships.id)))
      .where(and(eq(user.tenantId, scope.tenantId), isNotNull(user.memberNumber), eq(memberships.channel, 'import'))).orderBy(user.memberNumber));
    expect(people).toMatchObject([
      { number: '1', firstName: 'Ана', tokens: 'ana gjorgjievska', embg: ana, born: '1990-01-01', phone: '+38970111222', email: 'ana@example.com', signIn: null, status: 'expired', ends: '2023-03-01', card: null },
      { number: '2', firstName: 'Борис', embg: boris, born: '1980-02-02', email: null, status: 'active', ends: '2027-11-01' },
      { number: '4', firstName: 'Ana', embg: null, born: '1990-01-01' },
    ]);
    expect(people[1]?.card).not.toBeNull();
    expect(people[0]?.branch).toBe(world.current.mk.branches.find(({ code }) => code === 'tetovo')?.id);
    await undoBatch(scope, id);
  });

  it('M-07 M-10 refuses the same cells again, renamed and at the same moment, and knows nothing of another tenant', async () => {
    const { id } = await openBatch(scope, members(later), new Date());
    const [one, two] = await Promise.allSettled([commitBatch(scope, id), commitBatch(scope, id)]);
    expect([one.status, two.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(openBatch(scope, members(later, 'renamed.csv'), new Date())).rejects.toMatchObject({ messageKey: 'errors.import.already', params: { batch: id } });
    const other = await scopeOf(world.current.ks, world.current.ks.admin);
    for (const work of [commitBatch(other, id), undoBatch(other, id)]) await expect(work).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await openBatch(other, members(later), new Date())).id).not.toBe(id);
    await undoBatch(scope, id);
  });

  it.each([2])('M-06 goes on after a stop behind %i records, and ends in the same rows', async (records) => {
    const withoutCodes = 'select u.first_name, u.email, u.member_number, m.starts_on, m.status, (select count(*)::int from cards c where c.membership_id = m.id) as cards from "user" u join memberships m on m.user_id = u.id where m.channel = $1 order by 3, 4';
    const rows = () => adminSql(world.current.database.adminUrl, withoutCodes, ['import']);
    const whole = await importAll(members(first));
    const expected = await rows();
    await undoBatch(scope, whole);
    const { id } = await openBatch(scope, members(first), new Date());
    const stop = (done: number): void => { if (done === records) throw new Error('killed'); };
    await expect(commitBatch(scope, id, { chunkSize: records, onProgress: stop })).rejects.toThrow('killed');
    expect((await openBatch(scope, members(first), new Date())).id).toBe(id);
    expect((await commitBatch(scope, id, { chunkSize: 2 })).outcomes).toEqual({ valid_new: 2, duplicate_in_file: 1, renewal: 0, probable_duplicate: 1, rejected: 2 });
    expect(await rows()).toEqual(expected);
    expect(await withTenant(scope, (tx) => tx.$count(importLines, and(eq(importLines.tenantId, scope.tenantId), eq(importLines.batchId, id))))).toBe(6);
    await undoBatch(scope, id);
  });
});

describe('M-09 an undo', () => {
  it('leaves every table as it was, of files that build on each other', async () => {
    const before = await look();
    const batches = [await importAll(members(first))];
    const between = await look();
    batches.push(await importAll(members(later)));
    batches.push(await importAll(file('claims', 'Број на предмет;Член (ЕМБГ или број);Категорија;Датум на настан;Статус;Побаран износ;Наплатен износ\nПр-1;n1;Возило;1.5.2024;Решена;1.000,00;500,00\nпр-1;1;Возило;1.5.2024;Решена;1.000,00;\nПр-2;99;Имот;1.5.2024;Решена;1;\n')));
    batches.push(await importAll(file('payments', 'Nr. i dëftesës,Data,Anëtari,Shuma,Valuta,Mënyra\nD1,1.5.2024,2,"20,00",EUR,Kesh\nd1,01.05.2024,' + boris + ',"20,00",€,Banka\nD1,1.5.2024,2,"21,00",EUR,Kesh\n')));
    const reports = await withTenant(scope, (tx) => tx.select({ report: importBatches.report }).from(importBatches).where(and(eq(importBatches.tenantId, scope.tenantId), eq(importBatches.status, 'done'))).orderBy(importBatches.createdAt));
    expect(reports.slice(-3).map(({ report }) => (report as { outcomes: unknown }).outcomes)).toEqual([
      { valid_new: 0, duplicate_in_file: 1, renewal: 1, probable_duplicate: 0, rejected: 0 }, { valid_new: 1, duplicate_in_file: 1, rejected: 1 }, { valid_new: 1, duplicate_in_file: 1, rejected: 1 },
    ]);
    const [payment] = await withTenant(scope, (tx) => tx.select().from(payments).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.method, 'cash'), eq(payments.amountMinor, 2000n))));
    expect(payment).toMatchObject({ status: 'succeeded', currency: 'EUR', paidAt: new Date('2024-05-01T10:00:00Z') });
    for (const id of batches.slice(1).toReversed()) expect(await undoBatch(scope, id)).toMatchObject({ conflicts: [] });
    expect(changedBetween(between, await look(), product)).toEqual([]);
    expect(await undoBatch(scope, batches[0] ?? '')).toMatchObject({ undone: 6, conflicts: [] });
    expect(changedBetween(before, await look(), product)).toEqual([]);
  });

  it('keeps and names what was changed since and what something hangs on, and goes on with it later', async () => {
    const id = await importAll(members(first));
    const claim = await importAll(file('claims', 'Број на предмет;Член;Категорија;Датум на настан;Статус;Побаран износ\nПр-9;2;Возило;1.5.2024;Решена;1\n'));
    await adminSql(world.current.database.adminUrl, `update "user" set address = 'elsewhere', updated_at = now() where tenant_id = $1 and personal_number = $2`, [scope.tenantId, ana]);
    expect(await undoBatch(scope, id)).toMatchObject({ conflicts: [{ record: 1, reason: 'changed' }, { record: 2, reason: 'in_use' }], undone: 4 });
    await undoBatch(scope, claim);
    expect(await undoBatch(scope, id)).toMatchObject({ conflicts: [{ record: 1, reason: 'changed' }], undone: 1 });
    await expect(undoBatch(scope, claim)).rejects.toMatchObject({ messageKey: 'errors.import.finished' });
  });

  it('is the only way in which a row of a person goes', async () => {
    const system = await systemScopeOf(world.current.mk);
    for (const table of [user, memberships]) {
      await expect(withTenant(system, async (tx) => { await tx.delete(table).where(eq(table.tenantId, system.tenantId)); })).rejects.toThrow();
    }
    expect(await withTenant(system, (tx) => tx.$count(user, eq(user.tenantId, system.tenantId)))).toBeGreaterThan(5);
  });
});
