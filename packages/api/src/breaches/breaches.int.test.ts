import { and, eq } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { auditLogs, leads } from '@interdomestik/db/schema';
import { callerFor, scopeOf, systemScopeOf, useWorld, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
let ks: TestTenant;
beforeAll(() => { ({ ks } = world.current); });

const all = ['records', 'claims', 'documents', 'changes', 'exports'] as const;
const asked = (more: object = {}) => ({ from: new Date(Date.now() - 3_600_000), until: new Date(Date.now() + 60_000), what: [...all], actorIds: [], ...more });

it('A-09 a breach report names exactly those whose records were opened or changed, in the time and by the accounts said, with what is needed to write to them, and is itself on record', async () => {
  const [one, other] = ks.branches;
  const manager = callerFor(await scopeOf(ks, one.manager));
  await manager.members.get({ id: one.member.id });
  await callerFor(await scopeOf(ks, other.manager)).members.updateContact({ id: other.member.id, firstName: 'Changed', lastName: 'Person', phone: '+38344123123', email: 'changed@example.com', address: 'Rr. 1', city: 'Prizren' });
  const admin = callerFor(await scopeOf(ks, ks.admin), { locale: 'sq' });
  const report = await admin.breaches.report(asked());
  expect(report.people.map(({ id, what }) => ({ id, what })).toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([{ id: one.member.id, what: ['records'] }, { id: other.member.id, what: ['changes'] }].toSorted((a, b) => a.id.localeCompare(b.id)));
  expect(report.people.find(({ id }) => id === other.member.id)).toMatchObject({ email: 'changed@example.com', phone: '+38344123123', address: 'Rr. 1, Prizren', times: 1 });
  expect(report).toMatchObject({ noticeHours: 72 });
  expect((await admin.breaches.report(asked({ actorIds: [one.manager.id] }))).people.map(({ id }) => id)).toEqual([one.member.id]);
  expect((await admin.breaches.report(asked({ what: ['changes'], actorIds: [one.manager.id] }))).people).toEqual([]);
  expect((await admin.breaches.report(asked({ until: new Date(Date.now() - 1_800_000) }))).people).toEqual([]);
  const { text } = await admin.breaches.csv(asked());
  expect(text).toContain('changed@example.com');
  expect(text).toContain('Numri i anëtarit');
  const trail = await withTenant(await systemScopeOf(ks), (tx) => tx.select({ after: auditLogs.after }).from(auditLogs).where(and(eq(auditLogs.tenantId, ks.id), eq(auditLogs.entity, 'breaches'))));
  expect(trail).toHaveLength(5);
  expect(JSON.stringify(trail)).not.toContain('changed@');
});

it('is for administrators alone, with a fresh proof, and knows nothing of the other tenant', async () => {
  const { mk } = world.current;
  expect((await callerFor(await scopeOf(mk, mk.admin)).breaches.report(asked())).people).toEqual([]);
  const manager = callerFor(await scopeOf(ks, ks.branches[0].manager));
  const later = callerFor(await scopeOf(ks, ks.admin), { now: new Date(Date.now() + 11 * 60_000) });
  expect(await refusalsOf([manager.breaches.report(asked()), later.breaches.csv(asked())])).toEqual(['FORBIDDEN errors.forbidden', 'FORBIDDEN errors.session.reauthenticate']);
  await expect(callerFor(await scopeOf(ks, ks.admin)).breaches.report(asked({ until: new Date(0) }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await withTenant(await systemScopeOf(ks), (tx) => tx.$count(leads, eq(leads.tenantId, mk.id)))).toBe(0);
});
