'use client';
import { Checkbox, Field, Input, MoneyInput, Select, TypedInput, type Option } from '@interdomestik/ui';
import { useFormats } from '../../../../_parts/use-formats';
import { amountText, readAmount } from '../fields/typed';
import { useBuilder, useConditionWords } from './builder-context';
import { valueFor, type Scalar } from './query';

interface OneProps {
  readonly fact: string;
  readonly label: string;
  readonly value: Scalar;
  readonly onChange: (value: Scalar) => void;
  readonly error: string | undefined;
  readonly hint?: string | undefined;
}

/** `2,5` or `-3` as a number; null when it is none. */
export function readNumber(text: string): number | null {
  const clean = text.trim().replace(',', '.');
  return /^-?\d{1,9}(?:\.\d{1,4})?$/u.test(clean) ? Number(clean) : null;
}

const written = (value: Scalar, locale: string): string => (typeof value === 'number' && locale !== 'en' ? String(value).replace('.', ',') : String(value));

/** A value that the list lost, such as a plan that is gone, stays choosable as it is. */
const withCurrent = (options: readonly Option[], values: readonly string[]): readonly Option[] => [...options, ...values.filter((one) => one !== '' && !options.some((option) => option.value === one)).map((one) => ({ value: one, label: one }))];

function OneValue({ fact, label, value, onChange, error, hint }: OneProps) {
  const { facts, optionsOf, currency, mainCurrency } = useBuilder();
  const words = useConditionWords();
  const { locale } = useFormats();
  const spec = facts[fact];
  const options = spec?.type === 'flag' ? [{ value: 'true', label: words('builder.yes') }, { value: 'false', label: words('builder.no') }] : optionsOf(fact);
  const type = spec?.type;
  const control = () => {
    if (options !== null) {
      const kept = (text: string): Scalar => (type === 'flag' ? text === 'true' : type === 'number' ? Number(text) : text);
      return <Select options={withCurrent(options, [String(value)])} value={String(value)} onValueChange={(next) => onChange(kept(next))} />;
    }
    if (type === 'money') {
      const decimals = currency ?? mainCurrency ?? '';
      return (
        <MoneyInput
          currency={currency ?? ''} value={value === '' ? null : String(value)} chars={14}
          parse={(text) => readAmount(text, decimals)} format={(minor) => amountText(minor, decimals, locale)}
          onValueChange={(minor, text) => onChange(minor === null ? text.trim() : Number(minor))}
        />
      );
    }
    if (type === 'number') {
      return (
        <TypedInput
          value={value === '' ? null : written(value, locale)} chars={10} inputMode="decimal" className="figures text-right"
          parse={(text) => (readNumber(text) === null ? null : text)} format={() => written(value, locale)}
          onValueChange={(_, text) => onChange(readNumber(text) ?? text.trim())}
        />
      );
    }
    return <Input value={String(value)} autoComplete="off" onChange={(event) => onChange(event.target.value)} />;
  };
  return <Field label={label} error={error} help={hint}>{control()}</Field>;
}

/** Several values: boxes to tick where they are known, else a line of them with semicolons. */
function ManyValues({ fact, label, value, onChange, error, hint }: Omit<OneProps, 'value' | 'onChange'> & { readonly value: readonly Scalar[]; readonly onChange: (value: readonly Scalar[]) => void }) {
  const { facts, optionsOf, currency, mainCurrency } = useBuilder();
  const words = useConditionWords();
  const { locale } = useFormats();
  const type = facts[fact]?.type;
  const options = optionsOf(fact);
  if (options !== null) {
    const chosen = value.map(String);
    const all = withCurrent(options, chosen);
    const toggle = (one: string, on: boolean) => onChange(all.map((option) => option.value).filter((each) => (each === one ? on : chosen.includes(each))).map((each) => (type === 'number' ? Number(each) : each)));
    return (
      <Field label={label} error={error} help={hint} group>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {all.map((option) => <Checkbox key={option.value} label={option.label} checked={chosen.includes(option.value)} onChange={(event) => toggle(option.value, event.target.checked)} />)}
        </div>
      </Field>
    );
  }
  const decimals = currency ?? mainCurrency ?? '';
  const read = (text: string): Scalar => {
    if (type === 'number') return readNumber(text) ?? text;
    const minor = type === 'money' ? readAmount(text, decimals) : null;
    return minor === null ? text : Number(minor);
  };
  const show = (one: Scalar): string => (type === 'money' ? amountText(String(one), decimals, locale) : written(one, locale));
  const line = value.map(show).join('; ');
  return (
    <Field label={label} error={error} help={hint ?? words('builder.listHelp')}>
      <TypedInput
        value={line === '' ? null : line} parse={(text) => text} format={() => line}
        onValueChange={(_, text) => onChange(text.split(';').map((part) => part.trim()).filter((part) => part !== '').map(read))}
      />
    </Field>
  );
}

/** What a comparison compares with, asked in the way of its fact. Nothing for those that need no value. */
export function ValueEditor({ fact, operator, value, onChange, error, hint }: Pick<OneProps, 'fact' | 'error' | 'hint'> & { readonly operator: string; readonly value: unknown; readonly onChange: (value: Scalar | readonly Scalar[]) => void }) {
  const words = useConditionWords();
  if (operator === 'known' || operator === 'unknown') return null;
  const fitting = valueFor(operator, value);
  if (!Array.isArray(fitting)) return <OneValue fact={fact} label={words('builder.value')} value={fitting} onChange={onChange} error={error} hint={hint} />;
  if (operator !== 'between') return <ManyValues fact={fact} label={words('builder.value')} value={fitting} onChange={onChange} error={error} hint={hint} />;
  const [from = '', to = ''] = fitting;
  return (
    <div className="grid grid-cols-2 gap-3">
      <OneValue fact={fact} label={words('builder.from')} value={from} onChange={(next) => onChange([next, to])} error={error} hint={hint} />
      <OneValue fact={fact} label={words('builder.to')} value={to} onChange={(next) => onChange([from, next])} error={undefined} />
    </div>
  );
}
