import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { maskedClasses, tableFacts, withTenant } from '@interdomestik/db';
import { auditLogs, claimEvents, claims, leads, mails, memberships, sessions, user, userRoles } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { readErased } from '../erasures/erased-list';
import { dataOf, personalTables } from '../privacy/subject';
import { adminSql, callerFor, memoryStorage, publishRule, runJobs, scopeOf, systemScopeOf, useTestSettings, useWorld, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { retentionJob, retentionReport, runRetention } from './service';

useTestSettings();
const world = useWorld();
let ks: TestTenant;
const folder = mkdtempSync(join(tmpdir(), 'retention-'));
const tools = { storage: memoryStorage(), folder };
const years = (count: number) => new Date(Date.now() - count * 366 * 86_400_000);
const ids = { over: newId(), kept: newId(), running: newId(), oldClaim: newId(), lead: newId() };

beforeAll(async () => {
  ({ ks } = world.current);
  const [branch] = ks.branches;
  const own = { tenantId: ks.id, branchId: branch.id };
  await withTenant(await systemScopeOf(ks), async (tx) => {
    for (const [id, name] of [[ids.over, 'Over'], [ids.kept, 'Kept'], [ids.running, 'Running']] as const) {
      await tx.insert(user).values({ ...own, id, firstName: name, lastName: 'Person', email: `${name}@example.com`, locale: 'sq', createdAt: years(9) });
      await tx.insert(userRoles).values({ tenantId: ks.id, id: newId(), userId: id, role: 'member', branchId: null });
    }
    const sold = { ...own, planCode: 'asistenca', channel: 'import', priceMinor: 0n, currency: 'EUR' } as const;
    await tx.insert(memberships).values([
      { ...sold, id: newId(), userId: ids.over, status: 'expired', startsOn: '2017-01-01', endsOn: '2018-01-01' },
      { ...sold, id: newId(), userId: ids.kept, status: 'expired', startsOn: '2024-01-01', endsOn: '2025-01-01' },
      { ...sold, id: newId(), userId: ids.running, status: 'active', startsOn: '2026-01-01', endsOn: '2099-01-01' },
    ]);
    await tx.insert(claims).values({ ...own, id: ids.oldClaim, userId: ids.running, category: 'vehicle', status: 'resolved', counterparty: 'Somebody', description: 'An old story', currency: 'EUR', stageSince: years(11), createdAt: years(12), updatedAt: years(11) });
    await tx.insert(claimEvents).values({ ...own, id: newId(), claimId: ids.oldClaim, userId: ids.running, kind: 'note', note: 'They called' });
    await tx.insert(leads).values({ ...own, id: ids.lead, ownerId: branch.agent.id, firstName: 'Nobody', phone: '+38344000111', createdAt: years(3), updatedAt: years(3) });
    await tx.insert(mails).values({ tenantId: ks.id, id: newId(), toEmail: 'old@example.com', locale: 'sq', template: 'password-reset', subject: 's', html: 'h', text: 't', effectKey: newId(), status: 'sent', createdAt: years(2) });
    await tx.insert(sessions).values({ tenantId: ks.id, id: newId(), userId: ids.running, app: 'member', expiresAt: years(1) });
  });
});

const countsOf = async () => Object.fromEntries((await retentionReport(await systemScopeOf(ks), new Date())).kinds.map(({ kind, count }) => [kind, count]));

describe('what is over its time', () => {
  it('has a way to go for every retention word of a column that names, describes or opens something', () => {
    const byTime = ['sessions', 'user_tokens', 'mails', 'notifications', 'webhook_events', 'idempotency_keys', 'import_pieces', 'import_lines', 'claims', 'claim_events', 'documents', 'leads'];
    const withPerson = new Set(personalTables.map(({ name }) => name));
    // names of files and rules of the tenant, keys of the tenant, and what the law keeps
    const apart = ['import_batches', 'import_templates', 'payment_accounts', 'clearance_accounts'];
    const left = Object.entries(tableFacts).filter(([name, facts]) => facts.scope === 'tenant' && !['tax', 'audit', 'permanent'].includes(facts.retention)
      && Object.keys(facts.columns).some((column) => maskedClasses.includes(dataOf(facts, column))) && !byTime.includes(name) && !withPerson.has(name) && !apart.includes(name));
    expect(left.map(([name]) => name)).toEqual([]);
  });

  it('is counted without a change, for administrators alone', async () => {
    const admin = callerFor(await scopeOf(ks, ks.admin));
    const before = await adminSql(world.current.database.adminUrl, 'select md5(string_agg(u::text, \'\' order by id)) as sum from "user" u');
    const report = await admin.retention.report();
    expect(Object.fromEntries(report.kinds.map(({ kind, count }) => [kind, count]))).toMatchObject({ people: 1, claims: 1, leads: 1, messages: 1, sessions: 1, events: 0 });
    expect(report).toMatchObject({ nightly: false, last: null });
    expect(await adminSql(world.current.database.adminUrl, 'select md5(string_agg(u::text, \'\' order by id)) as sum from "user" u')).toEqual(before);
    expect(await refusalsOf([callerFor(await scopeOf(ks, ks.branches[0].manager)).retention.report()])).toEqual(['FORBIDDEN errors.forbidden']);
    const { mk } = world.current;
    expect((await callerFor(await scopeOf(mk, mk.admin)).retention.report()).kinds.every(({ count }) => count === 0)).toBe(true);
  });

  it('A-08 goes exactly as it was counted, once, with the numbers in the trail, and leaves everybody else alone', async () => {
    const promised = await countsOf();
    const gone = await runRetention(await systemScopeOf(ks), new Date(), tools);
    expect(gone).toEqual(promised);
    expect(Object.values(await countsOf()).every((count) => count === 0)).toBe(true);
    const scope = await systemScopeOf(ks);
    const people = await withTenant(scope, (tx) => tx.select({ id: user.id, email: user.email }).from(user).where(eq(user.tenantId, ks.id)));
    expect(Object.fromEntries(people.filter(({ id }) => Object.values(ids).includes(id)).map(({ id, email }) => [id, email]))).toEqual({ [ids.over]: null, [ids.kept]: 'Kept@example.com', [ids.running]: 'Running@example.com' });
    expect(await withTenant(scope, (tx) => tx.select({ description: claims.description, counterparty: claims.counterparty }).from(claims).where(eq(claims.id, ids.oldClaim)))).toEqual([{ description: '', counterparty: '' }]);
    expect(await withTenant(scope, (tx) => tx.select({ note: claimEvents.note }).from(claimEvents).where(eq(claimEvents.claimId, ids.oldClaim)))).toEqual([{ note: null }]);
    expect(await withTenant(scope, (tx) => tx.select({ firstName: leads.firstName, phone: leads.phone }).from(leads).where(eq(leads.id, ids.lead)))).toEqual([{ firstName: '–', phone: null }]);
    expect((await readErased(folder, ks.id)).erased.map((one) => one.user)).toEqual([ids.over]);
    const trail = await withTenant(scope, (tx) => tx.select({ after: auditLogs.after }).from(auditLogs).where(and(eq(auditLogs.tenantId, ks.id), eq(auditLogs.entity, 'retention'))));
    expect(trail).toEqual([{ after: gone }]);
    expect(await runRetention(scope, new Date(), tools)).toEqual({ people: 0, claims: 0, leads: 0, messages: 0, sessions: 0, events: 0, workings: 0 });
  });

  it('goes by itself only where the rule says so, once a day', async () => {
    const { mk } = world.current;
    const runs = async () => (await withTenant(await systemScopeOf(mk), (tx) => tx.select({ id: auditLogs.id }).from(auditLogs).where(and(eq(auditLogs.tenantId, mk.id), eq(auditLogs.entity, 'retention'))))).length;
    const turn = async () => {
      await retentionJob.run(await systemScopeOf(mk), { turn: 'now' });
    };
    await turn();
    expect(await runs()).toBe(0);
    await publishRule(mk, 'retention', 2, { ...mk.pack.rules.retention, nightly: true });
    await turn();
    await turn();
    expect(await runs()).toBe(1);
    await runJobs(world.current.database, { only: ['retention.nightly'] });
  });
});
