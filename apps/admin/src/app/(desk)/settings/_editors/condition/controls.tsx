'use client';
import { conditionSchema } from '@interdomestik/rules/conditions';
import { Button, Checkbox, cn, Field, IconButton, Select } from '@interdomestik/ui';
import { Plus, Trash2 } from '@interdomestik/ui/icons';
import { RuleGroupBodyComponents, useRule, useRuleGroup, type RuleGroupProps, type RuleProps } from 'react-querybuilder';
import { useErrorText, encodeMessage } from '@/trpc/errors';
import { labelOf, useBuilder, useConditionWords } from './builder-context';
import { innerCondition, operatorsOf, valueFor, type Comparison, type Operator } from './query';
import { ValueEditor } from './value-editor';

/** How deep groups may be put into groups. Deeper ones that are stored are shown all the same. */
const deepestGroup = 3;

const operatorWords: Readonly<Record<Operator, string>> = {
  '==': 'is', '!=': 'isNot', '<': 'less', '<=': 'most', '>': 'more', '>=': 'least', between: 'between', in: 'in', notIn: 'notIn', unknown: 'unknown', known: 'known',
};

/** Where a line stands, as people count: `2.1` is the first of the second group. */
const placeOf = (path: readonly number[]): string => path.map((step) => String(step + 1)).join('.');

const isBlank = (operator: string, value: unknown): boolean => {
  const fitting = valueFor(operator, value);
  return operator !== 'known' && operator !== 'unknown' && (Array.isArray(fitting) ? fitting.length === 0 || fitting.includes('') : fitting === '');
};

/** One comparison: a fact, how it is compared, and with what. */
export function RuleLine(props: RuleProps) {
  const rule = useRule(props);
  const { context, facts, refocus } = useBuilder();
  const words = useConditionWords();
  const errorText = useErrorText();
  const { field, operator } = rule.rule;
  const spec = facts[field];
  const value: unknown = rule.rule.value;
  const place = placeOf(rule.path);
  const result = conditionSchema(context).safeParse(innerCondition(rule.rule as Comparison));
  const blank = isBlank(operator, value);
  const issue = result.success || blank ? undefined : result.error.issues[0];
  const error = issue === undefined ? undefined : errorText(encodeMessage(issue.message, { fact: labelOf(words, context, field) }));
  const offered = spec === undefined ? [] : operatorsOf(spec);
  return (
    <div role="group" aria-label={words('builder.rule', { n: place })} className="rounded-control bg-sunken/60 p-3">
      <div className="grid items-start gap-3 md:grid-cols-[minmax(0,1fr)_minmax(0,0.9fr)_minmax(0,1.3fr)_auto]">
        <Field label={words('builder.field')}>
          <Select options={Object.keys(facts).map((name) => ({ value: name, label: labelOf(words, context, name) }))} value={field} onValueChange={rule.onChangeField} />
        </Field>
        <Field label={words('builder.operator')}>
          <Select options={offered.map((one) => ({ value: one, label: words(`builder.operators.${operatorWords[one]}`) }))} value={operator} onValueChange={rule.onChangeOperator} />
        </Field>
        <div className="min-w-0">
          <ValueEditor fact={field} operator={operator} value={value} onChange={rule.onChangeValue} error={error} hint={blank ? words('builder.fill') : undefined} />
        </div>
        <IconButton
          className="justify-self-end md:mt-6" label={words('builder.removeRule', { n: place })} icon={<Trash2 />}
          onClick={(event) => { rule.removeRule(event); refocus(); }}
        />
      </div>
    </div>
  );
}

/** Comparisons that belong together, and how. */
export function RuleBlock(props: RuleGroupProps) {
  const group = useRuleGroup(props);
  const { refocus } = useBuilder();
  const words = useConditionWords();
  const inside = group.path.length > 0;
  const place = placeOf(group.path);
  const { rules } = group.ruleGroup;
  const asked = rules.length > 1 || inside || group.ruleGroup.not === true;
  return (
    <div role="group" aria-label={inside ? words('builder.group', { n: place }) : undefined} className={cn('space-y-3', inside && 'border-l-2 border-accent pl-3 sm:pl-4')}>
      {asked ? (
        <div className="flex flex-wrap items-end gap-x-4 gap-y-1">
          <Field label={words('builder.combinator')} className="w-full sm:w-64">
            <Select options={[{ value: 'and', label: words('builder.and') }, { value: 'or', label: words('builder.or') }]} value={group.combinator} onValueChange={group.onCombinatorChange} />
          </Field>
          <Checkbox className="min-w-0 flex-1 basis-64" label={words('builder.not')} checked={group.ruleGroup.not === true} onChange={(event) => group.onNotToggleChange(event.target.checked)} />
          {inside ? <IconButton label={words('builder.removeGroup', { n: place })} icon={<Trash2 />} onClick={(event) => { group.removeGroup(event); refocus(); }} /> : null}
        </div>
      ) : null}
      <RuleGroupBodyComponents {...group} />
      <div className="flex flex-wrap gap-2">
        <Button variant="secondary" size="small" icon={<Plus />} data-add-comparison={inside ? undefined : ''} onClick={(event) => group.addRule(event)}>{words('builder.addRule')}</Button>
        {group.path.length < deepestGroup ? <Button variant="ghost" size="small" icon={<Plus />} onClick={(event) => group.addGroup(event)}>{words('builder.addGroup')}</Button> : null}
      </div>
    </div>
  );
}
