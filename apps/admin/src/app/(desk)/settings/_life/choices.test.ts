import { countryPacks, packRule } from '@interdomestik/rules/country-packs';
import { ruleKinds, ruleToJson } from '@interdomestik/rules/rule-sets';
import { describe, expect, it } from 'vitest';
import { choicesOf } from './choices';

describe('what editors offer', () => {
  it.each(countryPacks.map((pack) => [pack.country.code, pack] as const))('%s: is the tenant’s own', (_, pack) => {
    const rules = ruleKinds.map((kind) => ({ kind, value: ruleToJson(packRule(pack, kind)) }));
    const choices = choicesOf(rules, { currency: pack.currencies[0] ?? '', locale: 'sq', branches: [] });
    expect(choices.currencies[0]).toBe(pack.currencies[0]);
    expect(new Set(choices.currencies)).toEqual(new Set(pack.currencies));
    expect(choices.languages.toSorted()).toEqual([...packRule(pack, 'languages').offered].toSorted());
    expect(choices.plans.map(({ code }) => code)).toEqual(packRule(pack, 'products').plans.map(({ code }) => code));
    expect(choices.plans.every(({ title }) => title.length > 1)).toBe(true);
  });

  it('is still something where nothing is published', () => {
    expect(choicesOf([], { currency: 'EUR', locale: 'mk', branches: [] })).toMatchObject({ currencies: ['EUR'], plans: [] });
  });
});
