import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { auditLogs, consents, memberships, tenantSettings } from '@interdomestik/db/schema';
import { newId, type RuleInput } from '@interdomestik/rules';
import { recordConsents } from '../accounts/new-member';
import { forgetRules } from '../settings/rules';
import { legalText } from '../site/service';
import { callerFor, giveMembership, scopeOf, systemScopeOf, useWorld, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
let ks: TestTenant;
let member: TestPerson;

type Legal = RuleInput<'legal'>;

/** The legal texts with other terms, as the next version of the rule. */
const withTerms = (version: number, body: string): Legal => ({
  texts: ks.pack.rules.legal.texts.map((text) => (text.key === 'terms' ? { ...text, version, texts: { ...text.texts, sq: { title: 'Kushtet', body }, sr: { title: 'Uslovi', body: `${body} (sr)` } } } : text)),
});

async function publish(ruleVersion: number, value: Legal): Promise<void> {
  const at = new Date(Date.now() - 1000);
  await withTenant(await systemScopeOf(ks), (tx) => tx.insert(tenantSettings).values({ tenantId: ks.id, id: newId(), kind: 'legal', version: ruleVersion, status: 'published', value, effectiveFrom: at, publishedAt: at }).then(() => undefined));
  forgetRules(ks.id);
}

/** The member agrees to what is in force, as when joining. */
async function agreed(person: TestPerson): Promise<void> {
  const scope = await systemScopeOf(ks);
  const texts = await Promise.all((['terms', 'privacy'] as const).map((key) => legalText(scope, key, 'sq', new Date())));
  await withTenant(scope, (tx) => recordConsents(tx, scope, person.id, 'sq', texts.map((text) => ({ text, accepted: true }))));
}

const givenBy = async (person: TestPerson) => await withTenant(await systemScopeOf(ks), (tx) => tx.select().from(consents).where(and(eq(consents.tenantId, ks.id), eq(consents.userId, person.id), eq(consents.textKey, 'terms'))));
const callerOf = async (person: TestPerson, locale: 'sq' | 'sr' = 'sq') => callerFor(await scopeOf(ks, person), { locale });
const outdated = 'CONFLICT errors.consent.outdated';

beforeAll(async () => {
  ({ ks } = world.current);
  member = ks.branches[0].member;
  await giveMembership(ks, member);
  await agreed(member);
});

describe('who may not', () => {
  it('staff and visitors accept nothing, and the other tenant’s words are nobody’s here', async () => {
    const { mk } = world.current;
    const text = await legalText(await systemScopeOf(ks), 'terms', 'sq', new Date());
    const foreign = await legalText(await systemScopeOf(mk), 'terms', 'sq', new Date());
    const staff = await Promise.all([ks.admin, ks.branches[0].manager, ks.branches[0].agent, ks.promoter].map(async (person) => callerFor(await scopeOf(ks, person), { locale: 'sq' })));
    const input = { key: 'terms' as const, version: text.version, hash: text.hash };
    expect(new Set(await refusalsOf(staff.flatMap((caller) => [caller.privacy.changedTexts(), caller.privacy.acceptText(input)])))).toEqual(new Set(['FORBIDDEN errors.forbidden']));
    expect(await refusalsOf([callerFor(null).privacy.changedTexts(), callerFor(null).privacy.acceptText(input)])).toEqual(Array.from({ length: 2 }, () => 'UNAUTHENTICATED errors.unauthenticated'));
    expect(await refusalsOf([(await callerOf(member)).privacy.acceptText({ ...input, hash: foreign.hash })])).toEqual([outdated]);
  });
});

describe('a text that changed', () => {
  it('asks nobody who accepted what is in force', async () => {
    expect(await (await callerOf(member)).privacy.changedTexts()).toEqual([]);
  });

  it('is shown beside what was accepted, in the language that is read, and accepted word for word, once', async () => {
    await publish(2, withTerms(2, 'Afati është 14 ditë.'));
    const caller = await callerOf(member);
    const [changed, ...others] = await caller.privacy.changedTexts();
    expect(others).toEqual([]);
    expect(changed).toMatchObject({ key: 'terms', version: 2, body: 'Afati është 14 ditë.', before: { version: 1, title: ks.pack.rules.legal.texts.find(({ key }) => key === 'terms')?.texts.sq?.title } });
    const inSerbian = await (await callerOf(member, 'sr')).privacy.changedTexts();
    expect(inSerbian[0]).toMatchObject({ body: 'Afati është 14 ditë. (sr)', before: { body: ks.pack.rules.legal.texts.find(({ key }) => key === 'terms')?.texts.sr?.body } });
    const input = { key: 'terms' as const, version: 2, hash: changed?.hash ?? '' };
    expect(await refusalsOf([caller.privacy.acceptText({ ...input, version: 1 }), caller.privacy.acceptText({ ...input, hash: 'a'.repeat(64) })])).toEqual([outdated, outdated]);
    await Promise.all([caller.privacy.acceptText(input), caller.privacy.acceptText(input)]);
    await caller.privacy.acceptText(input);
    const given = await givenBy(member);
    expect(given.map(({ textVersion, accepted, locale, textHash }) => ({ textVersion, accepted, locale, own: textHash === input.hash })).toSorted((a, b) => a.textVersion.localeCompare(b.textVersion))).toEqual([
      { textVersion: '1', accepted: true, locale: 'sq', own: false }, { textVersion: '2', accepted: true, locale: 'sq', own: true },
    ]);
    expect(await caller.privacy.changedTexts()).toEqual([]);
    // the same text in another language is the same text
    expect(await (await callerOf(member, 'sr')).privacy.changedTexts()).toEqual([]);
    const audited = await withTenant(await systemScopeOf(ks), (tx) => tx.select({ action: auditLogs.action }).from(auditLogs).where(and(eq(auditLogs.tenantId, ks.id), eq(auditLogs.entity, 'consents'), eq(auditLogs.actorId, member.id))));
    expect(audited).toEqual([{ action: 'privacy.acceptText' }]);
  });

  it('that changes again while it is read is not accepted by its old words', async () => {
    await publish(3, withTerms(3, 'Afati është 10 ditë.'));
    const caller = await callerOf(member);
    const [read] = await caller.privacy.changedTexts();
    await publish(4, withTerms(4, 'Afati është 9 ditë.'));
    expect(await refusalsOf([caller.privacy.acceptText({ key: 'terms', version: 3, hash: read?.hash ?? '' })])).toEqual([outdated]);
    expect((await caller.privacy.changedTexts())[0]).toMatchObject({ version: 4 });
  });

  it('a return to earlier words asks only those who never accepted them', async () => {
    await publish(5, ks.pack.rules.legal);
    expect(await (await callerOf(member)).privacy.changedTexts()).toEqual([]);
    const other = ks.branches[1].member;
    await giveMembership(ks, other);
    const asked = await (await callerOf(other)).privacy.changedTexts();
    expect(asked.map(({ key, before }) => ({ key, before }))).toEqual([{ key: 'terms', before: null }, { key: 'privacy', before: null }]);
  });

  it('is no matter of somebody whose membership is over, or who has none yet', async () => {
    await publish(6, withTerms(6, 'Afati është 5 ditë.'));
    const open = async () => (await (await callerOf(member)).privacy.changedTexts()).map(({ key }) => key);
    expect(await open()).toEqual(['terms']);
    const held = and(eq(memberships.tenantId, ks.id), eq(memberships.userId, member.id));
    await withTenant(await systemScopeOf(ks), (tx) => tx.update(memberships).set({ status: 'lapsed' }).where(held).then(() => undefined));
    expect(await open()).toEqual([]);
    await withTenant(await systemScopeOf(ks), (tx) => tx.update(memberships).set({ status: 'pending', startsOn: null, endsOn: null }).where(held).then(() => undefined));
    expect(await open()).toEqual([]);
  });
});
