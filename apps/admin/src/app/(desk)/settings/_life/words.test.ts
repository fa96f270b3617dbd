import { loadMessages, translator } from '@interdomestik/i18n';
import { locales } from '@interdomestik/rules/locales';
import { ruleSchemas } from '@interdomestik/rules/rule-sets';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { formatsOf } from '../../../_parts/formats';
import { sayOf, type Dynamic } from '../_kinds/say';
import { stepsTo, type Step } from './difference';
import { paramsText, placeText, valueText } from './words';

/** The name of every field that any document can have. */
function namesIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'properties' in node && typeof node.properties === 'object' && node.properties !== null ? Object.keys(node.properties) : [];
  return [...own, ...Object.values(node).flatMap(namesIn)];
}

const names = new Set(Object.values(ruleSchemas).flatMap((schema) => namesIn(z.toJSONSchema(schema as z.ZodType, { unrepresentable: 'any', io: 'input' }))));

const sayIn = (locale: (typeof locales)[number]) => sayOf(translator(locale) as unknown as Dynamic, formatsOf(locale, 'Europe/Skopje'));
const mk = sayIn('mk');
const field = (...path: string[]): Step[] => path.map((name) => ({ name }));

describe('the words of a difference', () => {
  it.each(locales)('%s: every field of every document has a name', (locale) => {
    const { fields } = loadMessages(locale).settings;
    // the amounts, languages and kinds of sale are said by their values
    const said = new Set<string>([...Object.keys(fields), ...locales]);
    expect([...names].filter((name) => !said.has(name))).toEqual([]);
  });

  it('name the place from the whole to the part', () => {
    const doc = { rates: [{ category: 'standard', rateBp: 1800 }], plans: [{ code: 'a', titles: { mk: 'Асистенца' }, prices: [] }], names: { sq: 'x' } };
    expect(placeText(mk, stepsTo(doc, 'rates.0.rateBp'))).toBe('Даночни стапки · Општа · Стапка');
    expect(placeText(mk, stepsTo(doc, 'plans.0.prices'))).toBe('Планови · Асистенца · Цена');
    expect(placeText(mk, stepsTo(doc, 'names.sq'))).toBe('Име · албански');
  });

  it('name a condition as one place, and its facts as the builder does', () => {
    const doc = { discounts: [{ code: 'young', titles: { mk: 'За млади' }, when: { and: [{ '<': [{ var: 'age' }, 'x'] }] } }] };
    expect(placeText(mk, stepsTo(doc, 'discounts.0.when.and.0.<.1'))).toBe('Попусти · За млади · Услов');
    const fault = (params: Record<string, string>) => ({ key: 'errors.condition.value', params });
    expect([paramsText(mk, 'products', fault({ fact: 'age' })), paramsText(mk, 'workflows', fault({ fact: 'claimed' })), paramsText(mk, 'workflows', fault({ fact: 'nothing' }))]).toEqual([{ fact: 'Години' }, { fact: 'Барана сума' }, { fact: 'nothing' }]);
  });

  it('say a value as people read it', () => {
    expect(valueText(mk, 'tax', field('rates', 'rateBp'), 1850)).toBe('18,5 %');
    expect(valueText(mk, 'commissions', field('percentBp', 'new'), 2000)).toBe('20 %');
    expect(valueText(mk, 'limits', field('cashPerPayment'), [{ minor: '100000', currency: 'EUR' }, { minor: '6150000', currency: 'MKD' }])).toBe('1.000,00 € / 61.500,00 ден.');
    expect(valueText(mk, 'limits', field('upload', 'maxBytes'), 16 * 1024 * 1024)).toBe('16 MB');
    expect(valueText(mk, 'limits', field('upload', 'types'), ['application/pdf', 'image/png'])).toBe('PDF, PNG');
    expect(valueText(mk, 'enrolment', field('referralAllowed'), false)).toBe('Не');
    expect(valueText(mk, 'enrolment', field('requiredFields'), [])).toBe('–');
    expect(valueText(mk, 'workflows', field('calendar', 'opensAt'), 510)).toBe('08:30');
    expect(valueText(mk, 'products', field('discounts', 'from'), '2026-01-31')).toBe('31.01.2026');
    expect(valueText(mk, 'limits', field('login', 'attempts'), 'many')).toBe('many');
    expect(valueText(sayIn('en'), 'workflows', field('stages', 'escalations'), [{ hoursAfter: 4, to: 'branch_manager' }])).toBe('Hours after the deadline: 4, To: Branch manager');
  });

  it('say a condition as a sentence', () => {
    expect(valueText(sayIn('en'), 'products', field('discounts', 'when'), { '>=': [{ var: 'people' }, 3] })).toMatch(/3/u);
    expect(valueText(sayIn('en'), 'products', field('discounts', 'when'), { '>=': [{ var: 'people' }, 3] })).not.toMatch(/var|\{/u);
  });
});
