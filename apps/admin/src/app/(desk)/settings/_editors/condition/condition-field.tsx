'use client';
import { conditionSchema, type ConditionContext } from '@interdomestik/rules/conditions';
import { fieldIssues } from '@interdomestik/rules/errors';
import { Field } from '@interdomestik/ui';
import { useErrorText, encodeMessage } from '@/trpc/errors';
import type { EditorChoices } from '../editor';
import { fieldId, useRuleValue, type RuleFieldProps } from '../fields';
import { labelOf, useConditionWords } from './builder-context';
import { ConditionBuilder } from './condition-builder';

/** Faults of the whole; those of one comparison stand beside it. */
const ofTheWhole: ReadonlySet<string> = new Set(['errors.condition.shape', 'errors.condition.tooLarge', 'errors.condition.never']);

interface ConditionFieldProps extends RuleFieldProps {
  readonly context: ConditionContext;
  /** The lists of the tenant; an editor hands its own props on. */
  readonly choices: EditorChoices;
}

/** The condition at a path of the document, with its builder, its sentence and what is wrong with it. */
export function ConditionField({ path, label, help, optional, className, context, choices }: ConditionFieldProps) {
  const { value, change, readOnly, beside } = useRuleValue(path);
  const words = useConditionWords();
  const errorText = useErrorText();
  const result = conditionSchema(context).safeParse(value ?? null);
  const issue = result.success ? undefined : fieldIssues(result.error).find(({ key }) => ofTheWhole.has(key));
  const params = typeof issue?.params?.['fact'] === 'string' ? { fact: labelOf(words, context, issue.params['fact']) } : issue?.params;
  return (
    <div id={fieldId(path)} tabIndex={-1} className={className}>
      <Field
        id={`${fieldId(path)}-condition`} group label={<>{label}{beside === null ? null : <span className="ml-2 inline-flex align-middle">{beside(path, label)}</span>}</>} help={help} optional={optional}
        error={issue === undefined ? undefined : errorText(encodeMessage(issue.key, params))}
      >
        <ConditionBuilder context={context} value={value} onChange={change} choices={choices} readOnly={readOnly} />
      </Field>
    </div>
  );
}
