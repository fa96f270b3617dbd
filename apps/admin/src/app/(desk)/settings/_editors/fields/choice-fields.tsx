'use client';
import { Checkbox, cn, RadioCards, Select, Switch, type Option } from '@interdomestik/ui';
import { fieldId, useRuleValue } from './field-life';
import { RuleField, type RuleFieldProps } from './rule-field';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One of a list. `none`: the word of an empty choice, kept as null. A value that is not in the list stays, as it is. */
export function ChoiceField({ options, none, ...field }: RuleFieldProps & { readonly options: readonly Option[]; readonly none?: string | undefined }) {
  const { value, change, readOnly } = useRuleValue(field.path);
  const current = text(value);
  const known = current === '' || options.some((option) => option.value === current) ? options : [...options, { value: current, label: current }];
  return (
    <RuleField {...field}>
      <Select
        options={none === undefined ? known : [{ value: '', label: none }, ...known]} value={current} disabled={readOnly} className="max-w-96"
        onValueChange={(next) => change(next === '' ? null : next)}
      />
    </RuleField>
  );
}

/** One of two or three, each with its words. */
export function RadioField({ options, ...field }: RuleFieldProps & { readonly options: readonly { readonly value: string; readonly label: string; readonly help?: string }[] }) {
  const { value, change, readOnly } = useRuleValue(field.path);
  return (
    <RuleField {...field} group>
      <RadioCards columns={options.length === 3 ? 3 : 2} options={options.map((option) => ({ ...option, disabled: readOnly }))} value={text(value)} onValueChange={change} />
    </RuleField>
  );
}

/** Any of a list, in the order of the list. */
export function ManyField({ options, columns = 2, ...field }: RuleFieldProps & { readonly options: readonly Option[]; readonly columns?: 1 | 2 | 3 | undefined }) {
  const { value, change, readOnly } = useRuleValue(field.path);
  const chosen = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  const all: readonly Option[] = [...options, ...chosen.filter((one) => !options.some((option) => option.value === one)).map((one) => ({ value: one, label: one }))];
  const toggle = (one: string, on: boolean) => change(all.map((option) => option.value).filter((candidate) => (candidate === one ? on : chosen.includes(candidate))));
  return (
    <RuleField {...field} group>
      <div className={cn('grid gap-x-6', columns === 2 && 'sm:grid-cols-2', columns === 3 && 'sm:grid-cols-2 xl:grid-cols-3')}>
        {all.map((option, index) => (
          <Checkbox
            key={option.value} id={index === 0 ? fieldId(field.path) : undefined} label={option.label} help={option.hint} disabled={readOnly}
            checked={chosen.includes(option.value)} onChange={(event) => toggle(option.value, event.target.checked)}
          />
        ))}
      </div>
    </RuleField>
  );
}

/** On or off. */
export function ToggleField({ path, label, help, className }: RuleFieldProps) {
  const { value, change, readOnly, beside, error } = useRuleValue(path);
  return (
    <div id={`${fieldId(path)}-group`} className={cn('min-w-0', className)}>
      <div className="flex items-center gap-2">
        <Switch className="max-w-lg flex-1" label={label} help={help} checked={value === true} disabled={readOnly} onCheckedChange={change} />
        {beside === null ? null : <span className="flex items-center gap-1">{beside(path, label)}</span>}
      </div>
      {error === undefined ? null : <p className="text-note font-semibold text-danger-ink">{error}</p>}
    </div>
  );
}
