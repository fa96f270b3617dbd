import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, payments } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import type { Identity } from '../http/request-context';
import { parseCsv } from '../vendors/csv';
import { callerFor, enrolInputOf, giveMembership, scopeOf, systemScopeOf, testPasswords, useWorld, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { createExportRoute } from './download-route';
import type { ExportWish } from './lists';

const world = useWorld();
let mk: TestTenant;
let ks: TestTenant;

const callerOf = async (tenant: TestTenant, person: TestPerson, now = new Date()) => callerFor(await scopeOf(tenant, person), { locale: 'mk', now });

async function answerTo(scope: TenantScope | null, ticket: string, now = new Date()): Promise<Response> {
  const identity: Identity = { host: 'tenant', site: null, scope, platform: null, pending: null };
  return await createExportRoute({ app: 'admin', identify: () => Promise.resolve(identity), passwords: testPasswords, clock: () => now })(new Request('http://mk.localhost/api/exports/x', { headers: { host: 'mk.localhost' } }), ticket);
}

async function take(tenant: TestTenant, person: TestPerson, wish: ExportWish): Promise<{ rows: number; text: string; table: readonly Record<string, string>[] }> {
  const scope = await scopeOf(tenant, person);
  const { ticket, rows } = await callerFor(scope, { locale: 'mk' }).exports.begin(wish);
  const answer = await answerTo(scope, ticket);
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([200, 'text/csv;charset=utf-8', expect.stringContaining('no-store')]);
  // text() would take the byte order mark away
  const text = Buffer.from(await answer.arrayBuffer()).toString('utf8');
  const lines = text.split('\r\n').length - 2;
  return { rows, text, table: lines === 0 ? [] : parseCsv(text).rows.map(({ values }) => Object.fromEntries(values)) };
}

beforeAll(async () => {
  ({ mk, ks } = world.current);
  for (const tenant of [mk, ks]) {
    for (const branch of tenant.branches) await giveMembership(tenant, branch.member);
    for (const branch of tenant.branches) await (await callerOf(tenant, branch.agent)).enrolments.enrol(enrolInputOf(tenant, { firstName: 'Лина', city: '=HYPERLINK("x")', planCode: 'asistenca' }));
  }
});

describe('a list as a file', () => {
  it.each(['members', 'claims', 'payments', 'invoices'] as const)('M-14 has exactly the rows that the reader sees on the screen: %s', async (list) => {
    for (const person of [mk.admin, mk.branches[0].manager, mk.branches[1].manager]) {
      const seen = (await (await callerOf(mk, person))[list].list({ limit: 100 })).items;
      const { rows, table } = await take(mk, person, { list });
      expect([rows, table.length]).toEqual([seen.length, seen.length]);
      if (list !== 'claims') expect(rows).toBeGreaterThan(0);
    }
  });

  it('M-13 speaks the reader’s language, keeps formulas as text and amounts as numbers', async () => {
    const { table, text } = await take(mk, mk.admin, { list: 'members', search: 'lina' });
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(table.map((row) => [row['Име'], row['Град'], row['Статус']])).toEqual(mk.branches.map(() => ['Лина', '=HYPERLINK("x")', 'Активно']));
    expect(text).toContain('\'=HYPERLINK');
    const money = await take(mk, mk.admin, { list: 'payments', filters: { method: ['cash'] } });
    const sums = await withTenant(await systemScopeOf(mk), (tx) => tx.select({ minor: payments.amountMinor }).from(payments).where(and(eq(payments.tenantId, mk.id), eq(payments.method, 'cash'))));
    expect(money.table.map((row) => BigInt((row['Износ'] ?? '').replace(',', '')).toString()).toSorted()).toEqual(sums.map(({ minor }) => minor.toString()).toSorted());
  });

  it('A-01 is on record with its filter and count before the first byte, and a search only as that there was one', async () => {
    const branchId = mk.branches[0].id;
    const { rows } = await take(mk, mk.admin, { list: 'members', search: 'Петровски', filters: { branchId } });
    const trail = await withTenant(await systemScopeOf(mk), (tx) => tx.select({ after: auditLogs.after, by: auditLogs.actorId }).from(auditLogs).where(and(eq(auditLogs.tenantId, mk.id), eq(auditLogs.operation, 'EXPORT'), eq(auditLogs.entity, 'lists'))));
    expect(trail).toContainEqual({ by: mk.admin.id, after: { list: 'members', format: 'csv', filters: { branchId }, searched: true, rows } });
    expect(JSON.stringify(trail)).not.toContain('Петровски');
    const shown = await take(mk, mk.admin, { list: 'audit', filters: { doing: 'exports' } });
    expect(shown.rows).toBeGreaterThanOrEqual(trail.length);
  });

  it('M-14 is of one moment: who joins while it is handed out is not in it', async () => {
    const { manager, agent } = mk.branches[0];
    const scope = await scopeOf(mk, manager);
    const { ticket, rows } = await callerFor(scope).exports.begin({ list: 'members' });
    const answer = await answerTo(scope, ticket);
    await (await callerOf(mk, agent)).enrolments.enrol(enrolInputOf(mk, { planCode: 'asistenca' }));
    expect((await answer.text()).split('\r\n')).toHaveLength(rows + 2);
    expect((await callerFor(scope).exports.begin({ list: 'members' })).rows).toBe(rows + 1);
  });
});

describe('whose it is', () => {
  it('I-23 M-14 the door to a list opens for the person of the ticket alone, within ten minutes, with a fresh proof', async () => {
    const scope = await scopeOf(mk, mk.branches[0].manager);
    const { ticket } = await callerFor(scope).exports.begin({ list: 'members' });
    const others = await Promise.all([scopeOf(mk, mk.branches[1].manager), scopeOf(mk, mk.admin), scopeOf(ks, ks.branches[0].manager), scopeOf(ks, ks.admin), scopeOf(mk, mk.branches[0].agent), scopeOf(mk, mk.branches[0].member)]);
    const statuses = [...(await Promise.all(others.map(async (other) => (await answerTo(other, ticket)).status))), (await answerTo(null, ticket)).status, (await answerTo(scope, newId())).status, (await answerTo(scope, `${ticket.slice(0, -2)}AA`)).status];
    expect(statuses).toEqual([404, 404, 404, 404, 403, 403, 401, 404, 404]);
    const later = new Date(Date.now() + 11 * 60_000);
    expect((await answerTo(scope, ticket, later)).status).toBe(403);
    expect(await refusalsOf([callerFor(scope, { now: later }).exports.begin({ list: 'members' })])).toEqual(['FORBIDDEN errors.session.reauthenticate']);
    expect((await answerTo(scope, ticket)).status).toBe(200);
  });

  it('S-12 whoever may take data away may take away only what they may read', async () => {
    const admin = await callerOf(mk, mk.admin);
    const { agent } = mk.branches[0];
    const here = mk.branches[0].id;
    expect(await refusalsOf([(await callerOf(mk, agent)).exports.begin({ list: 'payments' })])).toEqual(['FORBIDDEN errors.forbidden']);
    await admin.staff.grantPermission({ id: agent.id, permission: 'exports.run', branchId: here });
    // the trail and claims in full are not an agent's to read
    const seller = await callerOf(mk, agent);
    expect(await refusalsOf([seller.exports.begin({ list: 'audit' }), seller.exports.begin({ list: 'claims' })])).toEqual(['FORBIDDEN errors.forbidden', 'FORBIDDEN errors.forbidden']);
    expect(await refusalsOf([(await callerOf(mk, mk.branches[0].manager)).exports.begin({ list: 'audit' })])).toEqual(['FORBIDDEN errors.forbidden']);
  });

  it('I-13 a branch, a person or a record of the other country filters as one that is nowhere', async () => {
    const manager = await callerOf(mk, mk.branches[0].manager);
    for (const branchId of [ks.branches[0].id, mk.branches[1].id, newId()]) expect((await manager.exports.begin({ list: 'members', filters: { branchId } })).rows).toBe(0);
  });
});
