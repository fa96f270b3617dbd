'use client';
import { DataTable, EmptyState, type DataColumn } from '@interdomestik/ui';
import { Download, HandCoins } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { useListUrl, usePaging } from '../../_parts/use-list-url';
import { Code, Day, Sum } from '../../_parts/values';

type Page = Outputs['commissions']['payouts'];
type Payout = Page['items'][number];

/** What was paid out, each with its statement. */
export function PayoutList({ page, showsAgent }: { page: Page; showsAgent: boolean }) {
  const t = useTranslations('admin.commissions');
  const c = useTranslations('common');
  const formats = useFormats();
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  const columns: DataColumn<Payout>[] = [
    { id: 'code', header: t('code'), cell: (row) => <Code value={row.code} />, card: 'title' },
    { id: 'day', header: t('paidOn'), cell: (row) => <Day value={row.paidOn} /> },
    ...(showsAgent ? [{ id: 'person', header: t('person'), cell: (row: Payout) => row.agentName ?? '–' }] : []),
    { id: 'reference', header: t('reference'), cell: (row) => row.reference ?? '–', from: 'lg' },
    { id: 'entries', header: t('entriesCount'), align: 'end', cell: (row) => <span className="figures">{formats.count(row.entries)}</span>, from: 'lg' },
    {
      id: 'statement', header: t('statement'),
      cell: (row) => (row.documentId === null
        ? <span className="text-ink-muted">{t('making')}</span>
        : <a href={`/api/documents/${row.documentId}`} target="_blank" rel="noreferrer" className="inline-flex items-center gap-1 text-accent underline underline-offset-3"><Download className="size-4" aria-hidden="true" />PDF</a>),
    },
    { id: 'amount', header: c('fields.amount'), align: 'end', cell: (row) => <Sum value={row.amount} strong /> },
  ];
  return (
    <DataTable
      label={t('view.payouts')} columns={columns} rows={page.items} rowKey={(row) => row.id} rowLabel={(row) => row.code} refreshing={url.pending} paging={paging}
      empty={<EmptyState icon={<HandCoins />} title={t('emptyPayouts')}>{t('emptyBooked')}</EmptyState>}
    />
  );
}
