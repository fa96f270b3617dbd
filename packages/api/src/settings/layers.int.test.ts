import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { publishRule, scopeOf, settingsOf, systemScopeOf, useWorld } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { addColleague } from '../attacks/people';
import { ruleAt, ruleOf } from './rules';

const world = useWorld();

/** Saves and publishes at once. */
async function publish(settings: ReturnType<typeof settingsOf>, draft: { kind: 'limits' | 'workflows' | 'retention'; branchId?: string | null; value: unknown; note?: string }) {
  const { id, revision, issues } = await settings.saveDraft({ branchId: null, note: '', ...draft, id: null, revision: null });
  expect(issues).toEqual([]);
  return await settings.publish({ id, revision, effectiveFrom: null });
}

describe('a branch that has a rule its own way', () => {
  it('has it over whatever the tenant says, there alone, until it takes it back', async () => {
    const { mk } = world.current;
    const settings = settingsOf(await scopeOf(mk, mk.admin));
    const [here, there] = mk.branches;
    const { limits } = mk.pack.rules;
    const scope = await systemScopeOf(mk);
    const perClaim = async (branchId: string | null) => (await ruleOf(scope, 'limits', new Date(), branchId)).value.upload.perClaim;
    const own = await publish(settings, { kind: 'limits', branchId: here.id, value: { upload: { perClaim: 5 } } });
    expect(own).toMatchObject({ version: 1, branchId: here.id, state: 'in_force' });
    expect([await perClaim(here.id), await perClaim(there.id), await perClaim(null)]).toEqual([5, limits.upload.perClaim, limits.upload.perClaim]);
    // the tenant's document changes below it
    const below = await publish(settings, { kind: 'limits', value: { ...limits, upload: { ...limits.upload, perClaim: 9, maxBytes: 1_000_000 } } });
    const rule = await ruleOf(scope, 'limits', new Date(), here.id);
    expect(rule).toMatchObject({ source: 'branch', version: 1, base: below.version, branchId: here.id, value: { upload: { perClaim: 5, maxBytes: 1_000_000 } } });
    expect(await perClaim(there.id)).toBe(9);
    expect(await settings.kind({ kind: 'limits', branchId: here.id })).toMatchObject({ inForce: { source: 'branch', version: 1, value: { upload: { perClaim: 5, maxBytes: 1_000_000 } } }, newest: { version: 1, value: { upload: { perClaim: 5 } } } });
    expect((await settings.kind({ kind: 'limits' })).branches.filter(({ overrides }) => overrides).map(({ id }) => id)).toEqual([here.id]);
    // a receipt of before is decided again by the versions that it names
    expect((await ruleAt(scope, 'limits', { version: 1, base: 1, branchId: here.id })).value.upload).toEqual({ ...limits.upload, perClaim: 5 });
    await expect(ruleAt(scope, 'limits', { version: 1, base: 1, branchId: there.id })).rejects.toMatchObject({ messageKey: 'errors.rule.missing' });
    await publish(settings, { kind: 'limits', branchId: here.id, value: {} });
    expect(await ruleOf(scope, 'limits', new Date(), here.id)).toMatchObject({ source: 'tenant', version: below.version });
    expect(await settings.rollback({ kind: 'limits', branchId: here.id, version: 1, note: '' })).toMatchObject({ version: 3, restoresVersion: 1, state: 'in_force' });
    expect(await perClaim(here.id)).toBe(5);
  });

  it('changes what a branch may change, and nothing that would not fit', async () => {
    const { mk } = world.current;
    const settings = settingsOf(await scopeOf(mk, mk.admin));
    const branchId = mk.branches[1].id;
    expect(await refusalsOf([settings.kind({ kind: 'products', branchId }), settings.saveDraft({ kind: 'legal', branchId, id: null, revision: null, value: {}, note: '' })])).toEqual(Array.from({ length: 2 }, () => 'INVALID errors.rule.noBranch'));
    const draft = await settings.saveDraft({ kind: 'limits', branchId, id: null, revision: null, value: { upload: { perClaim: 0 }, session: { idleMinutes: 10 } }, note: '' });
    expect(draft.issues.map(({ field, key }) => `${field} ${key}`)).toEqual(['session errors.rule.notOfBranch', 'upload.perClaim errors.tooSmall']);
    await settings.discardDraft({ id: draft.id, revision: 1 });
    const { claims } = mk.pack.rules.workflows;
    const stuck = await settings.saveDraft({ kind: 'workflows', branchId, id: null, revision: null, value: { claims: { transitions: claims.transitions.filter(({ from }) => from !== 'court') } }, note: '' });
    expect(stuck.issues).toEqual([{ kind: 'workflows', field: 'claims.states.5', key: 'errors.workflow.noWayOut', params: { state: 'court' } }]);
    await settings.discardDraft({ id: stuck.id, revision: 1 });
  });

  it('is not left behind by what the tenant changes', async () => {
    const { ks } = world.current;
    const settings = settingsOf(await scopeOf(ks, ks.admin));
    const { workflows } = ks.pack.rules;
    await publishRule(ks, 'governance', 2, { secondPersonFor: [], simulateFor: [] });
    const stages = [{ state: 'court', hours: 40, remindHoursBefore: [20], escalations: [] }];
    await publish(settings, { kind: 'workflows', branchId: ks.branches[0].id, value: { stages, calendar: { closedOn: ['2026-12-28'] } } });
    const clashing = await settings.saveDraft({ kind: 'workflows', id: null, revision: null, value: { ...workflows, calendar: { ...workflows.calendar, openOn: ['2026-12-28'] } }, note: '' });
    const [branch] = (await settings.kind({ kind: 'workflows' })).branches.filter(({ overrides }) => overrides);
    expect(clashing.issues).toEqual([{ kind: 'workflows', field: '', key: 'errors.rule.branchOverride', params: { branch: branch?.name } }]);
    expect(await refusalsOf([settings.publish({ id: clashing.id, revision: 1, effectiveFrom: null })])).toEqual(['INVALID errors.rule.branchOverride']);
    await settings.discardDraft({ id: clashing.id, revision: 1 });
  });
});

