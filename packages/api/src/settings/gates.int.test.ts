import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { auditLogs, notifications, tenantSettings, user } from '@interdomestik/db/schema';
import { addColleague } from '../attacks/people';
import { scopeOf, settingsOf, systemScopeOf, useWorld, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { documentHash } from './hash';

const world = useWorld();
const as = async (tenant: TestTenant, person: TestPerson) => settingsOf(await scopeOf(tenant, person));
const another = (tenant: TestTenant) => addColleague(tenant, { role: 'tenant_admin', branchId: null, firstName: 'Second' });

/** A draft of a rule as somebody writes it. */
async function drafted(tenant: TestTenant, person: TestPerson, kind: 'retention' | 'branding' | 'governance' | 'products', value: unknown) {
  const { id, revision, issues } = await (await as(tenant, person)).saveDraft({ kind, id: null, revision: null, value, note: '' });
  expect(issues).toEqual([]);
  return { id, revision };
}

async function published(tenant: TestTenant, person: TestPerson, kind: 'retention' | 'branding' | 'governance', value: unknown) {
  const draft = await drafted(tenant, person, kind, value);
  return await (await as(tenant, person)).publish({ ...draft, effectiveFrom: null });
}

const told = async (tenant: TestTenant, person: TestPerson) => await withTenant(await systemScopeOf(tenant), (tx) =>
  tx.select({ kind: notifications.kind, params: notifications.params, href: notifications.href }).from(notifications).where(and(eq(notifications.tenantId, tenant.id), eq(notifications.userId, person.id))));

describe('the second person', () => {
  it('nobody arms the rule of approval without somebody to approve', async () => {
    const { ks } = world.current;
    const draft = await (await as(ks, ks.admin)).saveDraft({ kind: 'governance', id: null, revision: null, value: { secondPersonFor: ['retention'], simulateFor: [] }, note: '' });
    expect(draft.issues).toMatchObject([{ kind: 'governance', field: 'secondPersonFor', key: 'errors.rule.noSecondPerson' }]);
    await expect((await as(ks, ks.admin)).publish({ id: draft.id, revision: draft.revision, effectiveFrom: null })).rejects.toMatchObject({ message: 'errors.rule.noSecondPerson' });
    await (await as(ks, ks.admin)).discardDraft({ id: draft.id, revision: draft.revision });
  });

  it('must be somebody else than who wrote, agrees to exactly one document, and nobody disarms the rule alone', async () => {
    const { ks } = world.current;
    const [second, third] = [await another(ks), await another(ks)];
    expect((await (await as(ks, ks.admin)).kind({ kind: 'retention' })).needs).toEqual({ secondPerson: false, simulation: false });
    await published(ks, ks.admin, 'governance', { secondPersonFor: ['retention'], simulateFor: [] });
    expect((await (await as(ks, ks.admin)).kind({ kind: 'retention' })).needs).toEqual({ secondPerson: true, simulation: false });

    const draft = await drafted(ks, ks.admin, 'retention', { ...ks.pack.rules.retention, lawReference: 'Two people' });
    const [author, other, outsider] = [await as(ks, ks.admin), await as(ks, second), await as(ks, third)];
    expect(await refusalsOf([author.publish({ ...draft, effectiveFrom: null }), other.approve(draft)])).toEqual(['CONFLICT errors.rule.notApproved', 'CONFLICT errors.rule.step']);
    expect((await author.validateDraft(draft)).version.state).toBe('validated');
    expect(await told(ks, second)).toContainEqual({ kind: 'settings.approval_wanted', params: { rule: 'retention', version: 2 }, href: expect.stringContaining('/settings/retention') as string });
    expect((await told(ks, ks.admin)).map(({ kind }) => kind)).not.toContain('settings.approval_wanted');
    expect(await refusalsOf([author.approve(draft)])).toEqual(['FORBIDDEN errors.rule.secondPerson']);

    // whoever changed it last has written it as well
    const edited = await other.saveDraft({ kind: 'retention', ...draft, value: { ...ks.pack.rules.retention, lawReference: 'Two people, edited' }, note: '' });
    const now = { id: edited.id, revision: edited.revision };
    await author.validateDraft(now);
    expect(await refusalsOf([other.approve(now), author.approve(now), outsider.approve(draft)])).toEqual(['FORBIDDEN errors.rule.secondPerson', 'FORBIDDEN errors.rule.secondPerson', 'CONFLICT errors.rule.draftChanged']);
    expect(await outsider.approve(now)).toMatchObject({ state: 'approved', approvedBy: { id: third.id } });

    // a change after the approval takes it back
    const again = await author.saveDraft({ kind: 'retention', ...now, value: { ...ks.pack.rules.retention, lawReference: 'Something else' }, note: '' });
    expect(again).toMatchObject({ state: 'draft', approvedBy: null, approvedAt: null });
    const last = { id: again.id, revision: again.revision };
    expect(await refusalsOf([author.publish({ ...last, effectiveFrom: null })])).toEqual(['CONFLICT errors.rule.notApproved']);
    await author.validateDraft(last);
    await other.approve(last);
    expect(await author.publish({ ...last, effectiveFrom: null })).toMatchObject({ state: 'in_force', approvedBy: { id: second.id }, publishedBy: { id: ks.admin.id } });
    expect((await told(ks, third)).map(({ kind }) => kind)).toContain('settings.published');

    // a rule that nobody has to approve is published alone, and the rule of approval is not
    await published(ks, ks.admin, 'branding', { ...ks.pack.rules.branding, supportPhone: '+38338111111' });
    const disarm = await drafted(ks, ks.admin, 'governance', { secondPersonFor: [], simulateFor: [] });
    expect(await refusalsOf([author.publish({ ...disarm, effectiveFrom: null })])).toEqual(['CONFLICT errors.rule.notApproved']);
    await author.validateDraft(disarm);
    await other.approve(disarm);
    await author.publish({ ...disarm, effectiveFrom: null });
    const free = await drafted(ks, ks.admin, 'retention', { ...ks.pack.rules.retention, lawReference: 'Alone again' });
    await author.validateDraft(free);
    expect(await refusalsOf([other.approve(free)])).toEqual(['CONFLICT errors.rule.noApprovalNeeded']);
    expect((await author.publish({ ...free, effectiveFrom: null })).state).toBe('in_force');
  });

  it('disabled colleagues do not count as somebody who could approve', async () => {
    const { mk } = world.current;
    const second = await another(mk);
    const wanted = { kind: 'governance' as const, id: null, revision: null, value: { secondPersonFor: ['retention'], simulateFor: [] }, note: '' };
    const admin = await as(mk, mk.admin);
    const first = await admin.saveDraft(wanted);
    expect(first.issues).toEqual([]);
    await withTenant(await systemScopeOf(mk), (tx) => tx.update(user).set({ status: 'disabled' }).where(and(eq(user.tenantId, mk.id), eq(user.id, second.id))));
    expect((await admin.validateDraft({ id: first.id, revision: first.revision })).issues).toMatchObject([{ key: 'errors.rule.noSecondPerson' }]);
    await admin.discardDraft({ id: first.id, revision: first.revision });
  });
});

describe('a rule that must be tried first', () => {
  const simulated = async (tenant: TestTenant, id: string, hash: string) => await withTenant(await systemScopeOf(tenant), (tx) => tx.update(tenantSettings).set({ simulatedHash: hash }).where(and(eq(tenantSettings.tenantId, tenant.id), eq(tenantSettings.id, id))));

  it('acts only as exactly the document that was tried', async () => {
    const { mk } = world.current;
    const admin = await as(mk, mk.admin);
    expect((await admin.kind({ kind: 'products' })).needs.simulation).toBe(true);
    const draft = await drafted(mk, mk.admin, 'products', { ...mk.pack.rules.products, graceDays: 20 });
    expect(await refusalsOf([admin.publish({ ...draft, effectiveFrom: null })])).toEqual(['CONFLICT errors.rule.notSimulated']);
    const { resolved } = await admin.version({ id: draft.id });
    await simulated(mk, draft.id, documentHash(resolved));
    const edited = await admin.saveDraft({ kind: 'products', ...draft, value: { ...mk.pack.rules.products, graceDays: 21 }, note: '' });
    expect(await refusalsOf([admin.publish({ id: edited.id, revision: edited.revision, effectiveFrom: null })])).toEqual(['CONFLICT errors.rule.notSimulated']);
    await simulated(mk, draft.id, documentHash((await admin.version({ id: draft.id })).resolved));
    const done = await admin.publish({ id: edited.id, revision: edited.revision, effectiveFrom: null });
    expect(done).toMatchObject({ state: 'in_force', simulatedHash: documentHash((await admin.version({ id: draft.id })).resolved) });
    // going back is tried as well
    expect(await admin.rollback({ kind: 'products', version: 1, note: 'too long' })).toMatchObject({ state: 'draft', restoresVersion: 1, note: 'too long' });
  });
});

it('A-06 every step is in the audit trail under its own name, with its person', async () => {
  const { ks } = world.current;
  const rows = await withTenant(await systemScopeOf(ks), (tx) => tx.selectDistinct({ action: auditLogs.action, actorKind: auditLogs.actorKind }).from(auditLogs).where(and(eq(auditLogs.tenantId, ks.id), eq(auditLogs.entity, 'tenant_settings'))));
  const actions = rows.filter(({ actorKind }) => actorKind === 'user').map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['settings.saveDraft', 'settings.discardDraft', 'settings.validateDraft', 'settings.approve', 'settings.publish']));
});
