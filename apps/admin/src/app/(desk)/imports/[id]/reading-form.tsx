'use client';
import { knownPolicies } from '@interdomestik/rules/imports';
import { Button, Card, Field, Input, Notice, Section, Select, Skeleton, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { useFormats } from '../../../_parts/use-formats';
import type { Batch } from '../import-list';
import { useImportWord } from '../use-import-words';
import { Corrections } from './corrections';
import { Counts } from './counts';
import { MappingTable, type Reading } from './mapping-table';
import { SampleTable } from './sample-table';

type Wish = NonNullable<Parameters<ReturnType<typeof trpc.imports.read.useMutation>['mutate']>[0]['wish']>;

const encodings = ['utf-8', 'windows-1251', 'windows-1250', 'utf-16le', 'utf-16be'] as const;

/** How a file is read: columns, style, the first lines with what is wrong, a trial, and the import itself. */
export function ReadingForm({ batch, onChange }: { batch: Batch; onChange: () => void }) {
  const t = useTranslations('imports');
  const word = useImportWord();
  const errorText = useErrorText();
  const { count } = useFormats();
  const [reading, setReading] = useState<Reading>();
  const [template, setTemplate] = useState('');
  const [name, setName] = useState('');
  const read = trpc.imports.read.useMutation({ meta: { quiet: true }, onSuccess: (now) => { setReading(now); onChange(); } });
  const kind = batch.kind as Reading['kind'];
  const templates = trpc.imports.templates.useQuery({ kind });
  const attempt = trpc.imports.try.useMutation({ onSuccess: onChange });
  const commit = trpc.imports.commit.useMutation({ onSuccess: onChange });
  const save = trpc.imports.saveTemplate.useMutation({ onSuccess: () => { toast.success(t('saved')); setName(''); void templates.refetch(); } });
  const isRead = useRef(false);
  const readAs = (wish: Wish): void => { read.mutate({ id: batch.id, wish }); };
  useEffect(() => {
    if (isRead.current) return;
    isRead.current = true;
    read.mutate({ id: batch.id });
  }, [batch.id, read]);
  const refusal = read.isError ? <Notice tone="danger" live className="mb-4">{errorText(read.error)}</Notice> : null;
  if (reading === undefined) return refusal ?? <Skeleton className="h-64" />;
  const trial = batch.trial;
  const report = trial?.['report'] as Readonly<Record<string, unknown>> | undefined;
  const isStarting = trial?.['status'] === 'starting' && batch.errorKey === null;
  const isTrying = trial?.['status'] === 'queued' && batch.errorKey === null;
  const outcomes = report?.['outcomes'] as Readonly<Record<string, number>> | undefined;
  return (
    <>
      {refusal}
      <p className="mb-4 text-ink-muted">{t('seen', { encoding: reading.encoding, delimiter: reading.delimiter === '\t' ? t('tab') : reading.delimiter, lines: count(reading.lines) })}</p>
      {reading.isEncodingCertain ? null : <Notice tone="warning" className="mb-4">{t('unsure')}</Notice>}
      {reading.faults.map(({ code, field }) => <Notice key={`${code} ${field}`} tone="warning" className="mb-4">{errorText(`errors.import.mapping.${code}|${JSON.stringify({ name: word('fields', field) })}`)}</Notice>)}
      <Card className="mb-6">
        <div className="mb-6 grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          {templates.data === undefined || templates.data.length === 0 ? null : (
            <Field label={t('template')}><Select value={template} onValueChange={(value) => { setTemplate(value); read.mutate({ id: batch.id, template: value === '' ? null : value }); }} options={[{ value: '', label: '–' }, ...templates.data.map((one) => ({ value: one.name, label: one.name }))]} /></Field>
          )}
          <Field label={t('encoding')}><Select value={reading.encoding} onValueChange={(value) => { readAs({ encoding: encodings.find((known) => known === value) }); }} options={encodings.map((value) => ({ value, label: value }))} /></Field>
          <Field label={t('dates')}><Select value={reading.dates} onValueChange={(value) => { readAs({ dates: value === 'iso' ? 'iso' : 'dmy' }); }} options={['dmy', 'iso'].map((value) => ({ value, label: word('dateStyles', value) }))} /></Field>
          <Field label={t('decimals')}><Select value={reading.decimals} onValueChange={(value) => { readAs({ decimals: value === 'point' ? 'point' : 'comma' }); }} options={['comma', 'point'].map((value) => ({ value, label: word('decimalStyles', value) }))} /></Field>
          {kind === 'members' ? <Field label={t('known')} help={t('knownHelp')} className="sm:col-span-2"><Select value={reading.known} onValueChange={(value) => { readAs({ known: knownPolicies.find((known) => known === value) }); }} options={knownPolicies.map((value) => ({ value, label: word('knownPolicies', value) }))} /></Field> : null}
        </div>
        <Section title={t('columns')}><MappingTable reading={reading} onField={(header, field) => { readAs({ fields: { [header]: field } }); }} /></Section>
      </Card>
      <Section title={t('preview')}><SampleTable reading={reading} /></Section>
      <div className="my-6 flex flex-wrap items-end gap-3">
        <Button variant="secondary" disabled={reading.faults.length > 0 || isTrying} loading={attempt.isPending || isTrying} onClick={() => attempt.mutate({ id: batch.id })}>{t('try')}</Button>
        <Button disabled={reading.faults.length > 0 || report === undefined} loading={commit.isPending || isStarting} onClick={() => commit.mutate({ id: batch.id })}>{t('commit')}</Button>
      </div>
      {isStarting ? <p role="status" className="mb-4 text-ink-muted">{t('starting')}</p> : null}
      {isTrying ? <p role="status" className="mb-4 text-ink-muted">{t('trying')}</p> : null}
      {report === undefined ? null : <Section title={t('trialTitle')} className="mb-8"><Counts report={report} known={batch.known} /></Section>}
      <Corrections reading={reading} refused={outcomes?.['rejected'] ?? null} at={batch.updatedAt.getTime()} isTrying={isTrying} onApplied={() => { read.mutate({ id: batch.id }); }} />
      <div className="mb-6 flex flex-wrap items-end gap-3">
        <Field label={t('templateName')} help={t('templateHelp')} className="max-w-md grow"><Input value={name} onChange={(event) => { setName(event.target.value); }} /></Field>
        <Button variant="secondary" disabled={name.trim() === ''} loading={save.isPending} onClick={() => save.mutate({ id: batch.id, name })}>{t('saveTemplate')}</Button>
      </div>
    </>
  );
}
