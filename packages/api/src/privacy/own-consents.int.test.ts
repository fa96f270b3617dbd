import { and, eq } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { auditLogs } from '@interdomestik/db/schema';
import { recordConsents } from '../accounts/new-member';
import { legalText } from '../site/service';
import { callerFor, scopeOf, systemScopeOf, useWorld, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
let ks: TestTenant;
let member: TestPerson;

beforeAll(async () => {
  ({ ks } = world.current);
  ({ member } = ks.branches[0]);
  const scope = await systemScopeOf(ks);
  const texts = await Promise.all((['terms', 'privacy', 'consentMarketing'] as const).map((key) => legalText(scope, key, 'sq', new Date())));
  await withTenant(scope, (tx) => recordConsents(tx, scope, member.id, 'sq', texts.map((text) => ({ text, accepted: true }))));
});

const ownOf = async () => callerFor(await scopeOf(ks, member), { locale: 'sq' });

it('what was agreed to is shown with version and time; only what is free can be taken back, and everything said stays', async () => {
  const own = await ownOf();
  const first = await own.privacy.consents();
  expect(first.map(({ key, accepted, free }) => ({ key, accepted, free }))).toEqual([
    { key: 'terms', accepted: true, free: false }, { key: 'privacy', accepted: true, free: false }, { key: 'consentMarketing', accepted: true, free: true },
  ]);
  expect(first.every(({ history }) => history.length === 1 && history[0]?.version === '1' && history[0].at instanceof Date)).toBe(true);
  const { version = 0, hash = '' } = first.find(({ key }) => key === 'consentMarketing') ?? {};
  const input = { key: 'consentMarketing' as const, version, hash };
  await Promise.all([own.privacy.sayConsent({ ...input, accepted: false }), own.privacy.sayConsent({ ...input, accepted: false })]);
  const after = (await own.privacy.consents()).find(({ key }) => key === 'consentMarketing');
  expect(after).toMatchObject({ accepted: false });
  expect(after?.history.map(({ accepted }) => accepted)).toEqual([false, true]);
  expect(await refusalsOf([own.privacy.sayConsent({ ...input, accepted: true, hash: 'a'.repeat(64) })])).toEqual(['CONFLICT errors.consent.outdated']);
  await own.privacy.sayConsent({ ...input, accepted: true });
  expect((await own.privacy.consents()).find(({ key }) => key === 'consentMarketing')?.history.map(({ accepted }) => accepted)).toEqual([true, false, true]);
  const trail = await withTenant(await systemScopeOf(ks), (tx) => tx.select({ id: auditLogs.id }).from(auditLogs).where(and(eq(auditLogs.tenantId, ks.id), eq(auditLogs.action, 'privacy.sayConsent'))));
  expect(trail).toHaveLength(2);
});

it('staff and strangers say nothing for a member', async () => {
  const input = { key: 'consentMarketing' as const, accepted: false, version: 1, hash: 'a'.repeat(64) };
  expect(await refusalsOf([callerFor(await scopeOf(ks, ks.admin)).privacy.sayConsent(input), callerFor(null).privacy.consents()])).toEqual(['FORBIDDEN errors.forbidden', 'UNAUTHENTICATED errors.unauthenticated']);
});
