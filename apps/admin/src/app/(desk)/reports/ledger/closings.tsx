'use client';
import { Button, DataTable, Dialog, Field, Notice, Textarea, toast, type DataColumn } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { Moment } from '../../../_parts/values';

type Standing = Outputs['ledger']['closings'];
type Closing = Standing['history'][number];

/** `05.2026` of a month's first day. */
const monthText = (month: string): string => `${month.slice(5, 7)}.${month.slice(0, 4)}`;

/** How far the books are closed, the month that can be closed next, and what was closed and opened again. */
export function Closings({ standing, mayClose }: { standing: Standing; mayClose: boolean }) {
  const t = useTranslations('reports.closings');
  const [closing, setClosing] = useState(false);
  const [reopening, setReopening] = useState<Closing | null>(null);
  const { closedTo, next, history } = standing;
  const last = history.find(({ month, reopenedAt }) => month === closedTo && reopenedAt === null);
  const columns: DataColumn<Closing>[] = [
    { id: 'month', header: t('month'), cell: (row) => <span className="figures">{monthText(row.month)}</span>, card: 'title' },
    { id: 'closed', header: t('closedAt'), cell: (row) => <Moment value={row.closedAt} /> },
    { id: 'reopened', header: t('reopenedAt'), cell: (row) => <Moment value={row.reopenedAt} /> },
    { id: 'reason', header: t('reason'), cell: (row) => row.reason ?? '–' },
    { id: 'by', header: t('by'), cell: (row) => row.by ?? '–' },
  ];
  return (
    <section aria-label={t('title')} className="space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-lg">{t('title')}</h2>
        {mayClose ? (
          <div className="flex flex-wrap gap-2">
            {last === undefined ? null : <Button variant="ghost" onClick={() => setReopening(last)}>{t('reopen')}</Button>}
            {next === null ? null : <Button variant="secondary" onClick={() => setClosing(true)}>{t('close', { month: monthText(next) })}</Button>}
          </div>
        ) : null}
      </div>
      <p>{closedTo === null ? t('open') : t('closedTo', { month: monthText(closedTo) })} <span className="text-ink-muted">{t('help')}</span></p>
      {history.length === 0 ? null : <DataTable label={t('title')} columns={columns} rows={[...history]} rowKey={(row) => row.id} rowLabel={(row) => monthText(row.month)} empty={null} />}
      {closing && next !== null ? <CloseDialog month={next} onClose={() => setClosing(false)} /> : null}
      {reopening === null ? null : <ReopenDialog closing={reopening} onClose={() => setReopening(null)} />}
    </section>
  );
}

function CloseDialog({ month, onClose }: { month: string; onClose: () => void }) {
  const t = useTranslations('reports.closings');
  const c = useTranslations('common.actions');
  const router = useRouter();
  const errorText = useErrorText();
  const close = trpc.ledger.close.useMutation({ onSuccess: () => { onClose(); toast.success(t('closed')); router.refresh(); }, onError: () => undefined });
  return (
    <Dialog
      open onOpenChange={onClose} title={t('closeTitle', { month: monthText(month) })} description={t('help')}
      footer={<><Button loading={close.isPending} onClick={() => close.mutate({ month })}>{t('close', { month: monthText(month) })}</Button><Button variant="secondary" onClick={onClose}>{c('cancel')}</Button></>}
    >
      {close.error === null ? null : <Notice tone="danger" live>{errorText(close.error)}</Notice>}
    </Dialog>
  );
}

function ReopenDialog({ closing, onClose }: { closing: Closing; onClose: () => void }) {
  const t = useTranslations('reports.closings');
  const c = useTranslations('common.actions');
  const router = useRouter();
  const errorText = useErrorText();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const reopen = trpc.ledger.reopen.useMutation({ onSuccess: () => { onClose(); toast.success(t('reopened')); router.refresh(); }, onError: () => undefined });
  const short = reason.trim().length < 10;
  const send = () => {
    setAsked(true);
    if (!short) reopen.mutate({ id: closing.id, reason });
  };
  return (
    <Dialog
      open onOpenChange={onClose} title={t('reopenTitle', { month: monthText(closing.month) })}
      footer={<><Button variant="danger" loading={reopen.isPending} onClick={send}>{t('reopen')}</Button><Button variant="secondary" onClick={onClose}>{c('cancel')}</Button></>}
    >
      <div className="space-y-4">
        <Field label={t('reason')} help={t('reasonHelp')} error={asked && short ? t('reasonHelp') : undefined}><Textarea value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        {reopen.error === null ? null : <Notice tone="danger" live>{errorText(reopen.error)}</Notice>}
      </div>
    </Dialog>
  );
}
