'use client';
import { DataTable, EmptyState, Stat, StatRow, type DataColumn } from '@interdomestik/ui';
import { ChartColumn } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../../_parts/use-formats';
import { useListUrl, usePaging } from '../../../../_parts/use-list-url';
import { useWord } from '../../../../_parts/use-word';
import { Moment, Sum } from '../../../../_parts/values';

type Answer = Outputs['ledger']['statement'];
type Line = Answer['items'][number];

/** What stood on an account, what was booked, and what stands on it. */
export function Statement({ statement }: { statement: Answer }) {
  const t = useTranslations('reports.ledger');
  const r = useTranslations('reports');
  const word = useWord();
  const formats = useFormats();
  const url = useListUrl();
  const paging = usePaging(url, statement.nextCursor);
  const columns: DataColumn<Line>[] = [
    { id: 'when', header: t('when'), cell: (row) => <Moment value={row.occurredAt} /> },
    { id: 'what', header: t('what'), cell: (row) => word('postingKinds', row.kind), card: 'title' },
    { id: 'branch', header: r('branch'), cell: (row) => row.branchName },
    { id: 'amount', header: t('amount'), align: 'end', cell: (row) => <Sum value={row.amount} /> },
    { id: 'balance', header: t('after'), align: 'end', cell: (row) => <Sum value={row.balance} strong /> },
  ];
  return (
    <div className="space-y-4">
      <StatRow><Stat label={t('opening')} value={formats.money(statement.opening)} /><Stat label={t('closing')} value={formats.money(statement.closing)} /></StatRow>
      <DataTable
        label={t('statement')} columns={columns} rows={statement.items} rowKey={(row) => row.id} rowLabel={(row) => word('postingKinds', row.kind)} refreshing={url.pending} paging={paging}
        empty={<EmptyState icon={<ChartColumn />} title={t('noneTitle')}>{t('noneInPeriod')}</EmptyState>}
      />
    </div>
  );
}
