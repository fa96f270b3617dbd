'use client';
import { DataTable, EmptyState, Status, type DataColumn } from '@interdomestik/ui';
import { HandCoins } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { useListUrl, usePaging } from '../../_parts/use-list-url';
import { useWord } from '../../_parts/use-word';
import { Code, DayOf, Sum } from '../../_parts/values';

type Page = Outputs['commissions']['entries'];
type Entry = Page['items'][number];

interface EntryListProps {
  readonly page: Page;
  readonly plans: Readonly<Record<string, string>>;
  readonly showsAgent: boolean;
}

const looks = { pending: ['warning', 'waiting'], approved: ['info', 'going'], paid: ['success', undefined] } as const;

/** What payments earned, and what was taken back, entry by entry. */
export function EntryList({ page, plans, showsAgent }: EntryListProps) {
  const t = useTranslations('admin.commissions');
  const c = useTranslations('common');
  const word = useWord();
  const formats = useFormats();
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  // i18n-keys: common.commissionKinds.*
  const columns: DataColumn<Entry>[] = [
    { id: 'day', header: c('fields.date'), cell: (row) => <DayOf value={row.occurredAt} />, width: '8rem' },
    ...(showsAgent ? [{ id: 'person', header: t('person'), cell: (row: Entry) => row.agentName ?? '–' }] : []),
    { id: 'plan', header: c('fields.plan'), cell: (row) => <span className="font-semibold">{plans[row.planCode] ?? row.planCode}</span>, card: 'title' },
    { id: 'kind', header: t('kind'), cell: (row) => word('commissionKinds', row.kind), from: 'lg' },
    { id: 'net', header: c('fields.net'), cell: (row) => <Sum value={row.net} />, align: 'end', from: 'lg' },
    { id: 'rate', header: t('rate'), cell: (row) => <span className="figures whitespace-nowrap">{formats.percent(row.rateBp)}</span>, align: 'end', from: 'lg' },
    // i18n-keys: admin.commissions.state.*
    { id: 'state', header: c('fields.status'), cell: (row) => <Status tone={looks[row.state][0]} shape={looks[row.state][1]} look="plain">{t(`state.${row.state}`)}</Status>, card: 'status' },
    { id: 'payout', header: t('code'), cell: (row) => <Code value={row.payoutCode} />, from: 'lg' },
    { id: 'amount', header: c('fields.amount'), align: 'end', cell: (row) => <Sum value={row.amount} strong tone={row.amount.minor < 0n ? 'bad' : undefined} /> },
  ];
  return (
    <DataTable
      label={t('view.entries')} columns={columns} rows={page.items} rowKey={(row) => row.id} rowLabel={(row) => plans[row.planCode] ?? row.planCode} refreshing={url.pending} paging={paging}
      empty={<EmptyState icon={<HandCoins />} title={t('emptyEntries')}>{t('emptyBooked')}</EmptyState>}
    />
  );
}
