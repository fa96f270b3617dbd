import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { platformDoor, resolvePlatformScope, withPlatform } from '@interdomestik/db';
import { platformSessions, platformUsers } from '@interdomestik/db/schema';
import { inLocale, isWorkingDay, newId, packRule, parseDateOnly, todayIn, type TenantRole } from '@interdomestik/rules';
import { changedBetween, fingerprint } from '../attacks/fingerprint';
import { adminSql, callerFor, enrolInputOf, joinInputOf, runJobs, scopeOf, useWorld, visitorOf, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { ruleOf } from '../settings/rules';
import { thirdPack } from '../testing/third-country';
import { wire } from '../wire';

const world = useWorld();
const pack = thirdPack();
/** What helpers need of a tenant of the world. */
const third = { id: pack.tenant.id, slug: pack.tenant.slug, pack } as TestTenant;
const password = 'seven slow trains north';
const sql = (text: string, values: unknown[] = []) => adminSql(world.current.database.adminUrl, text, values);

/** The person accepts the invitation that was mailed, and is signed in. */
async function accept(email: string, role: TenantRole) {
  const [mail] = await sql(`select "text" as text, locale from mails where tenant_id = $1 and to_email = $2 and text like '%token=%' order by created_at desc`, [third.id, email]);
  const token = /token=([\w-]+)/u.exec(String(mail?.text))?.[1] ?? '';
  await callerFor(await visitorOf(third)).accounts.acceptInvitation({ token, password });
  const [person] = await sql('select id::text as id from "user" where tenant_id = $1 and email = $2', [third.id, email]);
  return { id: String(person?.id), caller: callerFor(await scopeOf(third, { id: String(person?.id), role })), locale: mail?.locale };
}

beforeAll(async () => {
  const [userId, sessionId] = [newId(), newId()];
  await withPlatform(platformDoor(), 'test', async (tx) => {
    await tx.insert(platformUsers).values({ id: userId, email: 'maker@example.com', passwordHash: 'x', name: 'Making Person' });
    await tx.insert(platformSessions).values({ id: sessionId, platformUserId: userId, secondFactorAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) });
  });
  const root = callerFor(null, { platform: await resolvePlatformScope(sessionId) });
  await root.platform.createTenant({ key: newId(), pack: { text: JSON.stringify(pack) }, admin: { firstName: 'Nada', lastName: 'Prva', email: 'nada@novarija.example', locale: 'sr' } });
});

/** What people of the other countries see, as it goes over the wire, by what they ask. When colleagues were last here changes by the asking. */
async function seenElsewhere(): Promise<Record<string, string>> {
  const told: Record<string, string> = {};
  for (const tenant of [world.current.mk, world.current.ks]) {
    const [admin, site] = [callerFor(await scopeOf(tenant, tenant.admin)), callerFor(await visitorOf(tenant))];
    const asked = {
      members: admin.members.list({}), claims: admin.claims.list({}), leads: admin.leads.list({}), branches: admin.branches.list(), rules: admin.settings.rules(), figures: admin.dashboard.figures({ period: 'month' }),
      plans: site.plans.list(), site: site.site.current(),
    };
    for (const [name, answer] of Object.entries(asked)) told[`${tenant.slug} ${name}`] = createHash('sha256').update(JSON.stringify(wire.serialize(await answer))).digest('hex');
  }
  return told;
}

