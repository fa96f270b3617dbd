import { beforeAll, describe, expect, it } from 'vitest';
import { newId, type RuleInput } from '@interdomestik/rules';
import { callerFor, scopeOf, usePaddle, useWorld, visitorOf, type TestTenant } from '../testing';
import { publishRule } from '../testing/publish';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
usePaddle(world);
let mk: TestTenant;
let ks: TestTenant;
const titles = { sq: 'Aksioni pranveror', sr: 'Prolećna akcija', en: 'Spring sale' };
const off = (percentBp: number) => ({ kind: 'percent' as const, percentBp });

beforeAll(async () => {
  ({ mk, ks } = world.current);
  const { products } = ks.pack.rules;
  const value: RuleInput<'products'> = {
    ...products,
    plans: products.plans.map((plan) => (plan.code === 'asistenca_family' ? { ...plan, family: { includedPeople: 2, perExtraPerson: [{ minor: '500', currency: 'EUR' }] } } : plan)),
    discounts: [
      { code: 'spring', titles, reduction: off(1000), plans: ['asistenca'], until: '2099-01-01' },
      { code: 'young', titles: { sq: 'Të rinjtë', sr: 'Mladi', en: 'Young people' }, reduction: off(3000), when: { '<': [{ var: 'age' }, 26] } },
    ],
    coupons: [
      { code: 'HELLO-KS', titles: { sq: 'Mirë se vini', sr: 'Dobro došli', en: 'Hello' }, reduction: off(500), combines: true },
      { code: 'OVER', titles: { en: 'Over' }, reduction: off(500), until: '2026-01-01' },
    ],
  };
  await publishRule(ks, 'products', 2, value);
});

const quoteAt = async (tenant: TestTenant, input: Record<string, unknown>, ip: string = newId()) => await callerFor(await visitorOf(tenant), { ip }).plans.quote({ planCode: 'asistenca', ...input });

describe('a price before joining', () => {
  it("knows nothing of the other country's coupons and codes, and nobody without a host is answered", async () => {
    expect(await refusalsOf([
      quoteAt(mk, { couponCode: 'HELLO-KS' }), quoteAt(ks, { couponCode: 'NOTHING' }), quoteAt(ks, { referralCode: mk.promoterCode }), quoteAt(ks, { referralCode: 'NOBODY' }), callerFor(null).plans.quote({ planCode: 'asistenca' }),
    ])).toEqual(['INVALID errors.coupon.unknown', 'INVALID errors.coupon.unknown', 'INVALID errors.referral', 'INVALID errors.referral', 'NOT_FOUND errors.notFound']);
  });

  it('is what the rules say, line by line in the language of the reader', async () => {
    const price = await quoteAt(ks, { planCode: 'asistenca', addons: ['roadside'], couponCode: ' hello-ks ', locale: 'sr' });
    expect(price.lines.map(({ title, amount }) => [title, amount.minor])).toEqual([['Asistencija', 2000n], ['Pomoć na putu', 1200n], ['Prolećna akcija', -320n], ['Kupon: Dobro došli', -160n]]);
    expect(price).toMatchObject({ list: { minor: 3200n }, total: { minor: 2720n }, vat: { minor: 415n }, vatRateBp: 1800, periodMonths: 12, couponUsed: true });
    expect(price.steps[0]).toBe('Plan košta 20,00 € za 12 meseci.');
  });

  it('counts people beyond the included ones, and the age of the buyer', async () => {
    expect(await quoteAt(ks, { planCode: 'asistenca_family', people: 4 })).toMatchObject({ total: { minor: 4500n }, lines: [{ kind: 'plan' }, { kind: 'people', quantity: 2, amount: { minor: 1000n } }] });
    expect(await quoteAt(ks, { birthDate: '01.01.2005' })).toMatchObject({ total: { minor: 1400n } });
    expect(await quoteAt(ks, { birthDate: '01.01.1980' })).toMatchObject({ total: { minor: 1800n } });
  });

  it('refuses what cannot be sold so, with the field', async () => {
    expect(await refusalsOf([
      quoteAt(ks, { couponCode: 'over' }), quoteAt(ks, { addons: ['nothing'] }), quoteAt(ks, { planCode: 'free_start', addons: ['roadside'] }), quoteAt(ks, { planCode: 'asistenca_family', people: 6 }), quoteAt(ks, { planCode: 'business' }),
    ])).toEqual(['INVALID errors.coupon.expired', 'INVALID errors.addon.unknown', 'INVALID errors.addon.notForPlan', 'INVALID errors.plan.people', 'INVALID errors.plan.channel']);
  });

  it('S-05 words of coupons are not found by trying', async () => {
    const ip = newId();
    const tries = await Promise.allSettled(Array.from({ length: 125 }, (_, n) => quoteAt(ks, { couponCode: `TRY${String(n)}` }, ip)));
    expect(tries.filter((one) => one.status === 'rejected' && (one.reason as { code?: string }).code === 'TOO_MANY_REQUESTS').length).toBeGreaterThanOrEqual(5);
    await expect(quoteAt(ks, {}, ip)).resolves.toMatchObject({ planCode: 'asistenca' });
  });
});

describe('the page of plans', () => {
  it('shows what everybody gets, with the reason and until when, and nothing that depends on the buyer', async () => {
    const offers = await callerFor(await visitorOf(ks)).plans.list({ locale: 'en' });
    const [asistenca, family] = offers;
    expect(asistenca).toMatchObject({ code: 'asistenca', price: { minor: 1800n }, fullPrice: { minor: 2000n }, reductions: [{ title: 'Spring sale', until: '2099-01-01' }] });
    expect(asistenca?.addons.map(({ code, price }) => [code, price.minor])).toEqual([['roadside', 1200n], ['extra_matter', 1000n]]);
    expect(family).toMatchObject({ price: { minor: 3500n }, fullPrice: null, reductions: [], includedPeople: 2, perExtraPerson: { minor: 500n } });
    expect(offers.find(({ code }) => code === 'group')).toMatchObject({ price: null, fullPrice: null });
    expect((await callerFor(await visitorOf(mk)).plans.list({ locale: 'en' }))[0]).toMatchObject({ price: { minor: 2000n }, fullPrice: null });
  });

  it('a seller sees the add-ons of a plan with what each costs in cash and by card', async () => {
    const [plan] = await callerFor(await scopeOf(mk, mk.branches[0].agent)).enrolments.plans();
    expect(plan?.addons).toMatchObject([{ code: 'roadside', cash: { minor: 73800n, currency: 'MKD' }, card: { minor: 1200n, currency: 'EUR' } }, { code: 'extra_matter' }]);
  });
});
