import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { withTenant } from '@interdomestik/db';
import { userGrants } from '@interdomestik/db/schema';
import { adminSql, callerFor, scopeOf, systemScopeOf, useWorld, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { parseCsv } from '../vendors/csv';
import { book, from, layPayments, reportsEqualLedger, to } from './testing';

const world = useWorld();
let ks: TestTenant;
let laid: ReadonlyMap<string, string>;

beforeAll(async () => {
  ({ ks } = world.current);
  laid = await layPayments(ks);
});

const as = async (person: Pick<TestPerson, 'id' | 'role'>, overrides = {}) => callerFor(await scopeOf(ks, person), overrides);

describe('every report', () => {
  it('P-20 P-12 equals the ledger at any cut-off instant, also where clocks change and at the end of a year', async () => {
    await reportsEqualLedger(world.current.database.adminUrl, ks, laid, { runs: 1, moments: 1 });
  });
});

describe('a report that is taken away', () => {
  const asked = { report: 'cash', from, to, format: 'csv' } as const;
  const textOf = ({ base64 }: { base64: string }) => Buffer.from(base64, 'base64').toString('utf8');

  it('M-13 is a file that spreadsheets of the reader open, and a name that would run does not', async () => {
    const { adminUrl } = world.current.database;
    // more than any story takes back, so that the agent stands in the report
    await book(await systemScopeOf(ks), ks, laid, [{ act: 'sale', way: 'cash', branch: 0, plan: 0, minor: 7_777_777, day: '2026-03-30', minute: 600, currency: 'EUR' }]);
    await adminSql(adminUrl, `update "user" set first_name = '=cmd|'' /C calc''!A0' where id = '${ks.branches[0].agent.id}'`);
    const mk = await (await as(ks.admin, { locale: 'mk' })).reports.export(asked);
    expect(mk).toMatchObject({ fileName: 'cash-2026-03-30-2027-01-01.csv', type: 'text/csv;charset=utf-8' });
    const text = textOf(mk);
    expect(text.startsWith('\uFEFFФилијала;Лице;Валута;Кај лицата;')).toBe(true);
    expect(text).toContain(";'=cmd|");
    const { rows } = parseCsv(text);
    const table = await (await as(ks.admin)).reports.table({ report: 'cash', from, to });
    expect(rows).toHaveLength(table.rows.length + table.totals.length);
    expect(rows.map(({ values }) => values.get('Вкупно готовина')?.replace(',', ''))).toEqual([...table.rows.map(({ amounts }) => amounts), ...table.totals].map((amounts) => {
      const minor = amounts[2]?.minor ?? 0n;
      return `${minor < 0n ? '-' : ''}${String(minor < 0n ? -minor : minor).padStart(3, '0')}`;
    }));
    expect(textOf(await (await as(ks.admin, { locale: 'en' })).reports.export(asked)).startsWith('\uFEFFBranch,Person,Currency,')).toBe(true);
  });

  it('is a paper with the letters of every language', async () => {
    for (const locale of ['mk', 'sq'] as const) {
      const { base64, type } = await (await as(ks.admin, { locale })).reports.export({ ...asked, report: 'revenue', format: 'pdf' });
      expect(type).toBe('application/pdf');
      expect(Buffer.from(base64, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    }
  });

  it('A-02 is on record: who, which one, with what filter and how many rows', async () => {
    const { manager, id } = ks.branches[0];
    const { rows } = await (await as(manager)).reports.table({ report: 'revenue', from, to, group: 'plan' });
    await (await as(manager)).reports.export({ ...asked, report: 'revenue', group: 'plan' });
    const [entry] = await adminSql(world.current.database.adminUrl, `select actor_id, action, entity, entity_id, branch_id, after from audit_logs where operation = 'EXPORT' order by at desc limit 1`);
    expect(entry).toMatchObject({ actor_id: manager.id, action: 'reports.export', entity: 'reports', entity_id: 'revenue', branch_id: id, after: { report: 'revenue', from, to, group: 'plan', format: 'csv', rows: rows.length } });
  });

  it('I-15 S-07 is for who may both read it and take data away, lately proven', async () => {
    const { agent, manager, id } = ks.branches[0];
    await withTenant(await systemScopeOf(ks), (tx) => tx.insert(userGrants).values({ tenantId: ks.id, id: newId(), userId: agent.id, permission: 'exports.run', branchId: id, grantedBy: ks.admin.id }));
    const [seller, member] = [await as(agent), await as(ks.branches[0].member)];
    const late = await as(manager, { now: new Date(Date.now() + 11 * 60_000) });
    expect(await refusalsOf([seller.reports.export(asked), member.reports.export(asked), late.reports.export(asked)])).toEqual(['FORBIDDEN errors.forbidden', 'FORBIDDEN errors.forbidden', 'FORBIDDEN errors.session.reauthenticate']);
  });
});
