'use client';
import { sayCondition } from '@interdomestik/i18n/conditions';
import { conditionSchema, type Condition, type ConditionContext } from '@interdomestik/rules/conditions';
import { isCurrency, type Currency } from '@interdomestik/rules/money';
import { Button, Notice } from '@interdomestik/ui';
import { useMemo, useRef, useState } from 'react';
import { QueryBuilder, type RuleType } from 'react-querybuilder';
import type { EditorChoices } from '../editor';
import { sameJson } from '../paths';
import { BuilderContext, labelOf, useConditionLists, useConditionWords, type Builder } from './builder-context';
import { RuleBlock, RuleLine } from './controls';
import { fromQuery, operatorsOf, toQuery, type Query } from './query';

export interface ConditionBuilderProps {
  readonly context: ConditionContext;
  /** As it is stored, whatever it is. */
  readonly value: unknown;
  readonly onChange: (value: Condition | null) => void;
  readonly choices: EditorChoices;
  readonly readOnly?: boolean | undefined;
}

const controls = { rule: RuleLine, ruleGroup: RuleBlock };

/** The currency that a comparison at the top fixes for the amounts of a condition. */
function currencyOf(query: Query | null, currencies: readonly Currency[]): Currency | null {
  const named = query?.combinator === 'and' && query.not !== true ? query.rules.find((rule) => !('rules' in rule) && rule.field === 'currency' && rule.operator === '==') : undefined;
  if (named !== undefined && 'value' in named && isCurrency(named.value)) return named.value;
  return currencies.length === 1 ? (currencies[0] ?? null) : null;
}

/** A condition in words, and whether it can be said at all. */
export function ConditionSentence({ context, value, choices }: Pick<ConditionBuilderProps, 'context' | 'value' | 'choices'>) {
  const words = useConditionWords();
  const { values } = useConditionLists(context, choices);
  const parsed = conditionSchema(context).safeParse(value ?? null);
  if (!parsed.success) return <p className="text-ink-muted">{words('builder.unfinished')}</p>;
  return <p>{parsed.data === null ? words('builder.holdsAlways') : words('builder.holdsWhen', { sentence: sayCondition(parsed.data, context, words, values) })}</p>;
}

/** Builds a condition line by line and says it as a sentence. Stored JSON that it cannot show stays untouched until somebody removes it. */
export function ConditionBuilder({ context, value, onChange, choices, readOnly = false }: ConditionBuilderProps) {
  const words = useConditionWords();
  const { facts, optionsOf } = useConditionLists(context, choices);
  const root = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(() => ({ value, query: toQuery(context, value) }));
  // what came from elsewhere replaces the lines; what these lines made themselves does not
  const current = sameJson(shown.value ?? null, value ?? null) ? shown : { value, query: toQuery(context, value) };
  if (current !== shown) setShown(current);
  const { query } = current;
  const currency = currencyOf(query, choices.currencies);
  const builder = useMemo(
    (): Builder => ({
      context, facts, optionsOf, currency, mainCurrency: choices.currencies[0] ?? null,
      refocus: () => root.current?.querySelector<HTMLElement>('[data-add-comparison]')?.focus(),
    }),
    [context, facts, optionsOf, currency, choices.currencies],
  );
  const fields = useMemo(() => Object.keys(facts).map((name) => ({ name, value: name, label: labelOf(words, context, name) })), [facts, words, context]);
  if (query === null) {
    return (
      <div className="space-y-3">
        <Notice tone="warning">{words('builder.unsupported')}</Notice>
        <pre className="overflow-x-auto rounded-control bg-sunken p-3 text-note whitespace-pre-wrap wrap-anywhere">{JSON.stringify(value, null, 1)}</pre>
        {readOnly ? null : <Button variant="secondary" onClick={() => onChange(null)}>{words('builder.unsupportedRemove')}</Button>}
      </div>
    );
  }
  const sentence = <ConditionSentence context={context} value={value} choices={choices} />;
  if (readOnly) return sentence;
  const change = (next: Query) => {
    const condition = fromQuery(next);
    setShown({ value: condition, query: next });
    if (!sameJson(condition, value ?? null)) onChange(condition);
  };
  return (
    <div ref={root} className="space-y-3">
      <BuilderContext value={builder}>
        <QueryBuilder
          query={query} onQueryChange={(next) => change(next)} enableMountQueryChange={false} addRuleToNewGroups suppressStandardClassnames
          fields={fields} controlElements={controls} controlClassnames={{ body: 'space-y-3' }} resetOnOperatorChange={false}
          getOperators={(field) => operatorsOf(facts[field] ?? { type: 'text' }).map((one) => ({ name: one, value: one, label: one }))}
          getDefaultValue={(rule: RuleType) => (facts[rule.field]?.type === 'flag' ? true : '')}
        />
      </BuilderContext>
      <div aria-live="polite" className="border-l-2 pl-3 text-ink">{sentence}</div>
    </div>
  );
}
