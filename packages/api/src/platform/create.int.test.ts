import { beforeAll, describe, expect, it } from 'vitest';
import { platformDoor, resolvePlatformScope, resolveScope, withPlatform } from '@interdomestik/db';
import { platformSessions, platformUsers } from '@interdomestik/db/schema';
import { creationSteps, newId, ruleKinds, type CountryPack } from '@interdomestik/rules';
import { adminSql, callerFor, useWorld } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { thirdPack } from '../testing/third-country';

const world = useWorld();
const userId = newId();
let root: ReturnType<typeof callerFor>;

beforeAll(async () => {
  const sessionId = newId();
  await withPlatform(platformDoor(), 'test', async (tx) => {
    await tx.insert(platformUsers).values({ id: userId, email: 'founder@example.com', passwordHash: 'x', name: 'Founding Person' });
    await tx.insert(platformSessions).values({ id: sessionId, platformUserId: userId, secondFactorAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) });
  });
  root = callerFor(null, { platform: await resolvePlatformScope(sessionId), locale: 'sr' });
});

const sql = (text: string, values: unknown[] = []) => adminSql(world.current.database.adminUrl, text, values);
const inputOf = (pack: CountryPack, changes: Record<string, unknown> = {}) => ({
  key: newId(), pack: { text: JSON.stringify(pack) }, admin: { firstName: 'Nada', lastName: 'Prva', email: `nada@${pack.tenant.slug}.example`, locale: 'mk' as const }, ...changes,
});

/** One of everything that a pack brings. */
async function countsOf(tenantId: string): Promise<Record<string, number>> {
  const tables = { rules: 'tenant_settings', branches: 'branches', accounts: 'payment_accounts', people: '"user"', roles: 'user_roles', tokens: 'user_tokens', mails: 'mails' };
  const counted = await Promise.all(Object.entries(tables).map(async ([name, table]) => [name, Number((await sql(`select count(*)::int as n from ${table} where tenant_id = $1`, [tenantId]))[0]?.n)] as const));
  return Object.fromEntries(counted);
}
const whole = { rules: ruleKinds.length, branches: 2, accounts: 2, people: 1, roles: 1, tokens: 1, mails: 1 };
const statusOf = async (tenantId: string) => (await sql('select status from tenants where id = $1', [tenantId]))[0]?.status;

