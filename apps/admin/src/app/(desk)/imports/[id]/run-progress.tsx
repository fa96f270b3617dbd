'use client';
import { Button } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useFormats } from '../../../_parts/use-formats';
import type { Batch } from '../import-list';

/** How far it has come, how fast it goes and how long it may still take; and the way on for one that stopped. */
export function RunProgress({ batch, onChange }: { batch: Batch; onChange: () => void }) {
  const t = useTranslations('imports');
  const { count } = useFormats();
  const [began] = useState(() => ({ at: Date.now(), done: batch.done }));
  const goOn = trpc.imports.commit.useMutation({ onSuccess: onChange });
  if (batch.status === 'undoing') return <p role="status" className="mb-6 font-semibold">{t('statuses.undoing')}</p>;
  const seconds = (batch.updatedAt.getTime() - began.at) / 1000;
  const rate = seconds > 0.5 && batch.done > began.done ? (batch.done - began.done) / seconds : null;
  return (
    <div className="mb-6 max-w-xl" role="status">
      <progress aria-label={t('statuses.running')} value={batch.lines === 0 ? 0 : batch.done / batch.lines} max={1} className="block h-2 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent" />
      <p className="figures mt-1 text-note text-ink-muted">
        {t('progress', { done: count(batch.done), all: count(batch.lines), rate: rate === null ? '–' : count(Math.round(rate)) })}
        {rate === null ? null : ` · ${t('left', { seconds: Math.ceil((batch.lines - batch.done) / rate) })}`}
      </p>
      {batch.errorKey === null ? null : <Button className="mt-3" onClick={() => goOn.mutate({ id: batch.id })} loading={goOn.isPending}>{t('goOn')}</Button>}
    </div>
  );
}
