import { beforeAll, describe, expect, it } from 'vitest';
import { inLocale, isWorkingDay, newId, packRule, parseDateOnly } from '@interdomestik/rules';
import { acceptCountry, NotAccepted, type Accepted, type AcceptedCountry } from '../testing/acceptance';
import { adminSql, callerFor, joinInputOf, useWorld, visitorOf, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { ruleOf } from '../settings/rules';
import { thirdPack } from '../testing/third-country';

const world = useWorld();
const pack = thirdPack();
/** What helpers need of a tenant of the world. */
const third = { id: pack.tenant.id, slug: pack.tenant.slug, pack } as TestTenant;
const sql = (text: string, values: unknown[] = []) => adminSql(world.current.database.adminUrl, text, values);
const told: Accepted[] = [];
let accepted: AcceptedCountry;

beforeAll(async () => {
  accepted = await acceptCountry(pack, world.current, (one) => told.push(one));
}, 60_000);

describe('a third country', () => {
  it('I-14 sells, numbers and takes claims by its own pack alone, and nobody of the others notices', async () => {
    expect(told.map(({ what }) => what)).toEqual([
      'is made of its file, once', 'shows its plans and texts in each of its languages', 'lets its first administrator in, who invites an agent', 'sells for cash with its own money, VAT and numbers',
      'draws its papers in its languages', 'welcomes the member, who hands in a claim', 'leaves the other countries as they were',
    ]);
    // a price of three decimals, counted in cash, with the country's own VAT and numbers
    const { price, enrolled, claimId } = accepted;
    expect(price).toEqual({ minor: 6700n, currency: 'KWD' });
    expect(enrolled).toMatchObject({ memberNumber: expect.stringMatching(/QN.*0*1$/u), invoiceCode: expect.stringMatching(/^QN\/QF-\d{4}-00001$/u), receiptCode: expect.stringMatching(/000001$/u), payLink: null });
    expect(await sql('select currency, total_minor::text as gross, vat_minor::text as vat from invoices where tenant_id = $1', [third.id])).toEqual([{ currency: 'KWD', gross: '6700', vat: '744' }]);
    expect(await sql('select phone, personal_number from "user" where tenant_id = $1 and id = $2', [third.id, enrolled.memberId])).toEqual([{ phone: expect.stringMatching(/^\+9995\d{6}$/u), personal_number: null }]);
    expect(await sql('select code, claimed_minor::text as claimed from claims where tenant_id = $1 and id = $2', [third.id, claimId])).toEqual([{ code: expect.stringMatching(/^CLM-QN-\d{4}-000001$/u), claimed: '1230000' }]);
  });

  it('is not accepted twice, nor as what it is not: the thing that failed is named', async () => {
    await expect(acceptCountry(pack, world.current)).rejects.toThrow(NotAccepted);
    await expect(acceptCountry({ ...pack, tenant: { ...pack.tenant, id: 'tenant_druga', slug: 'druga' }, rules: { ...pack.rules, workflows: { ...pack.rules.workflows, categories: [] } } }, world.current)).rejects.toThrow(/^is made of its file, once: /u);
  });

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
