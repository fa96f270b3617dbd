'use client';
import { locales, type Locale } from '@interdomestik/rules/locales';
import { Badge, Input, Tabs, Textarea } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useWord } from '../../../../_parts/use-word';
import { fieldId, RuleField, useFieldLife, useRuleValue } from '../fields';
import { valueAt } from '../paths';

export interface TextPart {
  /** Name of the field below the entry: `titles`. */
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly lines?: number;
  /** What stands there is a list: one entry a line. */
  readonly list?: boolean;
}

/** The texts of an entry, one language at a time, with what is still missing in each. A language that has texts but is no longer offered is shown as well. */
export function LanguageTexts({ path, languages, parts }: { readonly path: string; readonly languages: readonly Locale[]; readonly parts: readonly TextPart[] }) {
  const t = useTranslations('products');
  const word = useWord();
  const { doc } = useFieldLife();
  const has = (name: string, locale: Locale): boolean => valueAt(doc, `${path}.${name}.${locale}`) !== undefined;
  const shown = locales.filter((locale) => languages.includes(locale) || parts.some(({ name }) => has(name, locale)));
  return (
    <Tabs
      label={t('texts')}
      items={shown.map((locale) => {
        const missing = languages.includes(locale) ? parts.filter(({ name }) => !has(name, locale)).length : 0;
        return {
          value: locale,
          label: <>{<span className="first-letter:uppercase">{word('languages', locale)}</span>}{missing === 0 ? null : <Badge tone="warning">{t('missing', { count: missing })}</Badge>}</>,
          content: <div className="space-y-4">{parts.map((part) => <TextInLanguage key={part.name} {...part} path={`${path}.${part.name}.${locale}`} locale={locale} />)}</div>,
        };
      })}
    />
  );
}

function TextInLanguage({ path, locale, label, help, lines, list }: TextPart & { readonly path: string; readonly locale: Locale }) {
  const { value, change, readOnly } = useRuleValue(path);
  const text = Array.isArray(value) ? value.map(String).join('\n') : typeof value === 'string' ? value : '';
  const put = (next: string) => change(next.trim() === '' ? undefined : list === true ? next.split('\n') : next);
  const tidy = () => {
    const lined = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    if (list === true && lined.join('\n') !== text) change(lined.length === 0 ? undefined : lined);
  };
  const control = { id: fieldId(path), lang: locale, value: text, readOnly, autoComplete: 'off', onChange: (event: { readonly target: { readonly value: string } }) => put(event.target.value) };
  return <RuleField path={path} label={label} help={help}>{lines === undefined ? <Input {...control} /> : <Textarea {...control} rows={lines} onBlur={tidy} />}</RuleField>;
}
