'use client';
import { Card, EmptyState, Field, FileDrop, PageHead, Select, Status, TextLink, type StatusTone } from '@interdomestik/ui';
import { Upload } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { useImportWord } from './use-import-words';
import { useUpload } from './use-upload';

export type Batch = Outputs['imports']['list'][number];

const tones: Readonly<Record<string, StatusTone>> = { uploaded: 'neutral', running: 'info', done: 'success', undoing: 'info', partly_undone: 'warning', undone: 'neutral' };
const kinds = ['members', 'claims', 'payments'] as const;

export const isAtWork = ({ status, trial, errorKey }: Batch): boolean => errorKey === null && (status === 'running' || status === 'undoing' || trial?.['status'] === 'queued' || trial?.['status'] === 'starting');

/** How an import stands, in one word. */
export function BatchState({ batch }: { batch: Batch }) {
  const word = useImportWord();
  return <Status tone={tones[batch.status] ?? 'neutral'}>{word('statuses', batch.status)}</Status>;
}

/** Takes a file: what it holds, and the file itself. */
function NewImport() {
  const t = useTranslations('imports');
  const word = useImportWord();
  const [kind, setKind] = useState<(typeof kinds)[number]>('members');
  const { file, send, clear } = useUpload(kind);
  return (
    <Card className="mb-6">
      <div className="grid gap-4 md:grid-cols-[16rem_1fr]">
        <Field label={t('kind')}>
          <Select value={kind} onValueChange={(value) => { setKind(kinds.find((known) => known === value) ?? 'members'); }} options={kinds.map((value) => ({ value, label: word('kinds', value) }))} />
        </Field>
        <Field label={t('file')}>
          <FileDrop files={file === null ? [] : [file]} onFiles={([chosen]) => { if (chosen !== undefined) void send(chosen); }} onRemove={clear} accept=".csv,.txt,text/csv" multiple={false} camera={false} disabled={file?.status === 'uploading'} help={t('fileHelp')} />
        </Field>
      </div>
    </Card>
  );
}

export function ImportList({ first }: { first: readonly Batch[] }) {
  const t = useTranslations('imports');
  const word = useImportWord();
  const { moment, count } = useFormats();
  const { data: batches } = trpc.imports.list.useQuery(undefined, { initialData: [...first], refetchInterval: ({ state }) => (state.data?.some(isAtWork) === true ? 2000 : false) });
  return (
    <>
      <PageHead title={t('title')} meta={<span className="max-w-prose">{t('help')}</span>} />
      <NewImport />
      {batches.length === 0 ? <EmptyState icon={<Upload />} title={t('emptyTitle')}>{t('emptyText')}</EmptyState> : (
        <ul className="divide-y divide-line rounded-card border bg-raised" aria-live="polite">
          {batches.map((batch) => (
            <li key={batch.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3 sm:px-5">
              <div className="min-w-0">
                <TextLink kind="standalone" href={`/imports/${batch.id}`}><span className="break-words">{batch.fileName}</span></TextLink>
                <p className="text-note text-ink-muted">{word('kinds', batch.kind)} · {moment(batch.createdAt)}</p>
              </div>
              <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
                {batch.lines === 0 ? null : <span className="figures text-note text-ink-muted">{count(batch.done)} / {count(batch.lines)}</span>}
                <BatchState batch={batch} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
