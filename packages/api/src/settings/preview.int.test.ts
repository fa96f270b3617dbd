import { describe, expect, it } from 'vitest';
import { parseDateOnly } from '@interdomestik/rules';
import { callerFor, scopeOf, useWorld, visitorOf } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
const first = <T>([one]: readonly T[]): T => {
  if (one === undefined) throw new Error('nothing there');
  return one;
};

describe('a products document before it is published', () => {
  it('shows the cards that visitors will see, from the same words as the site', async () => {
    const { mk } = world.current;
    const admin = callerFor(await scopeOf(mk, mk.admin));
    const value = structuredClone(mk.pack.rules.products) as { plans: { code: string; titles: { mk?: string }; visible: boolean; prices: unknown; periodMonths: number }[] };
    const now = await admin.settings.previewPlans({ value, locale: 'mk', channel: 'self_service' });
    const site = await callerFor(await visitorOf(mk)).plans.list({ locale: 'mk' });
    expect(now.plans.map(({ code, title, covers }) => [code, title, covers.startsWith(site.find((one) => one.code === code)?.covers ?? '?')])).toEqual(site.map(({ code, title }) => [code, title, true]));
    const plan = value.plans.find(({ code }) => code === 'asistenca') ?? first(value.plans);
    plan.titles = { ...plan.titles, mk: 'Асистенца плус' };
    plan.prices = [{ minor: '2450', currency: 'EUR' }, { minor: '150000', currency: 'MKD' }];
    const [hidden, broken] = [first(value.plans.filter(({ code }) => code === 'asistenca_family')), first(value.plans.filter(({ code }) => code === 'business'))];
    hidden.visible = false;
    broken.periodMonths = -1;
    const draft = await admin.settings.previewPlans({ value, locale: 'mk', channel: 'self_service' });
    expect(draft.plans.find(({ code }) => code === 'asistenca')).toMatchObject({ title: 'Асистенца плус', price: expect.stringMatching(/^(?:24,50 €|1\.500,00 ден\.)$/u), priceNote: 'годишно, со ДДВ' });
    expect(draft.plans.map(({ code }) => code)).not.toContain('asistenca_family');
    expect(draft.faulty).toEqual([value.plans.indexOf(broken)]);
    expect((await callerFor(await visitorOf(mk)).plans.list({ locale: 'mk' })).find(({ code }) => code === 'asistenca')?.title).not.toBe('Асистенца плус');
  });

  it('prices a sale by its own discounts, with the VAT in force, and says why', async () => {
    const { ks } = world.current;
    const admin = callerFor(await scopeOf(ks, ks.admin));
    const discount = { code: 'young', titles: { en: 'Under 26', sq: 'Nën 26' }, reduction: { kind: 'percent', percentBp: 2500 }, when: { '<': [{ var: 'age' }, 26] } };
    const value = { ...(ks.pack.rules.products as object), discounts: [discount] };
    const ask = (age: number | null, more: object = {}) => admin.settings.previewQuote({
      value, locale: 'en', request: { planCode: 'asistenca', channel: 'agent', currency: 'EUR', on: parseDateOnly('2026-06-01'), people: 1, facts: { age }, ...more },
    });
    const [young, old, unknown] = await Promise.all([ask(20), ask(40), ask(null)]);
    expect([young.total.minor, old.total.minor, unknown.total.minor]).toEqual([1500n, 2000n, 2000n]);
    expect(young.lines.map(({ title, amount }) => [title, amount.minor])).toEqual([[old.lines[0]?.title, 2000n], ['Under 26', -500n]]);
    expect(young.steps.join(' ')).toContain('Under 26');
    expect(young.vat.amount.minor).toBeGreaterThan(0n);
    expect(await refusalsOf([ask(20, { planCode: 'nothing' }), ask(20, { people: 900 }), admin.settings.previewQuote({ value: { plans: [] }, locale: 'en', request: { planCode: 'x', channel: 'agent', currency: 'EUR', on: parseDateOnly('2026-06-01'), people: 1 } })]))
      .toEqual(['INVALID errors.plan.unknown', 'INVALID errors.plan.people', expect.stringMatching(/^INVALID errors\./u)]);
  });

  it('S-13 is refused when it carries a script, a prototype name or a bomb, and in no time', async () => {
    const { mk } = world.current;
    const admin = callerFor(await scopeOf(mk, mk.admin));
    const request = { planCode: 'asistenca', channel: 'agent' as const, currency: 'EUR' as const, on: parseDateOnly('2026-06-01'), people: 1 };
    const withRule = (when: unknown) => ({ ...(mk.pack.rules.products as object), discounts: [{ code: 'bomb', titles: { en: 'x' }, reduction: { kind: 'percent', percentBp: 1 }, when }] });
    const bombs = [
      withRule({ map: [{ var: 'plan' }, { '+': [1, 1] }] }),
      withRule({ '==': [{ var: '__proto__' }, 1] }),
      JSON.parse('{"plans": [{"__proto__": {"x": 1}}]}') as unknown,
      withRule(Array.from({ length: 30 }).reduce((inner: unknown) => ({ '!': [inner] }), { '<': [{ var: 'age' }, 1] })),
    ];
    const from = process.cpuUsage();
    const refusals = await refusalsOf(bombs.map((value) => admin.settings.previewQuote({ value, locale: 'en', request })));
    expect(process.cpuUsage(from).user).toBeLessThan(400_000);
    expect(refusals).toEqual(['INVALID errors.condition.operator', 'INVALID errors.condition.fact', 'INVALID errors.rule.forbiddenName', expect.stringMatching(/^INVALID errors\.(?:condition|rule)\.tooLarge$/u)]);
  });
});
