import { describe, expect, it } from 'vitest';
import { addColleague } from '../attacks/people';
import { callerFor, scopeOf, useWorld } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();

describe('the overview of rules', () => {
  it('I-13 I-15 is the own tenant’s, for its administrators', async () => {
    const { mk, ks } = world.current;
    const [branch] = mk.branches;
    const others = await Promise.all([branch.manager, branch.agent, mk.promoter, branch.member].map(async (person) => callerFor(await scopeOf(mk, person))));
    expect(new Set(await refusalsOf(others.map((caller) => caller.settings.overview())))).toEqual(new Set(['FORBIDDEN errors.forbidden']));
    const [admin, neighbour] = [callerFor(await scopeOf(mk, mk.admin)), callerFor(await scopeOf(ks, ks.admin))];
    const before = await neighbour.settings.overview();
    const { id, revision } = await admin.settings.saveDraft({ kind: 'retention', branchId: null, id: null, revision: null, value: { ...mk.pack.rules.retention, claimsYears: 99 }, note: 'word' });
    expect((await admin.settings.overview()).open).toMatchObject([{ id, kind: 'retention', branchName: null, note: 'word', issues: 1, waitsForMe: false, createdBy: { id: mk.admin.id } }]);
    expect(await neighbour.settings.overview()).toEqual(before);
    await admin.settings.discardDraft({ id, revision });
    expect((await admin.settings.overview()).open).toEqual([]);
  });

  it('tells which version is in force, what is scheduled, and which branches have a rule their own way', async () => {
    const { ks } = world.current;
    const admin = callerFor(await scopeOf(ks, ks.admin));
    const [branch] = ks.branches;
    const tomorrow = new Date(Date.now() + 86_400_000);
    const country = await admin.settings.saveDraft({ kind: 'limits', branchId: null, id: null, revision: null, value: { ...ks.pack.rules.limits, secondFactor: 'optional' }, note: '' });
    await admin.settings.publish({ id: country.id, revision: country.revision, effectiveFrom: tomorrow });
    const own = await admin.settings.saveDraft({ kind: 'limits', branchId: branch.id, id: null, revision: null, value: { upload: { perClaim: 7 } }, note: '' });
    await admin.settings.publish({ id: own.id, revision: own.revision, effectiveFrom: null });
    const { kinds, scheduled } = await admin.settings.overview();
    expect(kinds.find(({ kind }) => kind === 'limits')).toMatchObject({ version: 1, source: 'pack', overrides: 1 });
    expect(kinds.find(({ kind }) => kind === 'retention')).toMatchObject({ version: 1, overrides: 0 });
    expect(scheduled).toMatchObject([{ id: country.id, version: 2, branchName: null, effectiveFrom: tomorrow }]);
  });

  it('says what waits for the word of a second person, to that person alone', async () => {
    const { mk } = world.current;
    const author = callerFor(await scopeOf(mk, mk.admin));
    const second = callerFor(await scopeOf(mk, await addColleague(mk, { role: 'tenant_admin', branchId: null, firstName: 'Second' })));
    const rule = await author.settings.saveDraft({ kind: 'governance', branchId: null, id: null, revision: null, value: { secondPersonFor: ['languages'], simulateFor: [] }, note: '' });
    await author.settings.publish({ id: rule.id, revision: rule.revision, effectiveFrom: null });
    const draft = await author.settings.saveDraft({ kind: 'languages', branchId: null, id: null, revision: null, value: mk.pack.rules.languages, note: '' });
    const waits = async (caller: typeof author) => (await caller.settings.overview()).open.find(({ id }) => id === draft.id)?.waitsForMe;
    expect([await waits(author), await waits(second)]).toEqual([false, false]);
    await author.settings.validateDraft({ id: draft.id, revision: draft.revision });
    expect([await waits(author), await waits(second)]).toEqual([false, true]);
    await second.settings.approve({ id: draft.id, revision: draft.revision });
    expect(await waits(second)).toBe(false);
  });
});
