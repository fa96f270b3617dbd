'use client';
import { locales, type Locale } from '@interdomestik/rules/locales';
import { Input, Textarea } from '@interdomestik/ui';
import { useWord } from '../../../../_parts/use-word';
import { fieldId, useRuleValue } from './field-life';
import { RuleField, type RuleFieldProps } from './rule-field';

interface LocalizedFieldProps extends RuleFieldProps {
  /** Languages that are asked for; one that has a text already is shown as well. */
  readonly languages: readonly Locale[];
  /** Several lines each. */
  readonly lines?: number | undefined;
  /** What stands at the path is a list: one entry a line. */
  readonly list?: boolean | undefined;
}

/** The same text in every language of the tenant, one box a language. An empty box takes the language away. */
export function LocalizedField({ languages, lines, list, ...field }: LocalizedFieldProps) {
  const { value, change, readOnly } = useRuleValue(field.path);
  const word = useWord();
  const texts: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const shown = locales.filter((locale) => languages.includes(locale) || texts[locale] !== undefined);
  const textOf = (locale: Locale): string => {
    const one = texts[locale];
    return Array.isArray(one) ? one.map(String).join('\n') : typeof one === 'string' ? one : '';
  };
  const put = (locale: Locale, text: string) => {
    const { [locale]: _before, ...rest } = texts;
    change(text === '' ? rest : { ...rest, [locale]: list === true ? text.split('\n') : text });
  };
  return (
    <RuleField {...field} group>
      <div className="space-y-2">
        {shown.map((locale, index) => {
          const control = {
            id: index === 0 ? fieldId(field.path) : `${fieldId(field.path)}.${locale}`, lang: locale, value: textOf(locale), readOnly, autoComplete: 'off', 'aria-label': `${field.label}, ${word('languages', locale)}`,
            onChange: (event: { readonly target: { readonly value: string } }) => put(locale, event.target.value),
          };
          return (
            <div key={locale} className="grid gap-x-3 gap-y-1 sm:grid-cols-[7rem_minmax(0,1fr)] sm:items-center">
              <span aria-hidden="true" className="text-note text-ink-muted first-letter:uppercase">{word('languages', locale)}</span>
              {lines === undefined && list !== true ? <Input {...control} /> : <Textarea {...control} rows={lines ?? 3} />}
            </div>
          );
        })}
      </div>
    </RuleField>
  );
}
