import { and, count, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { consents, documents, invoices, numberSeries, tenantSettings, userGrants } from '@interdomestik/db/schema';
import { newId, ruleToJson, type RuleInput } from '@interdomestik/rules';
import { legalText } from '../site/service';
import { callerFor, enrolInputOf, scopeOf, systemScopeOf, useWorld, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { forgetRules, ruleOf } from './rules';

const world = useWorld();
let ks: TestTenant;
let mk: TestTenant;
let invoicing: RuleInput<'invoicing'>;
const calendarOf = async (tenant: TestTenant) => (await ruleOf(await systemScopeOf(tenant), 'workflows', new Date())).value.calendar;
const admin = async (tenant: TestTenant = ks) => callerFor(await scopeOf(tenant, tenant.admin));
const enrol = async (changes: Record<string, unknown> = {}) => await callerFor(await scopeOf(ks, ks.branches[0].agent)).enrolments.enrol(enrolInputOf(ks, changes));

beforeAll(async () => {
  ({ ks, mk } = world.current);
  invoicing = ks.pack.rules.invoicing;
});

describe('who may not', () => {
  it('managers, agents, promoters, members and visitors get nothing of it', async () => {
    const [branch] = ks.branches;
    const calendar = await calendarOf(ks);
    const callers = await Promise.all([branch.manager, branch.agent, ks.promoter, branch.member].map(async (person) => callerFor(await scopeOf(ks, person))));
    const calls = (caller: (typeof callers)[number]) => [
      caller.settings.acceptances({ key: 'terms' }), caller.settings.acceptanceList({ key: 'terms', version: 1 }), caller.settings.acceptedText({ key: 'terms', hash: 'a'.repeat(64) }),
      caller.settings.holidays({ country: 'XK' }), caller.settings.tryCalendar({ calendar, hours: 24, from: new Date() }), caller.settings.samplePaper({ paper: 'paid', invoicing }),
    ];
    expect(new Set(await refusalsOf(callers.flatMap(calls)))).toEqual(new Set(['FORBIDDEN errors.forbidden']));
    expect(new Set(await refusalsOf(calls(callerFor(null))))).toEqual(new Set(['UNAUTHENTICATED errors.unauthenticated']));
  });

  it('another tenant counts and lists its own people alone, and finds no words of this one', async () => {
    await enrol();
    const { hash } = await legalText(await systemScopeOf(ks), 'terms', 'sq', new Date());
    const here = await admin();
    expect(await here.settings.acceptedText({ key: 'terms', hash })).toMatchObject({ version: 1, locale: 'sq', hash });
    const other = await admin(mk);
    const missing = 'NOT_FOUND errors.notFound';
    expect(await refusalsOf([other.settings.acceptedText({ key: 'terms', hash }), other.settings.acceptedText({ key: 'terms', hash: 'a'.repeat(64) }), here.settings.acceptedText({ key: 'privacy', hash })])).toEqual([missing, missing, missing]);
    expect((await other.settings.acceptances({ key: 'terms' })).versions).toMatchObject([{ version: 1, accepted: 0 }]);
    expect((await other.settings.acceptanceList({ key: 'terms', version: 1 })).items).toEqual([]);
  });

  it('names need the right to see members besides: an agent who may read the rules sees the figures, and of the names the own', async () => {
    const [here, there] = ks.branches;
    const { memberId } = await enrol();
    const grant = async (userId: string) => await withTenant(await systemScopeOf(ks), (tx) => tx.insert(userGrants).values({ tenantId: ks.id, id: newId(), userId, permission: 'settings.read', branchId: null }).then(() => undefined));
    await grant(there.agent.id);
    await grant(here.agent.id);
    const whole = (await (await admin()).settings.acceptances({ key: 'terms' })).versions[0]?.accepted;
    expect((await callerFor(await scopeOf(ks, there.agent)).settings.acceptances({ key: 'terms' })).versions[0]?.accepted).toBe(whole);
    const idsFor = async (person: typeof here.agent) => (await callerFor(await scopeOf(ks, person)).settings.acceptanceList({ key: 'terms', version: 1, limit: 100 })).items.map((item) => item.memberId);
    expect(await idsFor(there.agent)).not.toContain(memberId);
    expect(await idsFor(here.agent)).toContain(memberId);
    await withTenant(await systemScopeOf(ks), (tx) => tx.delete(userGrants).where(and(eq(userGrants.tenantId, ks.id), eq(userGrants.permission, 'settings.read'))).then(() => undefined));
  });
});

describe('acceptances', () => {
  it('say per version who accepted and declined, and how many of today’s members the text in force binds', async () => {
    const before = await (await admin()).settings.acceptances({ key: 'consentMarketing' });
    expect(before.reached).toBeNull();
    const start = await (await admin()).settings.acceptances({ key: 'terms' });
    const { memberId } = await enrol({ consents: { terms: { accepted: true, version: 1 }, privacy: { accepted: true, version: 1 }, marketing: false } });
    const after = await (await admin()).settings.acceptances({ key: 'terms' });
    expect(after.versions[0]?.accepted).toBe((start.versions[0]?.accepted ?? 0) + 1);
    expect(after).toMatchObject({ current: 1, newest: 1, reached: { members: (start.reached?.members ?? 0) + 1, accepted: (start.reached?.accepted ?? 0) + 1 } });
    const marketing = await (await admin()).settings.acceptances({ key: 'consentMarketing' });
    expect(marketing.versions[0]?.declined).toBe((before.versions[0]?.declined ?? 0) + 1);
    // yes in a second language is still one person
    await withTenant(await systemScopeOf(ks), (tx) => tx.insert(consents).values({ tenantId: ks.id, id: newId(), userId: memberId, textKey: 'terms', textVersion: '1', locale: 'sr', accepted: true, textHash: 'b'.repeat(64) }).then(() => undefined));
    expect((await (await admin()).settings.acceptances({ key: 'terms' })).versions[0]?.accepted).toBe(after.versions[0]?.accepted);
  });

  it('go through the pages without losing anybody', async () => {
    for (let each = 0; each < 3; each += 1) await enrol();
    const caller = await admin();
    const all = (await caller.settings.acceptanceList({ key: 'privacy', version: 1, limit: 100 })).items;
    const seen: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await caller.settings.acceptanceList({ key: 'privacy', version: 1, limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      more = page.nextCursor !== null;
      cursor = page.nextCursor ?? undefined;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(all[0]).toMatchObject({ accepted: true, locale: 'sq', name: expect.stringMatching(/\S/u), memberNumber: expect.stringMatching(/^MEM-/u) });
    const { hash } = await legalText(await systemScopeOf(ks), 'privacy', 'sq', new Date());
    expect(all[0]?.hash).toBe(hash);
  });

  it('find the words of an earlier version, and name every version that ever was', async () => {
    const first = await legalText(await systemScopeOf(ks), 'terms', 'sq', new Date());
    const value = { texts: ks.pack.rules.legal.texts.map((text) => (text.key === 'terms' ? { ...text, version: 2, texts: { sq: { title: 'Kushtet', body: 'Të reja.' } } } : text)) };
    const at = new Date(Date.now() - 1000);
    await withTenant(await systemScopeOf(ks), (tx) => tx.insert(tenantSettings).values({ tenantId: ks.id, id: newId(), kind: 'legal', version: 2, status: 'published', value, effectiveFrom: at, publishedAt: at }).then(() => undefined));
    forgetRules(ks.id);
    const caller = await admin();
    const told = await caller.settings.acceptances({ key: 'terms' });
    expect(told).toMatchObject({ current: 2, newest: 2, versions: [{ version: 2, accepted: 0, languages: ['sq'] }, { version: 1 }] });
    expect(told.reached).toMatchObject({ accepted: 0 });
    expect(await caller.settings.acceptedText({ key: 'terms', hash: first.hash })).toMatchObject({ version: 1, body: first.body, ruleVersion: 1 });
    await withTenant(await systemScopeOf(ks), (tx) => tx.update(tenantSettings).set({ status: 'withdrawn' }).where(and(eq(tenantSettings.tenantId, ks.id), eq(tenantSettings.kind, 'legal'), eq(tenantSettings.version, 2))).then(() => undefined));
    forgetRules(ks.id);
  });
});

describe('a calendar that is still being written', () => {
  it('says when something is due, and that it never is', async () => {
    const caller = await admin(mk);
    const calendar = await calendarOf(mk);
    const from = new Date('2026-11-27T14:10:00Z');
    const due = async (changes: Partial<typeof calendar>, hours = 24) => (await caller.settings.tryCalendar({ calendar: { ...calendar, ...changes }, hours, from })).dueAt?.toISOString() ?? null;
    expect(await due({})).toBe('2026-12-02T14:10:00.000Z');
    expect(await due({ closedOn: ['2026-11-30'] })).toBe('2026-12-03T14:10:00.000Z');
    expect(await due({ weekdays: [1, 2, 3, 4, 5, 6] })).toBe('2026-12-01T14:10:00.000Z');
    expect(await due({ opensAt: 0, closesAt: 1 }, 5000)).toBeNull();
    expect(await refusalsOf([caller.settings.tryCalendar({ calendar: { ...calendar, zone: 'Mars/Olympus' }, hours: 1, from })])).toEqual(['INVALID errors.choice']);
  });

  it('names the holidays of a country in the reader’s language', async () => {
    const reader = callerFor(await scopeOf(mk, mk.admin), { locale: 'mk', now: new Date('2026-03-01T12:00:00Z') });
    const { country, days } = await reader.settings.holidays({ country: null });
    expect(country).toBe('MK');
    expect((await reader.settings.holidays({ country: 'MK' })).days).toEqual(days);
    expect(days).toContainEqual({ date: '2026-09-08', name: 'Ден на независноста' });
    expect([...new Set(days.map(({ date }) => date.slice(0, 4)))]).toEqual(['2025', '2026', '2027', '2028']);
    expect(await (await admin()).settings.holidays({ country: 'ZZ' })).toEqual({ country: 'ZZ', days: [] });
  });
});

describe('a sample paper', () => {
  const rowsOf = async () => await withTenant(await systemScopeOf(ks), async (tx) => await Promise.all([invoices, documents, numberSeries].map(async (table) => (await tx.select({ rows: count() }).from(table).where(eq(table.tenantId, ks.id)))[0]?.rows)));

  it('is a PDF of the draft, takes no number and writes nothing', async () => {
    const before = await rowsOf();
    const caller = await admin();
    for (const paper of ['unpaid', 'paid', 'creditNote', 'receipt'] as const) {
      const made = await caller.settings.samplePaper({ paper, invoicing: { ...invoicing, issuer: { ...invoicing.issuer, legalName: `Firma ${paper}` } } });
      expect(Buffer.from(made.pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
      expect(made.fileName).toBe(`sample-${paper}.pdf`);
    }
    expect(await rowsOf()).toEqual(before);
  });

  it('names the field of a draft that is wrong', async () => {
    const caller = await admin();
    const wrong = { ...invoicing, invoice: { ...invoicing.invoice, pattern: 'F-{year}' } };
    await expect(caller.settings.samplePaper({ paper: 'paid', invoicing: wrong })).rejects.toMatchObject({ cause: { code: 'INVALID', messageKey: 'errors.numberPattern', field: 'invoicing.invoice.pattern' } });
    expect(await refusalsOf([caller.settings.samplePaper({ paper: 'paid', invoicing: null }), caller.settings.samplePaper({ paper: 'paid', invoicing: JSON.parse('{"__proto__":{"x":1}}') })])).toEqual(['INVALID errors.required', 'INVALID errors.rule.forbiddenName']);
  });

  it('in MKD country shows the draft in both of its languages', async () => {
    const rule = ruleToJson((await ruleOf(await systemScopeOf(mk), 'invoicing', new Date())).value);
    const { pdf } = await (await admin(mk)).settings.samplePaper({ paper: 'unpaid', invoicing: rule });
    expect(Buffer.from(pdf, 'base64').byteLength).toBeLessThan(250_000);
  });
});
