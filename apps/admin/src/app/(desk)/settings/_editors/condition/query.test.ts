import { conditionFacts, conditionSchema, holds, type ConditionContext } from '@interdomestik/rules/conditions';
import { conditionFrom, factsFrom, seeded } from '@interdomestik/rules/testing';
import { describe, expect, it } from 'vitest';
import { fromQuery, operatorsOf, toQuery, valueFor, type Query } from './query';

const contexts = Object.keys(conditionFacts) as ConditionContext[];
const fact = (name: string) => ({ var: name });
const young = { '<': [fact('age'), 30] };
const none: Query = { combinator: 'and', not: false, rules: [] };

describe('a condition in the builder', () => {
  it('comes back with the same meaning, and in one form however often', () => {
    const choose = seeded(411);
    for (let i = 0; i < 500; i += 1) {
      const context = contexts[choose(contexts.length)] ?? 'sale';
      const condition = conditionFrom(context, choose);
      const query = toQuery(context, condition);
      if (query === null) throw new Error(`not shown: ${JSON.stringify(condition)}`);
      const back = fromQuery(query);
      expect(back).not.toBeNull();
      for (let n = 0; n < 4; n += 1) {
        const facts = factsFrom(context, choose);
        expect(holds(back, facts)).toBe(holds(condition, facts));
      }
      const again = toQuery(context, back);
      expect(again === null ? null : fromQuery(again)).toEqual(back);
      if (!conditionSchema(context).safeParse(condition).success) continue;
      const valid = conditionSchema(context).safeParse(back);
      // a group of one loses its brackets, which can bring to light that the whole can never hold
      if (valid.success) expect(valid.data).toEqual(back);
      else expect(valid.error.issues[0]?.message).toBe('errors.condition.never');
    }
  });

  it.each([
    ['a comparison', young],
    ['a range', { and: [{ '>=': [fact('age'), 18] }, { '<=': [fact('age'), 26] }] }],
    ['none of several', { '!': [{ in: [fact('plan'), ['a', 'b']] }] }],
    ['not', { '!': [young] }],
    ['not a group', { '!': [{ or: [young, { '==': [fact('plan'), 'a'] }] }] }],
    ['not known', { or: [{ '==': [fact('age'), null] }, { '!=': [fact('city'), null] }] }],
    ['groups in groups', { and: [{ or: [young, { '==': [fact('returning'), true] }] }, { '!=': [fact('channel'), 'agent'] }] }],
    ['always', null],
  ])('keeps %s to the letter', (_, condition) => {
    const query = toQuery('sale', condition);
    expect(query === null ? undefined : fromQuery(query)).toEqual(condition);
  });

  it('keeps what is not filled in yet, which the schema refuses', () => {
    const half: Query = { combinator: 'and', rules: [{ field: 'age', operator: '<', value: '' }, { field: 'plan', operator: 'in', value: [] }, { combinator: 'or', rules: [] }] };
    const stored: unknown = JSON.parse(JSON.stringify(fromQuery(half)));
    expect(conditionSchema('sale').safeParse(stored).success).toBe(false);
    const query = toQuery('sale', stored);
    expect(query === null ? null : fromQuery(query)).toEqual(stored);
    expect(fromQuery(none)).toBeNull();
  });

  it.each([
    ['an unknown operator', { map: [fact('age'), 1] }],
    ['an unknown fact', { '==': [fact('salary'), 1] }],
    ['a fact on both sides', { '==': [fact('age'), fact('people')] }],
    ['an order of texts', { '<': [fact('city'), 'a'] }],
    ['two operators', { '==': [fact('age'), 1], '!=': [fact('age'), 2] }],
    ['something deep inside', { and: [young, { or: [young, { '!': [{ some: [] }] }] }] }],
    ['a prototype name', JSON.parse('{"__proto__": [{"var":"age"}, 1]}')],
    ['a text', 'age < 30'],
    ['a name of the builder that no condition has', { between: [fact('age'), [1, 2]] }],
  ])('does not pretend to show %s', (_, condition) => {
    expect(toQuery('sale', condition)).toBeNull();
  });

  it('fits a value to another comparison', () => {
    expect([valueFor('in', 'a'), valueFor('in', ''), valueFor('==', ['a', 'b']), valueFor('between', 5), valueFor('<', null)]).toEqual([['a'], [], 'a', [5, ''], '']);
    expect(operatorsOf({ type: 'flag' })).not.toContain('in');
  });
});