describe('a tenant from a country pack', () => {
  it('is complete and open, invites its first administrator in the person\'s language, and stands in both trails', async () => {
    const pack = thirdPack('prva');
    const made = await root.platform.createTenant(inputOf(pack));
    expect(made).toMatchObject({ tenantId: 'tenant_prva', memberPortal: expect.stringContaining('prva'), staffPortal: expect.stringContaining('prva') });
    expect(await countsOf('tenant_prva')).toEqual(whole);
    expect(await statusOf('tenant_prva')).toBe('active');
    expect(await sql('select to_email, locale from mails where tenant_id = $1', ['tenant_prva'])).toEqual([{ to_email: 'nada@prva.example', locale: 'mk' }]);
    expect(await sql('select provider, currency, credentials from payment_accounts where tenant_id = $1 order by 1', ['tenant_prva'])).toEqual([
      { provider: 'bank_transfer', currency: 'KWD', credentials: null }, { provider: 'cash', currency: 'KWD', credentials: null },
    ]);
    const trail = await sql("select action, after->>'status' as status from audit_logs where tenant_id = $1 and entity = 'tenants' order by at, id", ['tenant_prva']);
    expect(trail).toEqual([{ action: 'platform.createTenant', status: 'preparing' }, { action: 'platform.createTenant', status: 'active' }]);
    const actors = await sql("select distinct actor_kind, actor_id::text as actor_id from audit_logs where tenant_id = $1", ['tenant_prva']);
    expect(actors).toEqual([{ actor_kind: 'platform', actor_id: userId }]);
    expect((await sql("select action from platform_audit_logs where subject = $1 order by created_at, id", ['tenant_prva'])).map(({ action }) => action)).toEqual(['platform.createTenant', 'platform.openTenant']);
    // what it was made from is the tenant's own by now, and the person's data stand there alone
    expect(await sql('select pack, admin from tenant_creations where made_tenant_id = $1', ['tenant_prva'])).toEqual([{ pack: null, admin: null }]);
    expect(await root.platform.creation({ tenantId: 'tenant_prva' })).toMatchObject({ finishedAt: expect.any(Date), steps: creationSteps.map((name) => ({ name, done: true })) });
    expect((await callerFor(null, { locale: 'en' }).site.tenants()).find(({ slug }) => slug === 'prva')).toMatchObject({ name: 'Novaria', countryCode: 'QN' });
  });

  it('asked for again with the same key it is the same tenant, with another key or other facts it is refused', async () => {
    const input = inputOf(thirdPack('druga'));
    const made = await root.platform.createTenant(input);
    expect(await root.platform.createTenant(input)).toEqual(made);
    expect(await root.platform.finishTenant({ tenantId: 'tenant_druga' })).toEqual(made);
    expect(await countsOf('tenant_druga')).toEqual(whole);
    const other = thirdPack('druga-2');
    expect(await refusalsOf([
      root.platform.createTenant({ ...input, key: newId() }),
      root.platform.createTenant({ ...input, admin: { ...input.admin, firstName: 'Another' } }),
      root.platform.createTenant(inputOf({ ...other, tenant: { ...other.tenant, id: 'tenant_druga_2', slug: 'druga' } })),
    ])).toEqual(['CONFLICT errors.platform.tenantTaken', 'CONFLICT errors.idempotency.mismatch', 'CONFLICT errors.platform.tenantTaken']);
    expect(await statusOf('tenant_druga_2')).toBeUndefined();
  });

  it('two at once make one: the other is refused, or is the same request', async () => {
    const rivals = [1, 2, 3, 4].map((n) => inputOf(thirdPack('trka'), { admin: { firstName: 'Rival', lastName: 'Broj', email: `rival${String(n)}@trka.example`, locale: 'sr' } }));
    const results = await Promise.allSettled(rivals.map((input) => root.platform.createTenant(input)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusalsOf(results.flatMap((result) => (result.status === 'rejected' ? [Promise.reject(result.reason as Error)] : [])))).toEqual(Array.from({ length: 3 }, () => 'CONFLICT errors.platform.tenantTaken'));
    expect(await countsOf('tenant_trka')).toEqual(whole);
    const twice = inputOf(thirdPack('dvaput'));
    const [one, two] = await Promise.all([root.platform.createTenant(twice), root.platform.createTenant(twice)]);
    expect(one).toEqual(two);
    expect(await countsOf('tenant_dvaput')).toEqual(whole);
  });
});

const breaks: readonly (readonly [step: string, table: string, when: string])[] = [
  ['tenant', 'tenant_creations', 'insert'], ['rules', 'tenant_settings', 'insert'], ['branches', 'branches', 'insert'], ['accounts', 'payment_accounts', 'insert'], ['admin', 'mails', 'insert'], ['open', 'tenants', 'update'],
];

describe('a crash while it is made', () => {
  it.each(breaks)('before %s leaves nothing that anybody sees, and asking again finishes it with one of everything', async (step, table, when) => {
    const word = `pad-${step}`;
    const tenantId = `tenant_pad_${step}`;
    const pack = thirdPack(word);
    const input = inputOf({ ...pack, tenant: { ...pack.tenant, id: tenantId } });
    await sql(`create function crash() returns trigger language plpgsql as $$ begin raise exception 'the machine is gone'; end $$`);
    await sql(`create trigger crash before ${when} on "${table}" for each row execute function crash()`);
    await expect(root.platform.createTenant(input)).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
    await sql(`drop function crash() cascade`);
    expect(await statusOf(tenantId)).toBe(step === 'tenant' ? undefined : 'preparing');
    expect(await resolveScope({ kind: 'visitor', slug: word })).toBeNull();
    expect((await callerFor(null).site.tenants()).map(({ slug }) => slug)).not.toContain(word);
    if (step === 'tenant') await root.platform.createTenant(input);
    else {
      const before = await root.platform.creation({ tenantId });
      expect(before.steps.filter(({ done }) => done).map(({ name }) => name)).toEqual(creationSteps.slice(0, creationSteps.findIndex((name) => name === step)));
      expect(await refusalsOf([root.platform.enter({ tenantId, reason: 'Too early to look inside' }), root.platform.resume({ tenantId, reason: 'Too early to look inside' })])).toEqual(['CONFLICT errors.platform.tenantPreparing', 'CONFLICT errors.platform.tenantPreparing']);
      // half of them the page that is still open, half whoever finds it in the list of countries
      await (step < 'b' || step === 'open' ? root.platform.finishTenant({ tenantId }) : root.platform.createTenant(input));
    }
    expect(await countsOf(tenantId)).toEqual(whole);
    expect(await statusOf(tenantId)).toBe('active');
  });
});

describe('a pack that is wrong', () => {
  const wrong = (change: (pack: Record<string, never>) => void): string => {
    const pack = JSON.parse(JSON.stringify(thirdPack('kvar'))) as Record<string, never>;
    change(pack);
    return JSON.stringify(pack);
  };
  const set = (path: string, value: unknown) => wrong((pack) => {
    const names = path.split('.');
    const last = names.pop() ?? '';
    const node = names.reduce<Record<string, unknown>>((part, name) => part[name] as Record<string, unknown>, pack);
    node[last] = value;
  });

  it.each([
    ['not JSON', '{', '', 'errors.pack.json'],
    ['an unknown zone', set('zone', 'Europe/Pristina'), 'zone', 'errors.country.zone'],
    ['a rule\'s own refusal', set('rules.branding.accent', 'red'), 'rules.branding.accent', 'errors.colour'],
    ['a rate that is no number', set('rules.tax.rates.0.rateBp', '18'), 'rules.tax.rates.0.rateBp', 'errors.type'],
    ['a price in a foreign currency', set('rules.products.plans.1.prices.0.currency', 'CHF'), 'rules.products.plans.1.prices.0.currency', 'errors.pack.currency'],
    ['a missing legal text', set('rules.legal.texts', thirdPack().rules.legal.texts.slice(1)), 'rules.legal.texts', 'errors.pack.noLegalText'],
    ['no text in the first language', set('rules.legal.texts.0.texts.sr', undefined), 'rules.legal.texts.0.texts.sr', 'errors.required'],
    ['an unknown default branch', set('rules.enrolment.defaultBranchCode', 'nigde'), 'rules.enrolment.defaultBranchCode', 'errors.choice'],
    ['a host of ours', set('tenant.slug', 'admin'), 'tenant.slug', 'errors.pack.slugReserved'],
    ['an invented state', set('rules.workflows.claims.states.1', 'limbo'), 'rules.workflows.claims.transitions.0.to', 'errors.workflow.unknownState'],
    ['weights that do not fit', set('country.taxId.check', { weights: [1, 2], certain: true }), 'country.taxId.check.weights', 'errors.country.weights'],
    ['a forbidden name', '{"__proto__": {"a": 1}}', '', 'errors.rule.forbiddenName'],
  ])('%s is refused with its place', async (_, text, field, key) => {
    const { issues } = await root.platform.checkPack({ pack: { text } });
    expect(issues).toEqual(expect.arrayContaining([expect.objectContaining({ field, key })]));
    await expect(root.platform.createTenant(inputOf(thirdPack('kvar'), { pack: { text } }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await statusOf('tenant_kvar')).toBeUndefined();
  });

  it('names every place at once, and what is taken', async () => {
    const { issues, content } = await root.platform.checkPack({ pack: { text: wrong((pack) => Object.assign(pack, { zone: 'x', branches: [], currencies: ['XXX'] })) } });
    expect(issues.map(({ field }) => field)).toEqual(expect.arrayContaining(['zone', 'branches', 'currencies.0']));
    expect(content).toBeNull();
    // a rule that is wrong hides nothing of what does not fit among the others
    const more = await root.platform.checkPack({ pack: { text: wrong((pack) => {
      const { tenant, rules } = pack as unknown as { tenant: { slug: string }; rules: { branding: { accent: string }; limits: { cashPerPayment: unknown[] } } };
      tenant.slug = 'www';
      rules.branding.accent = 'red';
      rules.limits.cashPerPayment = [];
    }) } });
    expect(more.issues.map(({ field }) => field)).toEqual(['rules.branding.accent', 'tenant.slug', 'rules.limits.cashPerPayment']);
    const { slug } = world.current.mk;
    expect((await root.platform.checkPack({ pack: { builtIn: slug } })).issues).toMatchObject([{ field: 'tenant.id', key: 'errors.platform.tenantTaken' }]);
    expect(await root.platform.packs()).toMatchObject([{ slug, taken: true }, { taken: true }]);
    expect(await refusalsOf([root.platform.checkPack({ pack: { builtIn: 'nowhere' } }), root.platform.packFile({ builtIn: '__proto__' }), root.platform.creation({ tenantId: world.current.mk.id }), root.platform.finishTenant({ tenantId: 'tenant_nobody' })]))
      .toEqual(Array.from({ length: 4 }, () => 'NOT_FOUND errors.notFound'));
  });

  it('says what a good one contains, in the reader\'s language', async () => {
    const { issues, content } = await root.platform.checkPack({ pack: { text: JSON.stringify(thirdPack('dobra')) } });
    expect(issues).toEqual([]);
    expect(content).toMatchObject({
      country: 'Novarija', currencies: ['KWD', 'EUR'], locales: ['sr', 'mk', 'en'], demoIssuer: true, asksPersonalNumber: false, holidaysOf: null, closedDays: 2,
      branches: [{ code: 'luka', isDefault: true }, { code: 'brdo', isDefault: false }], vat: [{ category: 'standard', rateBp: 1250 }, { category: 'exempt', rateBp: 0 }],
    });
    expect(content?.legalTexts).toHaveLength(7);
    const file = await root.platform.packFile({ builtIn: world.current.ks.slug });
    expect((await root.platform.checkPack({ pack: { text: file.text } })).content).toMatchObject({ tenantId: world.current.ks.id });
  });
});
