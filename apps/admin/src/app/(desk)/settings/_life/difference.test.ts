import { packRule, countryPacks } from '@interdomestik/rules/country-packs';
import { ruleToJson } from '@interdomestik/rules/rule-sets';
import { describe, expect, it } from 'vitest';
import { withValue } from '../_editors/paths';
import { differencesOf, leavesOf, stepsTo } from './difference';

const [pack] = countryPacks;
if (pack === undefined) throw new Error('there is no country pack');
const products = ruleToJson(packRule(pack, 'products'));
const named = (differences: ReturnType<typeof differencesOf>) => differences.map(({ steps }) => steps.map((step) => ('name' in step ? step.name : `#${step.id}`)).join('.'));

describe('what differs between two documents', () => {
  it('is nothing between equal ones', () => {
    expect(differencesOf(products, structuredClone(products))).toEqual([]);
  });

  it('names the entry of a list by what it is, not by its place', () => {
    const code = packRule(pack, 'products').plans[1]?.code ?? '';
    const after = withValue(products, 'plans.1.prices', [{ minor: '2500', currency: 'EUR' }]);
    expect(named(differencesOf(products, after))).toEqual([`plans.#${code}.prices`]);
  });

  it('is an entry that came or went, not every entry after it', () => {
    const tax = { rates: [{ category: 'standard', rateBp: 1800 }, { category: 'low', rateBp: 500 }] };
    expect(named(differencesOf(tax, { rates: [{ category: 'low', rateBp: 500 }] }))).toEqual(['rates.#standard']);
    expect(named(differencesOf(tax, { rates: [{ category: 'new_one', rateBp: 700 }, ...tax.rates] }))).toEqual(['rates.#new_one']);
  });

  it('sees another order, which decides where the first that fits counts', () => {
    const routes = [{ code: 'a', triageHours: 1 }, { code: 'b', triageHours: 2 }];
    expect(differencesOf({ routes }, { routes: routes.toReversed() })).toHaveLength(1);
  });

  it('takes amounts, plain lists and conditions as one', () => {
    expect(named(differencesOf({ price: { minor: '1', currency: 'EUR' } }, { price: { minor: '2', currency: 'EUR' } }))).toEqual(['price']);
    expect(named(differencesOf({ days: [30, 14] }, { days: [30] }))).toEqual(['days']);
    expect(named(differencesOf({ when: { '==': [{ var: 'city' }, 'a'] } }, { when: { '==': [{ var: 'city' }, 'b'] } }))).toEqual(['when']);
  });

  it('tells what stands in an entry that came', () => {
    expect(named(leavesOf({ category: 'low', rateBp: 500, note: null, tags: [] }))).toEqual(['category', 'rateBp']);
    expect(leavesOf('text')).toEqual([]);
  });

  it('names the place of an issue the same way', () => {
    const steps = stepsTo({ rates: [{ category: 'standard', rateBp: 'x' }] }, 'rates.0.rateBp');
    expect(steps.map((step) => ('name' in step ? step.name : `#${step.id}`))).toEqual(['rates', '#standard', 'rateBp']);
    expect(stepsTo({ days: [1, 2] }, 'days.1')).toEqual([{ name: 'days' }, { id: '2', item: 2 }]);
    expect(stepsTo({}, '')).toEqual([]);
  });
});
