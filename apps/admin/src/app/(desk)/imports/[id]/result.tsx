'use client';
import { Button, Dialog, Section } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import type { Batch } from '../import-list';
import { Counts } from './counts';
import { Conflicts } from './conflicts';
import { Pairs } from './pairs';

/** Gives a text as a file. */
function download(fileName: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href, download: fileName });
  link.click();
  URL.revokeObjectURL(href);
}

/** What happened, what needs a person, and the way back. */
export function Result({ batch, onChange }: { batch: Batch; onChange: () => void }) {
  const t = useTranslations('imports');
  const [isAsking, setAsking] = useState(false);
  const utils = trpc.useUtils();
  const undo = trpc.imports.undo.useMutation({ onSuccess: () => { setAsking(false); onChange(); } });
  const outcomes = batch.report?.['outcomes'] as Readonly<Record<string, number>> | undefined;
  const toLook = (outcomes?.['probable_duplicate'] ?? 0) + (batch.known === 'review' ? (outcomes?.['renewal'] ?? 0) : 0);
  const mayUndo = batch.status === 'done' || batch.status === 'partly_undone' || (batch.status === 'running' && batch.errorKey !== null);
  return (
    <>
      {batch.report === null ? null : <Section title={t('resultTitle')} className="mb-8"><Counts report={batch.report} known={batch.known} /></Section>}
      <div className="mb-6 flex flex-wrap gap-2">
        {(outcomes?.['rejected'] ?? 0) > 0 ? <Button variant="secondary" onClick={() => { void utils.imports.errors.fetch({ id: batch.id }).then(({ fileName, text }) => { download(fileName, text); }); }}>{t('errorsFile')}</Button> : null}
        {mayUndo ? <Button variant="secondary" onClick={() => { setAsking(true); }}>{t('undo')}</Button> : null}
      </div>
      {batch.status === 'partly_undone' ? <Conflicts id={batch.id} /> : null}
      {toLook > 0 && batch.status === 'done' ? <Pairs id={batch.id} /> : null}
      <Dialog open={isAsking} onOpenChange={setAsking} title={t('undo')} description={t('undoHelp')} footer={<Button variant="danger" onClick={() => undo.mutate({ id: batch.id })} loading={undo.isPending}>{t('undo')}</Button>} />
    </>
  );
}
