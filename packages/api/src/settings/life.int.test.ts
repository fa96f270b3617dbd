import { describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { callerFor, scopeOf, systemScopeOf, useWorld, visitorOf, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
const adminOf = async (tenant: TestTenant) => callerFor(await scopeOf(tenant, tenant.admin));
const retention = (tenant: TestTenant, lawReference: string) => ({ ...tenant.pack.rules.retention, lawReference });

describe('the life of a rule', () => {
  it('I-13 I-15 is for administrators of the own tenant, and another one’s draft looks like none', async () => {
    const { mk, ks } = world.current;
    const draft = await (await adminOf(mk)).settings.saveDraft({ kind: 'retention', id: null, revision: null, value: retention(mk, 'A'), note: '' });
    const at = { id: draft.id, revision: draft.revision };
    const callsOf = (caller: Awaited<ReturnType<typeof adminOf>>, id: string) => [
      caller.settings.version({ id }), caller.settings.saveDraft({ kind: 'retention', id, revision: 1, value: {}, note: '' }), caller.settings.discardDraft({ id, revision: 1 }),
      caller.settings.validateDraft({ id, revision: 1 }), caller.settings.approve({ id, revision: 1 }), caller.settings.publish({ id, revision: 1, effectiveFrom: null }), caller.settings.withdraw({ id }),
    ];
    const [theirs, none] = [await refusalsOf(callsOf(await adminOf(ks), at.id)), await refusalsOf(callsOf(await adminOf(ks), newId()))];
    expect(new Set([...theirs, ...none])).toEqual(new Set(['NOT_FOUND errors.notFound']));
    const [branch] = mk.branches;
    for (const person of [branch.manager, branch.agent, mk.promoter, branch.member]) {
      expect(new Set(await refusalsOf(callsOf(callerFor(await scopeOf(mk, person)), at.id)))).toEqual(new Set(['FORBIDDEN errors.forbidden']));
    }
    expect(new Set(await refusalsOf(callsOf(callerFor(await visitorOf(mk)), at.id)))).toEqual(new Set(['UNAUTHENTICATED errors.unauthenticated']));
    const [foreign, admin] = [ks.branches[0].id, await adminOf(mk)];
    expect(await refusalsOf([
      admin.settings.kind({ kind: 'limits', branchId: foreign }), admin.settings.saveDraft({ kind: 'limits', branchId: foreign, id: null, revision: null, value: {}, note: '' }),
      admin.settings.rollback({ kind: 'limits', branchId: foreign, version: 1, note: '' }),
    ])).toEqual(['NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound']);
    await (await adminOf(mk)).settings.discardDraft(at);
  });

  it('a draft is saved, published and superseded, and the database keeps what was published as it was', async () => {
    const { mk } = world.current;
    const admin = await adminOf(mk);
    const first = await admin.settings.saveDraft({ kind: 'retention', id: null, revision: null, value: retention(mk, 'Law 1'), note: 'because' });
    expect(first).toMatchObject({ state: 'draft', revision: 1, baseVersion: 1, note: 'because', issues: [], createdBy: { id: mk.admin.id } });
    const saved = await admin.settings.saveDraft({ kind: 'retention', id: first.id, revision: 1, value: retention(mk, 'Law 2'), note: 'better' });
    expect(await admin.settings.kind({ kind: 'retention' })).toMatchObject({ inForce: { version: 1, source: 'pack' }, draft: { id: first.id, revision: 2 } });
    const published = await admin.settings.publish({ id: saved.id, revision: 2, effectiveFrom: null });
    expect(published).toMatchObject({ state: 'in_force', publishedBy: { id: mk.admin.id } });
    const view = await admin.settings.kind({ kind: 'retention' });
    expect(view).toMatchObject({ inForce: { version: published.version, source: 'tenant', value: { lawReference: 'Law 2' } }, draft: null, newest: { version: published.version } });
    expect(view.versions.map(({ state }) => state)).toContain('superseded');
    await expect(withTenant(await systemScopeOf(mk), (tx) => tx.update(tenantSettings).set({ value: {} }))).rejects.toThrow();
  });
});
