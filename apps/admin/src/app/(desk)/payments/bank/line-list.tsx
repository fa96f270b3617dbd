'use client';
import { DataTable, EmptyState, Notice, TabLinks, type DataColumn } from '@interdomestik/ui';
import { Landmark } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useListUrl, usePaging } from '../../../_parts/use-list-url';
import { useFormats } from '../../../_parts/use-formats';
import { Day, Sum } from '../../../_parts/values';
import { LineMark, type Line } from './line-mark';
import { LinePanel } from './line-panel';
import { bankViews, type BankView } from './views';

type Page = Outputs['bank']['lines'];

interface LineListProps {
  readonly page: Page;
  readonly view: BankView;
  readonly summary: Outputs['bank']['summary'];
  readonly showsMembers: boolean;
}

// i18n-keys: bank.views.*, bank.none.*
/** Movements of the bank accounts, newest first; a row opens what to do about it. */
export function LineList({ page, view, summary, showsMembers }: LineListProps) {
  const t = useTranslations('bank');
  const c = useTranslations('common.fields');
  const formats = useFormats();
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  const opened = page.items.find(({ id }) => id === url.opened);
  const columns: DataColumn<Line>[] = [
    { id: 'day', header: c('date'), cell: (row) => <Day value={row.bookedOn} /> },
    { id: 'payer', header: t('payer'), cell: (row) => row.payer || '–' },
    { id: 'purpose', header: t('purpose'), cell: (row) => <span className="line-clamp-2 break-words">{[row.purpose, row.reference].filter((text) => text !== '').join(' · ') || '–'}</span>, from: 'lg' },
    { id: 'state', header: c('status'), cell: (row) => <LineMark line={row} /> },
    { id: 'amount', header: c('amount'), align: 'end', cell: (row) => <Sum value={row.amount} tone={row.amount.minor < 0n ? 'muted' : undefined} /> },
  ];
  const counts: Readonly<Partial<Record<BankView, number>>> = { waiting: summary.open + summary.fresh, kept: summary.kept };
  const named = (one: BankView): string => (counts[one] === undefined || counts[one] === 0 ? t(`views.${one}`) : `${t(`views.${one}`)} (${formats.count(counts[one])})`);
  return (
    <section aria-label={t('lines')}>
      <h2 className="mb-3 text-lg">{t('lines')}</h2>
      <TabLinks label={t('lines')} className="mb-4" items={bankViews.map((one) => ({ href: one === 'waiting' ? '/payments/bank' : `/payments/bank?view=${one}`, label: named(one), current: one === view }))} />
      {view === 'kept' && summary.held.length > 0 ? <Notice tone="info" className="mb-4">{t('keptSum', { sum: summary.held.map(formats.money).join(' / ') })}</Notice> : null}
      <DataTable
        label={t('lines')}
        columns={columns}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLabel={(row) => `${row.payer} ${formats.money(row.amount)}`}
        onOpen={(row) => url.open(row.id)}
        openKey={url.opened}
        refreshing={url.pending}
        paging={paging}
        empty={<EmptyState icon={<Landmark />} title={t(`none.${view}`)}>{t('noneHelp')}</EmptyState>}
      />
      <LinePanel key={opened?.id ?? 'none'} line={opened ?? null} onClose={() => url.open(null)} showsMembers={showsMembers} />
    </section>
  );
}