describe('why a value is as it is', () => {
  it('says the layer, since when, by whom and with which note', async () => {
    const { ks } = world.current;
    const [branch, other] = ks.branches;
    const second = await addColleague(ks, { role: 'tenant_admin', branchId: null, firstName: 'Second' });
    const [settings, theirs] = [settingsOf(await scopeOf(ks, ks.admin)), settingsOf(await scopeOf(ks, second))];
    const { limits } = ks.pack.rules;
    const why = (path: string, branchId: string | null = null) => settings.why({ kind: 'limits', path, branchId });
    expect(await why('upload.perClaim')).toMatchObject({ value: limits.upload.perClaim, source: 'pack', version: 1, author: null, note: '' });
    const [two, three] = [
      await publish(theirs, { kind: 'limits', value: { ...limits, upload: { ...limits.upload, perClaim: 12 } }, note: 'fewer papers' }),
      await publish(settings, { kind: 'limits', value: { ...limits, upload: { ...limits.upload, perClaim: 12, maxBytes: 2_000_000 } }, note: 'smaller papers' }),
    ];
    expect(await why('upload.perClaim')).toEqual({ value: 12, source: 'tenant', version: two.version, since: two.effectiveFrom, author: { id: second.id, name: expect.stringContaining('Second') as string }, note: 'fewer papers' });
    expect(await why('upload.maxBytes')).toMatchObject({ value: 2_000_000, version: three.version, author: { id: ks.admin.id }, note: 'smaller papers' });
    expect(await why('login.attempts')).toMatchObject({ source: 'pack', version: 1 });
    expect(await why('cashPerPayment.EUR.minor')).toMatchObject({ value: '200000', source: 'pack' });
    expect(await why('cashPerPayment.0.minor')).toEqual(await why('cashPerPayment.EUR.minor'));
    const own = await publish(settings, { kind: 'limits', branchId: branch.id, value: { upload: { perClaim: 4 } }, note: 'small branch' });
    await publish(settings, { kind: 'limits', branchId: branch.id, value: { upload: { perClaim: 4, maxBytes: 500_000 } }, note: 'slow line' });
    expect(await why('upload.perClaim', branch.id)).toMatchObject({ value: 4, source: 'branch', version: own.version, note: 'small branch' });
    expect(await why('upload.maxBytes', branch.id)).toMatchObject({ value: 500_000, source: 'branch', note: 'slow line' });
    expect(await why('upload.types', branch.id)).toMatchObject({ source: 'pack' });
    expect(await why('upload.perClaim', other.id)).toMatchObject({ value: 12, source: 'tenant', version: two.version });
    // back to what the pack said, by somebody
    await publish(theirs, { kind: 'limits', value: { ...limits, upload: { ...limits.upload, maxBytes: 2_000_000 } }, note: 'as it was' });
    expect(await why('upload.perClaim')).toMatchObject({ value: limits.upload.perClaim, source: 'tenant', author: { id: second.id }, note: 'as it was' });
    expect(await refusalsOf([why('upload.nothing'), why('__proto__'), why('upload.types.99'), settings.why({ kind: 'limits', path: 'upload', branchId: world.current.mk.branches[0].id })])).toEqual(Array.from({ length: 4 }, () => 'NOT_FOUND errors.notFound'));
  });
});

describe('what is published', () => {
  it('stays in the database as it was billed', async () => {
    const { mk } = world.current;
    const scope = await systemScopeOf(mk);
    const at = and(eq(tenantSettings.tenantId, mk.id), eq(tenantSettings.kind, 'products'), eq(tenantSettings.version, 1));
    for (const change of [{ value: {} }, { effectiveFrom: new Date() }, { version: 9 }, { status: 'draft' }, { note: 'other' }]) {
      await expect(withTenant(scope, (tx) => tx.update(tenantSettings).set(change).where(at))).rejects.toMatchObject({ cause: { code: '42501' } });
    }
    await expect(withTenant(scope, (tx) => tx.delete(tenantSettings).where(at))).rejects.toThrow();
  });
});