describe('a third country', () => {
  it('I-14 sells, numbers and takes claims by its own pack alone, and nobody of the others notices', async () => {
    const { mk, ks, database } = world.current;
    const seen = await seenElsewhere();
    const before = await fingerprint(database);
    const admin = await accept('nada@novarija.example', 'tenant_admin');
    expect(admin.locale).toBe('sr');
    const [branch] = await admin.caller.branches.list();
    await admin.caller.staff.invite({ email: 'agent@novarija.example', firstName: 'Petar', lastName: 'Agent', role: 'agent', branchId: branch?.id ?? '' });
    const agent = await accept('agent@novarija.example', 'agent');

    // a price of three decimals, counted in cash, with the country's own VAT and numbers
    expect((await agent.caller.enrolments.plans()).find(({ code }) => code === 'asistenca')).toMatchObject({ cash: { minor: 6700n, currency: 'KWD' }, card: null, vatRateBp: 1250 });
    const input = enrolInputOf(third, { phone: '5123456', personalNumber: undefined });
    const enrolled = await agent.caller.enrolments.enrol(input);
    expect(enrolled).toMatchObject({ memberNumber: expect.stringMatching(/QN.*0*1$/u), invoiceCode: expect.stringMatching(/^QN\/QF-\d{4}-00001$/u), receiptCode: expect.stringMatching(/000001$/u), payLink: null });
    const [invoice] = await sql('select currency, total_minor::text as gross, vat_minor::text as vat from invoices where tenant_id = $1', [third.id]);
    expect(invoice).toEqual({ currency: 'KWD', gross: '6700', vat: '744' });
    expect(await sql('select phone, personal_number from "user" where tenant_id = $1 and id = $2', [third.id, enrolled.memberId])).toEqual([{ phone: '+9995123456', personal_number: null }]);
    await runJobs(database);

    const { caller: member } = await accept(input.email, 'member');
    const { id } = await member.claims.start({ category: 'vehicle' });
    const claim = await member.claims.submit({
      id, category: 'vehicle', counterparty: 'Osiguranje', description: 'Udario me je auto otpozadi na semaforu.', amountClaimed: { currency: 'KWD', text: '1.230,500' }, incidentOn: todayIn(pack.zone, new Date()), idempotencyKey: newId(),
    });
    expect(await sql('select code, claimed_minor::text as claimed from claims where tenant_id = $1 and id = $2', [third.id, claim.id])).toEqual([{ code: expect.stringMatching(/^CLM-QN-\d{4}-000001$/u), claimed: '1230500' }]);

    const ofOthers = (key: string): boolean => key.includes(mk.id) || key.includes(ks.id);
    const sessions = (key: string): boolean => key.includes('sessions') || key.includes('audit_logs');
    expect(changedBetween(before, await fingerprint(database), (key) => ofOthers(key) && !sessions(key))).toEqual([]);
    expect(await seenElsewhere()).toEqual(seen);
    for (const tenant of [mk, ks]) {
      const stranger = callerFor(await scopeOf(tenant, tenant.admin));
      expect(await refusalsOf([stranger.members.get({ id: enrolled.memberId }), stranger.claims.get({ id: claim.id }), stranger.invoices.get({ id: enrolled.invoiceId ?? '' }), stranger.staff.disable({ id: agent.id })]))
        .toEqual(Array.from({ length: 4 }, () => 'NOT_FOUND errors.notFound'));
      expect(await refusalsOf([admin.caller.members.get({ id: tenant.branches[0].member.id }), agent.caller.members.get({ id: tenant.branches[0].member.id })])).toEqual(['NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound']);
    }
  }, 60_000);

  it('sells at a desk until it has a card account, and says so', async () => {
    const site = callerFor(await visitorOf(third), { locale: 'sr' });
    const plans = await site.plans.list();
    const title = (code: string) => inLocale(packRule(pack, 'products').plans.find((plan) => plan.code === code)?.titles ?? {}, 'sr');
    expect(plans.find(({ code }) => code === 'asistenca')).toMatchObject({ title: title('asistenca'), selfService: false, awaitsCard: true, price: { minor: 6700n, currency: 'KWD' } });
    expect(plans.find(({ code }) => code === 'free_start')).toMatchObject({ selfService: true, awaitsCard: false });
    expect(plans.find(({ code }) => code === 'business')).toMatchObject({ selfService: false, awaitsCard: false });
    const typed = { phone: '+999 5 765 432', personalNumber: undefined };
    expect(await refusalsOf([site.accounts.join(joinInputOf(third, typed))])).toEqual(['UNAVAILABLE errors.payment.notConfigured']);
    expect(await site.accounts.join(joinInputOf(third, { ...typed, planCode: 'free_start' }))).toMatchObject({ next: 'done', paymentId: null });
    // where an account can charge, everything is sold online as before
    expect((await callerFor(await visitorOf(world.current.mk)).plans.list()).filter(({ awaitsCard }) => awaitsCard)).toEqual([]);
    await sql(`insert into payment_accounts (tenant_id, id, provider, slug, name, currency, environment, tax_document_issuer) values ($1, $2, 'paddle', 'main', 'Paddle', 'EUR', 'local', 'provider')`, [third.id, newId()]);
    expect((await site.plans.list()).find(({ code }) => code === 'asistenca')).toMatchObject({ awaitsCard: true });
    await sql(`update payment_accounts set credentials = 'sealed' where tenant_id = $1 and provider = 'paddle'`, [third.id]);
    expect((await site.plans.list()).find(({ code }) => code === 'asistenca')).toMatchObject({ selfService: true, awaitsCard: false, price: { minor: 2000n, currency: 'EUR' } });
  });

  it('lives by its own clock, week, holidays and texts', async () => {
    const visitor = await visitorOf(third);
    const { calendar } = (await ruleOf(visitor, 'workflows', new Date())).value;
    // Friday, Sunday, and a Sunday that its own list closes
    expect(['2026-11-27', '2026-12-06', '2026-11-29'].map((day) => isWorkingDay(parseDateOnly(day), calendar))).toEqual([false, true, false]);
    const site = callerFor(visitor, { locale: 'en' });
    expect(await site.site.current()).toMatchObject({ countryCode: 'QN', currency: 'KWD', timeZone: 'Atlantic/Azores', defaultLocale: 'sr', country: { personalNumbers: [], phone: { callingCode: '999' } } });
    expect((await site.site.legalText({ key: 'terms', locale: 'mk' })).body).toMatch(/\p{Script=Cyrillic}/u);
  });
});
