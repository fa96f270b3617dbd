import { factsOf, type Condition, type ConditionContext, type ConditionPart, type FactSpec } from '@interdomestik/rules/conditions';
import type { RuleGroupType, RuleType } from 'react-querybuilder';

/** What a comparison of the builder can be. `''` stands for a value that is still to be written. */
export const operators = ['==', '!=', '<', '<=', '>', '>=', 'between', 'in', 'notIn', 'unknown', 'known'] as const;
export type Operator = (typeof operators)[number];
export type Scalar = string | number | boolean;
export type Comparison = RuleType<string, Operator, Scalar | readonly Scalar[]>;
export type Query = RuleGroupType<Comparison, 'and' | 'or'>;

const deepest = 20;

/** The comparisons that make sense for a fact. */
export function operatorsOf({ type }: FactSpec): readonly Operator[] {
  if (type === 'flag') return ['==', '!=', 'unknown', 'known'];
  if (type === 'number' || type === 'money') return operators;
  return ['==', '!=', 'in', 'notIn', 'unknown', 'known'];
}

/** The value that a comparison needs, kept as far as it fits: a list for `in`, two for a range, one for the others. */
export function valueFor(operator: string, value: unknown): Scalar | Scalar[] {
  const list = (Array.isArray(value) ? value : [value]).filter((one): one is Scalar => ['string', 'number', 'boolean'].includes(typeof one));
  if (operator === 'in' || operator === 'notIn') return list.filter((one) => one !== '');
  if (operator === 'between') return [list[0] ?? '', list[1] ?? ''];
  return list[0] ?? '';
}

type Inner = Query['rules'][number];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function partsOf(value: unknown): readonly [operator: string, parts: readonly unknown[]] | null {
  const entries = isObject(value) ? Object.entries(value) : [];
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1) return null;
  return [entry[0], Array.isArray(entry[1]) ? entry[1] : [entry[1]]];
}

function factOf(value: unknown): string | null {
  const parts = partsOf(value);
  const name = parts?.[0] === 'var' && parts[1].length === 1 ? parts[1][0] : null;
  return typeof name === 'string' ? name : null;
}

const isScalar = (value: unknown): value is Scalar => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** Reads stored JSON into the builder's own form. */
class Reader {
  private readonly facts: Readonly<Record<string, FactSpec>>;

  constructor(context: ConditionContext) {
    this.facts = factsOf(context);
  }

  /** Null when it is nothing that the builder can show. */
  inner(value: unknown, depth: number): Inner | null {
    const parts = partsOf(value);
    if (parts === null || depth > deepest) return null;
    const [operator, list] = parts;
    if (operator === 'and' || operator === 'or') return (operator === 'and' ? this.range(list) : null) ?? this.group(operator, list, false, depth);
    if (operator !== '!') return this.comparison(operator, list);
    if (list.length !== 1) return null;
    const negated = partsOf(list[0]);
    if (negated?.[0] === 'in') {
      const rule = this.comparison('in', negated[1]);
      return rule === null ? null : { ...rule, operator: 'notIn' };
    }
    if (negated?.[0] === 'and' || negated?.[0] === 'or') return this.group(negated[0], negated[1], true, depth);
    return this.group('and', list, true, depth);
  }

  group(combinator: 'and' | 'or', list: readonly unknown[], not: boolean, depth: number): Query | null {
    const rules = list.map((one) => this.inner(one, depth + 1));
    return rules.every((one) => one !== null) ? { combinator, not, rules } : null;
  }

  /** A pair `>=`, `<=` of one fact that stands alone, as the builder writes a range. */
  private range(list: readonly unknown[]): Comparison | null {
    const [low, high] = list.length === 2 ? list.map(partsOf) : [];
    if (low?.[0] !== '>=' || high?.[0] !== '<=') return null;
    const [from, to] = [this.comparison('>=', low[1]), this.comparison('<=', high[1])];
    return from === null || to === null || from.field !== to.field ? null : { field: from.field, operator: 'between', value: [from.value as Scalar, to.value as Scalar] };
  }

  private comparison(operator: string, [left, value, ...more]: readonly unknown[]): Comparison | null {
    const field = factOf(left);
    const spec = field !== null && Object.hasOwn(this.facts, field) ? this.facts[field] : undefined;
    if (field === null || spec === undefined || more.length > 0 || operator === 'between' || !operatorsOf(spec).some((one) => one === operator)) return null;
    if (operator === 'in') return Array.isArray(value) && value.every(isScalar) ? { field, operator, value } : null;
    if (value === null && (operator === '==' || operator === '!=')) return { field, operator: operator === '==' ? 'unknown' : 'known', value: '' };
    return isScalar(value) ? { field, operator: operator as Operator, value } : null;
  }
}

/** The query of a stored condition, empty for "always". Null when it holds something that the builder does not know. */
export function toQuery(context: ConditionContext, condition: unknown): Query | null {
  if (condition === null || condition === undefined) return { combinator: 'and', not: false, rules: [] };
  const inner = new Reader(context).inner(condition, 1);
  return inner === null || 'rules' in inner ? inner : { combinator: 'and', not: false, rules: [inner] };
}

function conditionOf(rule: Comparison): Condition {
  const { field, operator } = rule;
  const fact: ConditionPart = { var: field };
  const value = valueFor(operator, rule.value);
  switch (operator) {
    case 'unknown': return { '==': [fact, null] };
    case 'known': return { '!=': [fact, null] };
    case 'in': return { in: [fact, value] };
    case 'notIn': return { '!': [{ in: [fact, value] }] };
    case 'between': {
      const [from = '', to = ''] = Array.isArray(value) ? value : [];
      return { and: [{ '>=': [fact, from] }, { '<=': [fact, to] }] };
    }
    default: return { [operator]: [fact, value] };
  }
}

/** The condition of one line or group of the builder. What is not filled in stays in it and is refused by the schema, so that nothing is lost on the way. */
export function innerCondition(inner: Inner): Condition {
  if (!('rules' in inner)) return conditionOf(inner);
  const parts = inner.rules.map(innerCondition);
  const [only] = parts;
  const joined = only !== undefined && parts.length === 1 ? only : { [inner.combinator]: parts };
  return inner.not === true ? { '!': [joined] } : joined;
}

/** The condition that the builder shows; null when it is empty, which means always. */
export function fromQuery(query: Query): Condition | null {
  return query.rules.length === 0 ? null : innerCondition(query);
}
