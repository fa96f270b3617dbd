import { describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { addColleague } from '../attacks/people';
import { callerFor, scopeOf, settingsOf, systemScopeOf, useWorld, visitorOf, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
const adminOf = async (tenant: TestTenant) => ({ settings: settingsOf(await scopeOf(tenant, tenant.admin)) });
const retention = (tenant: TestTenant, lawReference: string) => ({ ...tenant.pack.rules.retention, lawReference });

describe('the life of a rule', () => {
  it('I-13 I-15 is for administrators of the own tenant, and another one’s draft looks like none', async () => {
    const { mk, ks } = world.current;
    const draft = await (await adminOf(mk)).settings.saveDraft({ kind: 'retention', id: null, revision: null, value: retention(mk, 'A'), note: '' });
    const at = { id: draft.id, revision: draft.revision };
    const callsOf = ({ settings }: Awaited<ReturnType<typeof adminOf>>, id: string) => [
      settings.version({ id }), settings.saveDraft({ kind: 'retention', id, revision: 1, value: {}, note: '' }), settings.discardDraft({ id, revision: 1 }),
      settings.validateDraft({ id, revision: 1 }), settings.approve({ id, revision: 1 }), settings.publish({ id, revision: 1, effectiveFrom: null }), settings.withdraw({ id }),
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

  it('two who write at once: the second is told, and nothing is lost', async () => {
    const { mk } = world.current;
    const second = await addColleague(mk, { role: 'tenant_admin', branchId: null, firstName: 'Second' });
    const [one, two] = [await adminOf(mk), { settings: settingsOf(await scopeOf(mk, second)) }];
    const begin = (caller: typeof one, law: string) => caller.settings.saveDraft({ kind: 'retention', id: null, revision: null, value: retention(mk, law), note: '' });
    const begun = await refusalsOf([begin(one, 'one'), begin(two, 'two')]);
    expect(begun.toSorted()).toEqual(['CONFLICT errors.rule.draftExists', 'done']);
    const { draft } = await one.settings.kind({ kind: 'retention' });
    const id = draft?.id ?? '';
    const save = (caller: typeof one, law: string) => caller.settings.saveDraft({ kind: 'retention', id, revision: 1, value: retention(mk, law), note: '' });
    const saved = await refusalsOf([save(one, 'first save'), save(two, 'second save')]);
    expect(saved.toSorted()).toEqual(['CONFLICT errors.rule.draftChanged', 'done']);
    const kept = await one.settings.version({ id });
    expect([kept.revision, (kept.value as { lawReference: string }).lawReference]).toEqual([2, saved[0] === 'done' ? 'first save' : 'second save']);
    // the same draft is published once
    const publish = (caller: typeof one) => caller.settings.publish({ id, revision: 2, effectiveFrom: null });
    expect((await refusalsOf([publish(one), publish(two)])).toSorted()).toEqual(['CONFLICT errors.rule.step', 'done']);
    expect(await refusalsOf([one.settings.saveDraft({ kind: 'retention', id, revision: 2, value: {}, note: '' }), one.settings.discardDraft({ id, revision: 2 }), one.settings.validateDraft({ id, revision: 2 })]))
      .toEqual(Array.from({ length: 3 }, () => 'CONFLICT errors.rule.step'));
    expect(await refusalsOf([one.settings.saveDraft({ kind: 'branding', id, revision: 2, value: {}, note: '' })])).toEqual(['CONFLICT errors.rule.step']);
    const draftOf = await begin(one, 'again');
    expect(await refusalsOf([one.settings.saveDraft({ kind: 'branding', id: draftOf.id, revision: 1, value: {}, note: '' })])).toEqual(['NOT_FOUND errors.notFound']);
    await one.settings.discardDraft({ id: draftOf.id, revision: 1 });
  });

  it('a draft that was overtaken is refused, and its changes are made again on what was published', async () => {
    const { ks } = world.current;
    const admin = await adminOf(ks);
    const document = ks.pack.rules.retention;
    const draft = await admin.settings.saveDraft({ kind: 'retention', id: null, revision: null, value: { ...document, claimsYears: 11, leadsMonths: 20 }, note: 'mine' });
    await publishBehind(ks, 20, { ...document, auditYears: 8, leadsMonths: 30 });
    expect(await refusalsOf([admin.settings.publish({ id: draft.id, revision: 1, effectiveFrom: null })])).toEqual(['CONFLICT errors.rule.outdated']);
    const asked = await admin.settings.rebase({ id: draft.id, revision: 1, keep: null });
    expect(asked).toMatchObject({ conflicts: [{ path: 'leadsMonths', base: document.leadsMonths, mine: 20, theirs: 30 }], version: { revision: 1, baseVersion: 1 } });
    const rebased = await admin.settings.rebase({ id: draft.id, revision: 1, keep: 'mine' });
    expect(rebased).toMatchObject({ conflicts: [], issues: [], version: { revision: 2, state: 'draft', baseVersion: 20, version: 21 } });
    const done = await admin.settings.publish({ id: draft.id, revision: 2, effectiveFrom: null });
    expect(done).toMatchObject({ version: 21, state: 'in_force' });
    expect((await admin.settings.kind({ kind: 'retention' })).inForce.value).toMatchObject({ claimsYears: 11, auditYears: 8, leadsMonths: 20 });
  });

  it('a time that has passed is refused, and nothing is scheduled behind another’s back', async () => {
    const { ks } = world.current;
    const admin = await adminOf(ks);
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    const draft = async (law: string) => {
      const { id, revision } = await (await adminOf(ks)).settings.saveDraft({ kind: 'retention', id: null, revision: null, value: retention(ks, law), note: '' });
      return { id, revision };
    };
    const first = await draft('later');
    expect(await refusalsOf([admin.settings.publish({ ...first, effectiveFrom: at(-1) })])).toEqual(['INVALID errors.rule.past']);
    const scheduled = await admin.settings.publish({ ...first, effectiveFrom: at(2) });
    expect(scheduled.state).toBe('scheduled');
    expect((await admin.settings.kind({ kind: 'retention' })).inForce.version).not.toBe(scheduled.version);
    const second = await draft('sooner');
    expect(await refusalsOf([admin.settings.publish({ ...second, effectiveFrom: null }), admin.settings.publish({ ...second, effectiveFrom: at(1) })])).toEqual(Array.from({ length: 2 }, () => 'CONFLICT errors.rule.scheduledBefore'));
    expect(await admin.settings.withdraw({ id: scheduled.id })).toMatchObject({ state: 'withdrawn' });
    expect(await refusalsOf([admin.settings.withdraw({ id: scheduled.id }), admin.settings.publish({ ...second, effectiveFrom: null })])).toEqual(['CONFLICT errors.rule.step', 'CONFLICT errors.rule.outdated']);
    await admin.settings.rebase({ ...second, keep: 'mine' });
    const acting = await (await adminOf(ks)).settings.publish({ id: second.id, revision: 2, effectiveFrom: null });
    expect(acting.state).toBe('in_force');
    expect(await refusalsOf([(await adminOf(ks)).settings.withdraw({ id: acting.id })])).toEqual(['CONFLICT errors.rule.acting']);
    // what acts in a moment may already be remembered somewhere
    const soon = await draft('soon');
    await (await adminOf(ks)).settings.publish({ ...soon, effectiveFrom: new Date(Date.now() + 3_000) });
    expect(await refusalsOf([(await adminOf(ks)).settings.withdraw({ id: soon.id })])).toEqual(['CONFLICT errors.rule.acting']);
  });

  it('going back publishes the earlier document again, as a new version', async () => {
    const { mk } = world.current;
    const admin = await adminOf(mk);
    const publish = async (phone: string) => {
      const caller = await adminOf(mk);
      const { id, revision } = await caller.settings.saveDraft({ kind: 'branding', id: null, revision: null, value: { ...mk.pack.rules.branding, supportPhone: phone }, note: '' });
      return await caller.settings.publish({ id, revision, effectiveFrom: null });
    };
    const [good, bad] = [await publish('+38970000001'), await publish('+38970000002')];
    const rollback = async (version: number) => await (await adminOf(mk)).settings.rollback({ kind: 'branding', version, note: 'wrong number' });
    expect(await refusalsOf([rollback(bad.version), rollback(99)])).toEqual(['CONFLICT errors.rule.notEarlier', 'NOT_FOUND errors.notFound']);
    const back = await rollback(good.version);
    expect(back).toMatchObject({ state: 'in_force', version: bad.version + 1, restoresVersion: good.version, note: 'wrong number' });
    const kind = await admin.settings.kind({ kind: 'branding' });
    expect(kind.inForce.value).toMatchObject({ supportPhone: '+38970000001' });
    expect(kind.versions.map(({ version, state }) => [version, state])).toEqual([[4, 'in_force'], [3, 'superseded'], [2, 'superseded'], [1, 'superseded']]);
  });
});

describe('what contradicts itself', () => {
  it('S-13 is kept as a draft with the place of each fault, and cannot be published', async () => {
    const { mk } = world.current;
    const admin = await adminOf(mk);
    const { products, workflows } = mk.pack.rules;
    const script = { ...products, discounts: [{ code: 'spring', titles: { mk: 'А', sq: 'A', en: 'A' }, reduction: { kind: 'percent', percentBp: 1000 }, when: { script: [{ var: 'age' }, 'process.exit()'] } }] };
    const draft = await admin.settings.saveDraft({ kind: 'products', id: null, revision: null, value: script, note: '' });
    expect(draft.issues.length).toBeGreaterThan(0);
    for (const issue of draft.issues) expect(issue).toMatchObject({ kind: 'products', field: expect.stringMatching(/^discounts\.0\.when/u) as string, key: 'errors.condition.operator' });
    expect(await refusalsOf([admin.settings.publish({ id: draft.id, revision: 1, effectiveFrom: null })])).toEqual(['INVALID errors.condition.operator']);
    const named = JSON.parse(JSON.stringify(products).replace('"plans":', '"__proto__": {"polluted": true}, "plans":')) as unknown;
    await expect(admin.settings.saveDraft({ kind: 'products', id: draft.id, revision: 1, value: named, note: '' })).rejects.toMatchObject({ cause: { messageKey: 'errors.rule.forbiddenName', field: '__proto__' } });
    await expect(admin.settings.saveDraft({ kind: 'products', id: draft.id, revision: 1, value: { ...script, discounts: [{ when: JSON.parse('{"==": [{"var": "age", "constructor": 1}, 1]}') as unknown }] }, note: '' }))
      .rejects.toMatchObject({ cause: { messageKey: 'errors.rule.forbiddenName', field: 'discounts.0.when.==.0.constructor' } });
    expect(await refusalsOf([admin.settings.saveDraft({ kind: 'products', id: draft.id, revision: 1, value: 'products', note: '' }), admin.settings.saveDraft({ kind: 'products', id: draft.id, revision: 1, value: [products], note: '' })]))
      .toEqual(['INVALID errors.type', 'INVALID errors.type']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    await admin.settings.discardDraft({ id: draft.id, revision: 1 });

    const claims = { ...workflows.claims, transitions: workflows.claims.transitions.filter(({ to }) => to !== 'court') };
    const stuck = await admin.settings.saveDraft({ kind: 'workflows', id: null, revision: null, value: { ...workflows, claims, calendar: { ...workflows.calendar, holidaysOf: 'QQ' } }, note: '' });
    expect(stuck.issues.map(({ field, key }) => `${field} ${key}`).toSorted()).toEqual(['calendar.holidaysOf errors.pack.holidays', 'claims.states.5 errors.workflow.unreachable']);
    await admin.settings.discardDraft({ id: stuck.id, revision: 1 });
  });

  it('is found beside the other rules as they will be when it acts, and only where the draft is to blame', async () => {
    const { ks } = world.current;
    const admin = await adminOf(ks);
    // a language that comes tomorrow finds every text that is not written in it
    const added = await admin.settings.saveDraft({ kind: 'languages', id: null, revision: null, value: { default: 'sq', offered: ['sq', 'sr', 'en', 'mk'] }, note: '' });
    expect(new Set(added.issues.map(({ kind }) => kind))).toEqual(new Set(['branding', 'products', 'legal', 'payments', 'workflows']));
    await admin.settings.discardDraft({ id: added.id, revision: 1 });
    await publishBehind(ks, 20, { default: 'sq', offered: ['sq', 'sr', 'en', 'mk'] }, 'languages', new Date(Date.now() + 86_400_000));
    const branding = await admin.settings.saveDraft({ kind: 'branding', id: null, revision: null, value: { ...ks.pack.rules.branding, supportPhone: '+38338222222' }, note: '' });
    expect(branding.issues).toEqual([{ kind: 'branding', field: 'names.mk', key: 'errors.required', params: {} }]);
    const named = await admin.settings.saveDraft({ kind: 'branding', id: branding.id, revision: 1, value: { ...ks.pack.rules.branding, names: { ...ks.pack.rules.branding.names, mk: 'Интердоместик' } }, note: '' });
    expect(named.issues).toEqual([]);
    await admin.settings.discardDraft({ id: named.id, revision: 2 });
    // texts that are missing elsewhere are not the tax rule's fault, a text that it names and that is missing is
    const tax = await admin.settings.saveDraft({ kind: 'tax', id: null, revision: null, value: { ...ks.pack.rules.tax, exemptTextKey: 'vatFree' }, note: '' });
    expect(tax.issues.map(({ kind, field }) => `${kind} ${field}`)).toEqual(['legal texts', 'tax exemptTextKey']);
    await admin.settings.discardDraft({ id: tax.id, revision: 1 });
  });
});

/** Publishes past the use-cases, as another process would. */
async function publishBehind(tenant: TestTenant, version: number, value: unknown, kind = 'retention', effectiveFrom = new Date(Date.now() - 1000)): Promise<void> {
  await withTenant(await systemScopeOf(tenant), (tx) => tx.insert(tenantSettings).values({ tenantId: tenant.id, id: newId(), kind, version, status: 'published', value, effectiveFrom, publishedAt: new Date() }));
}
