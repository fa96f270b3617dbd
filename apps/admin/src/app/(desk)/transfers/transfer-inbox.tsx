'use client';
import { DataTable, EmptyState, PageHead, TabLinks, type DataColumn } from '@interdomestik/ui';
import { ArrowLeftRight } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../../_parts/state-mark';
import { useListUrl, usePaging } from '../../_parts/use-list-url';
import { DayOf } from '../../_parts/values';
import type { InboxView, Transfer } from './transfer';
import { TransferPanel } from './transfer-panel';

interface TransferInboxProps {
  readonly page: Outputs['transfers']['list'];
  readonly view: InboxView;
  /** How many wait for the viewer's decision; null for those who never decide. */
  readonly waiting: number | null;
}

/** Requests to hand members over, parted by what the viewer has to do with them; a row opens the request beside the list. */
export function TransferInbox({ page, view, waiting }: TransferInboxProps) {
  const t = useTranslations('admin.transfers');
  const c = useTranslations('common');
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  const opened = page.items.find(({ id }) => id === url.opened);
  const who = (row: Transfer) => row.member?.name ?? t('gone');
  const way = (row: Transfer) => (row.fromBranchId === row.toBranchId ? row.toBranchName : t('way', { from: row.fromBranchName, to: row.toBranchName }));
  const columns: readonly DataColumn<Transfer>[] = [
    { id: 'member', header: c('fields.member'), cell: (row) => <span className={row.member === null ? 'text-ink-muted' : 'font-semibold'}>{who(row)}</span>, card: 'title' },
    { id: 'way', header: t('wayHead'), cell: way },
    { id: 'by', header: t('askedBy'), cell: (row) => row.requestedByName ?? '–', from: 'lg' },
    { id: 'at', header: t('askedOn'), cell: (row) => <DayOf value={row.createdAt} />, width: '8rem' },
    { id: 'status', header: c('fields.status'), cell: (row) => <StateMark kind="transfer" value={row.status} look="plain" />, card: 'status', width: '10rem' },
  ];
  // i18n-keys: admin.transfers.view.*, admin.transfers.none.*
  const views: readonly InboxView[] = waiting === null ? ['mine', 'done', 'all'] : ['decide', 'mine', 'done', 'all'];
  return (
    <>
      <PageHead title={c('nav.transfers')} meta={t('help')} />
      <TabLinks
        className="mb-5"
        label={t('parts')}
        items={views.map((one) => ({ href: `/transfers?view=${one}`, label: t(`view.${one}`), current: one === view, ...(one === 'decide' && waiting !== null && waiting > 0 ? { count: waiting } : {}) }))}
      />
      <DataTable
        label={c('nav.transfers')}
        columns={columns}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLabel={who}
        onOpen={(row) => url.open(row.id)}
        openKey={url.opened}
        paging={paging}
        refreshing={url.pending}
        empty={<EmptyState icon={<ArrowLeftRight />} title={t(`none.${view}`)}>{t('noneHelp')}</EmptyState>}
      />
      {opened === undefined ? null : <TransferPanel key={opened.id} transfer={opened} onClose={() => url.open(null)} />}
    </>
  );
}
