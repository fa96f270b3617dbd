'use client';
import { breachScopes, type BreachScope } from '@interdomestik/rules/privacy';
import { Button, Checkbox, EmptyState, Field, Input, NativeSelect, Notice, Section } from '@interdomestik/ui';
import { Download } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';

const dayMs = 86_400_000;
/** As the browser's field for a moment wants it, in its own time. */
const typedMoment = (at: Date): string => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

function save(fileName: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}

// i18n-keys: privacy.breach.scopes.*
/** Says when and whose account a breach was, and gets everybody affected; both ways of asking are on record. */
export function BreachForm({ actors }: { actors: Outputs['breaches']['actors'] }) {
  const t = useTranslations('privacy.breach');
  const errorText = useErrorText();
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [what, setWhat] = useState<readonly BreachScope[]>(breachScopes);
  const [actorId, setActorId] = useState('');
  const report = trpc.breaches.report.useMutation({ meta: { quiet: true } });
  const csv = trpc.breaches.csv.useMutation({ meta: { quiet: true }, onSuccess: ({ fileName, text }) => save(fileName, text) });
  const ready = from !== '' && until !== '' && what.length > 0;
  const input = () => ({ from: new Date(from), until: new Date(until), what: [...what], actorIds: actorId === '' ? [] : [actorId] });
  const failure = report.error ?? csv.error;
  return (
    <Section title={t('title')} help={t('help')} className="max-w-4xl">
      <form
        method="post" className="space-y-5 rounded-card border bg-raised p-5" noValidate
        onFocus={() => {
          if (from === '') setFrom(typedMoment(new Date(Date.now() - dayMs)));
          if (until === '') setUntil(typedMoment(new Date()));
        }}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !report.isPending) report.mutate(input());
        }}
      >
        {failure === null ? null : <Notice tone="danger" live>{errorText(failure)}</Notice>}
        <div className="grid gap-5 sm:grid-cols-3">
          <Field label={t('from')}><Input type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} /></Field>
          <Field label={t('until')}><Input type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} /></Field>
          <Field label={t('actors')}><NativeSelect value={actorId} onChange={(event) => setActorId(event.target.value)} options={[{ value: '', label: t('anyone') }, ...actors.map(({ id, name }) => ({ value: id, label: name }))]} /></Field>
        </div>
        <fieldset>
          <legend className="mb-2 font-semibold">{t('what')}</legend>
          <div className="grid gap-2 sm:grid-cols-3">
            {breachScopes.map((scope) => <Checkbox key={scope} label={t(`scopes.${scope}`)} checked={what.includes(scope)} onChange={() => setWhat(what.includes(scope) ? what.filter((one) => one !== scope) : [...what, scope])} />)}
          </div>
        </fieldset>
        <div className="flex flex-wrap gap-3">
          <Button type="submit" loading={report.isPending} disabled={!ready}>{t('show')}</Button>
          <Button variant="secondary" loading={csv.isPending} disabled={!ready} onClick={() => csv.mutate(input())}><Download aria-hidden="true" className="size-4" />{t('csv')}</Button>
        </div>
      </form>
      {report.data === undefined ? null : <Affected report={report.data} />}
    </Section>
  );
}

function Affected({ report }: { report: Outputs['breaches']['report'] }) {
  const t = useTranslations('privacy.breach');
  const formats = useFormats();
  const { people } = report;
  return (
    <div className="mt-5 space-y-4">
      <Notice tone="warning">{t('notice', { hours: report.noticeHours, by: formats.moment(report.noticeBy), law: report.law })}</Notice>
      {report.exports === 0 ? null : <Notice tone="warning">{t('exports', { count: report.exports })}</Notice>}
      {people.length === 0 ? <div className="rounded-card border bg-raised px-5"><EmptyState title={t('none')}>{t('noneHelp')}</EmptyState></div> : (
        <>
          <h3 className="font-semibold">{t('affected', { count: people.length })}</h3>
          <ul className="divide-y divide-line rounded-card border bg-raised">
            {people.map((one) => (
              <li key={one.id} className="flex flex-wrap justify-between gap-x-6 gap-y-1 px-4 py-3">
                <div className="min-w-0">
                  <p className="font-semibold">{one.name} <span className="figures font-normal text-ink-muted">{one.memberNumber}</span></p>
                  <p className="text-note break-words text-ink-muted">{[one.email, one.phone, one.address].filter((part) => part !== null).join(' · ')}</p>
                </div>
                <div className="text-note"><p>{one.what.map((what) => t(`scopes.${what}`)).join(', ')}</p><p className="figures text-ink-muted">{formats.moment(one.first)} – {formats.moment(one.last)}</p></div>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
