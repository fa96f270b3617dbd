'use client';
import { Input, Textarea, TypedInput } from '@interdomestik/ui';
import type { ReactNode } from 'react';
import { useFormats } from '../../../../_parts/use-formats';
import { fieldId, useRuleValue } from './field-life';
import { RuleField, type RuleFieldProps } from './rule-field';
import { percentText, readList, readPercent, readWhole } from './typed';

const shown = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** One line of text, or several. `nullable`: an empty box means that there is none. */
export function TextField({ nullable, lines, chars, type, ...field }: RuleFieldProps & { readonly nullable?: boolean | undefined; readonly lines?: number | undefined; readonly chars?: number | undefined; readonly type?: 'email' | 'tel' | undefined }) {
  const { value, change, readOnly } = useRuleValue(field.path);
  const control = {
    value: shown(value), readOnly, autoComplete: 'off',
    onChange: (event: { readonly target: { readonly value: string } }) => change(nullable === true && event.target.value === '' ? null : event.target.value),
  };
  return <RuleField {...field}>{lines === undefined ? <Input {...control} chars={chars} type={type} /> : <Textarea {...control} rows={lines} />}</RuleField>;
}

interface FigureProps extends RuleFieldProps {
  readonly read: (text: string) => number | null;
  readonly write: (value: number) => string;
  readonly chars: number;
  /** Inside the box, at its end. */
  readonly after?: ReactNode;
  /** Beside the box. */
  readonly unit?: string | undefined;
}

function FigureField({ read, write, chars, after, unit, ...field }: FigureProps) {
  const { value, change, readOnly } = useRuleValue(field.path);
  const input = (
    <TypedInput
      value={value === null || value === undefined ? null : shown(value)} readOnly={readOnly} chars={chars} inputMode="decimal" after={after} className="figures text-right"
      parse={(text) => { const number = read(text); return number === null ? null : String(number); }}
      format={(text) => (typeof value === 'number' ? write(value) : text)}
      onValueChange={(_, text) => change(text.trim() === '' ? null : (read(text) ?? text))}
    />
  );
  return <RuleField {...field}>{unit === undefined ? input : <span className="flex items-center gap-2">{input}<span className="text-ink-muted">{unit}</span></span>}</RuleField>;
}

/** A whole number with its unit beside the box; `per` stored units make one that is shown (bytes of a megabyte). Empty is null. */
export function NumberField({ per = 1, chars = 7, ...field }: RuleFieldProps & { readonly unit?: string | undefined; readonly per?: number | undefined; readonly chars?: number | undefined }) {
  const { count } = useFormats();
  const read = (text: string) => { const number = readWhole(text); return number === null ? null : number * per; };
  return <FigureField {...field} chars={chars} read={read} write={(value) => count(Math.round(value / per))} />;
}

/** A share, typed as `18,5` and kept in basis points. Empty is null. */
export function PercentField(field: RuleFieldProps) {
  const { locale } = useFormats();
  return <FigureField {...field} read={readPercent} write={(value) => percentText(value, locale)} chars={6} after="%" />;
}

/** Several whole numbers in one line: `30, 14, 3`. */
export function NumbersField(field: RuleFieldProps) {
  const { value, change, readOnly } = useRuleValue(field.path);
  const stored = Array.isArray(value) ? value.map(String).join(', ') : shown(value);
  return (
    <RuleField {...field}>
      <TypedInput
        id={fieldId(field.path)} value={stored} readOnly={readOnly} chars={24} className="figures"
        parse={(text) => (readList(text) === null ? null : text)} format={() => stored}
        onValueChange={(_, text) => change(readList(text) ?? text)}
      />
    </RuleField>
  );
}
