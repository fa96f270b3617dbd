'use client';
import { DataTable, EmptyState, type DataColumn } from '@interdomestik/ui';
import { Landmark } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { useListUrl, usePaging } from '../../_parts/use-list-url';
import { Code, Day, Sum } from '../../_parts/values';
import { SlipPicture } from './slip-picture';

type Page = Outputs['cash']['deposits'];
type Deposit = Page['items'][number];

/** What the branch paid into the bank, slip by slip, each with its picture. */
export function DepositList({ page, showsBranch }: { page: Page; showsBranch: boolean }) {
  const t = useTranslations('admin.cash');
  const c = useTranslations('common');
  const formats = useFormats();
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  const columns: DataColumn<Deposit>[] = [
    { id: 'slip', header: t('slip'), cell: (row) => <Code value={row.slip} />, card: 'title' },
    { id: 'day', header: t('depositedOn'), cell: (row) => <Day value={row.depositedOn} /> },
    ...(showsBranch ? [{ id: 'branch', header: c('fields.branch'), cell: (row: Deposit) => row.branchName }] : []),
    { id: 'by', header: t('bankedBy'), cell: (row) => row.bankedBy ?? '–', from: 'lg' },
    { id: 'handovers', header: t('handoversColumn'), align: 'end', cell: (row) => <span className="figures">{formats.count(row.handovers)}</span>, from: 'lg' },
    { id: 'picture', header: t('picture'), cell: (row) => <SlipPicture deposit={row} /> },
    { id: 'amount', header: c('fields.amount'), align: 'end', cell: (row) => <Sum value={row.amount} strong /> },
  ];
  return (
    <DataTable
      label={t('place.banked')}
      columns={columns}
      rows={page.items}
      rowKey={(row) => row.id}
      rowLabel={(row) => row.slip}
      refreshing={url.pending}
      paging={paging}
      empty={<EmptyState icon={<Landmark />} title={t('empty.banked')}>{t('emptyHandovers')}</EmptyState>}
    />
  );
}
