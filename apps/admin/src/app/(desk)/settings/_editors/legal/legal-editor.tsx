'use client';
import { withTextVersions } from '@interdomestik/rules/legal-texts';
import type { Locale } from '@interdomestik/rules/locales';
import { legalTextKeys, type LegalTextKey } from '@interdomestik/rules/rule-sets';
import { Button, EmptyState, ErrorState, Field, Select, SkeletonText } from '@interdomestik/ui';
import { Plus } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { useSay } from '../../_kinds/use-say';
import type { EditorProps, StoredRule } from '../editor';
import { TextColumn, type Mode, type Said } from './text-column';
import { VersionNote } from './version-note';

type Text = StoredRule<'legal'>['texts'][number];
const modes = ['write', 'preview', 'changes'] as const;

// i18n-keys: editors.legal.modes.*
/** The texts that people agree to: one at a time, two languages side by side, each to be written, read, or set against what is published. */
export function LegalEditor({ value, onChange, languages, readOnly }: EditorProps<'legal'>) {
  const t = useTranslations('editors.legal');
  const say = useSay();
  const errorText = useErrorText();
  const [key, setKey] = useState<LegalTextKey>('terms');
  const [mode, setMode] = useState<Mode>('write');
  const [sides, setSides] = useState<readonly [Locale | undefined, Locale | undefined]>([languages[0], languages[1] ?? languages[0]]);
  const kind = trpc.settings.kind.useQuery({ kind: 'legal' });
  const acceptances = trpc.settings.acceptances.useQuery({ key });
  if (kind.isError) return <ErrorState title={t('notLoaded')} onRetry={() => void kind.refetch()} retrying={kind.isFetching}>{errorText(kind.error)}</ErrorState>;
  if (kind.data === undefined) return <SkeletonText lines={12} label={t('loading')} />;
  const published = kind.data.inForce.value as StoredRule<'legal'>;
  const index = value.texts.findIndex((text) => text.key === key);
  const text = value.texts[index];
  const before = published.texts.find((one) => one.key === key);
  const newest = (of: LegalTextKey) => (of === key ? (acceptances.data?.newest ?? 0) : 0);
  const put = (texts: readonly Text[]) => onChange(withTextVersions(published, { texts: [...texts] }, newest));
  const write = (locale: Locale, said: Said) => {
    put(value.texts.map((one, place) => {
      if (place !== index) return one;
      const { [locale]: _gone, ...rest } = one.texts;
      return { ...one, texts: said.title === '' && said.body === '' ? rest : { ...rest, [locale]: said } };
    }));
  };
  const missing = languages.filter((locale) => text?.texts[locale] === undefined);
  const choice = (locale: Locale) => ({ value: locale, label: missing.includes(locale) ? t('missing', { language: say.word('common.languages', locale) }) : say.word('common.languages', locale) });
  const keyOption = (of: LegalTextKey) => {
    const one = value.texts.find((candidate) => candidate.key === of);
    const gaps = languages.filter((locale) => one?.texts[locale] === undefined).length;
    return { value: of, label: say.word('admin.settings.legal.keys', of), hint: one === undefined ? t('noText') : gaps > 0 ? t('gaps', { count: gaps }) : undefined };
  };
  return (
    <div className="space-y-6">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <Field label={t('text')} className="w-full sm:w-80"><Select options={legalTextKeys.map(keyOption)} value={key} onValueChange={(next) => setKey(legalTextKeys.find((one) => one === next) ?? key)} /></Field>
        <div role="group" aria-label={t('view')} className="flex gap-1">
          {modes.map((one) => <Button key={one} size="small" variant={mode === one ? 'secondary' : 'ghost'} aria-pressed={mode === one} onClick={() => setMode(one)}>{t(`modes.${one}`)}</Button>)}
        </div>
      </div>
      {text === undefined ? (
        <EmptyState title={t('noText')} action={readOnly ? undefined : <Button icon={<Plus />} onClick={() => put([...value.texts, { key, version: 1, texts: {} }])}>{t('begin')}</Button>}>{t('noTextHelp')}</EmptyState>
      ) : (
        <>
          <VersionNote text={text} published={before} acceptances={acceptances.data} />
          <div className="grid gap-6 md:grid-cols-2">
            {sides.map((locale, side) => (locale === undefined ? null : (
              <TextColumn
                key={side} mode={mode} locale={locale} path={`texts.${String(index)}.texts.${locale}`} said={text.texts[locale]} published={before?.texts[locale]} readOnly={readOnly || acceptances.data === undefined}
                picker={<Select aria-label={side === 0 ? t('leftLanguage') : t('rightLanguage')} className="w-52" options={languages.map(choice)} value={locale} onValueChange={(next) => { const picked = languages.find((one) => one === next); setSides(side === 0 ? [picked, sides[1]] : [sides[0], picked]); }} />}
                onWrite={(said) => write(locale, said)}
              />
            )))}
          </div>
          {mode === 'write' ? <p className="text-note text-ink-muted">{t('marks')}</p> : null}
        </>
      )}
    </div>
  );
}
