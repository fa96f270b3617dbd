'use client';
import type { Locale } from '@interdomestik/rules/locales';
import { Button, Field, Input, Prose, TextDiff, Textarea } from '@interdomestik/ui';
import { Undo2 } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { fieldId, useRuleValue } from '../fields';
import { useDiffWords } from './use-diff-words';

export type Mode = 'write' | 'preview' | 'changes';
export interface Said {
  readonly title: string;
  readonly body: string;
}

interface TextColumnProps {
  readonly mode: Mode;
  readonly locale: Locale;
  /** Where in the document this language of the text stands. */
  readonly path: string;
  readonly said: Said | undefined;
  readonly published: Said | undefined;
  readonly readOnly: boolean;
  /** Which language the column shows. */
  readonly picker: ReactNode;
  readonly onWrite: (said: Said) => void;
}

/** One language of a legal text. */
export function TextColumn({ mode, locale, path, said, published, readOnly, picker, onWrite }: TextColumnProps) {
  const t = useTranslations('editors.legal');
  const words = useDiffWords();
  const title = useRuleValue(`${path}.title`);
  const body = useRuleValue(`${path}.body`);
  const { title: heading, body: text } = said ?? { title: '', body: '' };
  const changed = published !== undefined && (published.title !== heading || published.body !== text);
  return (
    <section className="min-w-0 space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        {picker}
        {changed && !readOnly ? <Button size="small" variant="ghost" icon={<Undo2 />} onClick={() => onWrite(published)}>{t('asPublished')}</Button> : null}
      </div>
      {mode === 'write' ? (
        <>
          <Field id={fieldId(`${path}.title`)} label={t('title')} error={title.error}><Input lang={locale} value={heading} maxLength={200} readOnly={readOnly} autoComplete="off" onChange={(event) => onWrite({ title: event.target.value, body: text })} /></Field>
          <Field id={fieldId(`${path}.body`)} label={t('body')} error={body.error}><Textarea lang={locale} spellCheck value={text} readOnly={readOnly} rows={16} className="max-h-[36rem] overflow-y-auto" onChange={(event) => onWrite({ title: heading, body: event.target.value })} /></Field>
        </>
      ) : null}
      {mode === 'preview' ? (said === undefined ? <p className="text-ink-muted">{t('notWritten')}</p> : <div className="rounded-card border bg-raised px-5 py-4"><h3 lang={locale} className="mb-3 text-lg font-bold">{heading}</h3><Prose text={text} level={3} lang={locale} /></div>) : null}
      {mode === 'changes' ? (
        published === undefined ? <p className="text-ink-muted">{said === undefined ? t('notWritten') : t('newLanguage')}</p>
        : <TextDiff before={`${published.title}\n\n${published.body}`} after={said === undefined ? '' : `${heading}\n\n${text}`} words={words} lang={locale} />
      ) : null}
    </section>
  );
}
