'use client';
import { DataTable, EmptyState, ErrorState, type DataColumn } from '@interdomestik/ui';
import { isCurrency, money } from '@interdomestik/rules/money';
import type { TrialFigure } from '@interdomestik/rules/simulation';
import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { useFormats } from '../../../_parts/use-formats';
import { RecordPanel } from './record-panel';
import type { Result, TrialRecord } from './shared';
import { useSummary } from './use-summary';

const pageSize = 25;

/** The records behind a figure, the largest difference first: who, where, before and with the draft; each opens with the reasons. */
export function RecordList({ result, figure, close }: { result: Result; figure: TrialFigure; close: ReactNode }) {
  const t = useTranslations('simulation');
  const formats = useFormats();
  const errorText = useErrorText();
  const summary = useSummary(result);
  // cursors of the pages before this one; the first page has none
  const [pages, setPages] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<TrialRecord | null>(null);
  const cursor = pages.at(-1);
  const rows = trpc.simulation.rows.useQuery({ id: result.id, figure, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) }, { placeholderData: (before) => before });
  const list = result.figures?.lists.find((one) => one.figure === figure);
  const next = rows.data?.nextCursor ?? null;
  const claims = rows.data?.items[0]?.entity === 'claim';
  const amount = (row: TrialRecord, minor: bigint | null) => (minor === null || row.currency === null || !isCurrency(row.currency) ? null : formats.money(money(minor, row.currency)));
  const columns: readonly DataColumn<TrialRecord>[] = [
    ...(claims ? [{ id: 'claim', header: t('claim'), cell: (row: TrialRecord) => <span className="figures whitespace-nowrap">{row.claimCode ?? '–'}</span>, card: 'title' as const }] : []),
    { id: 'who', header: t('who'), cell: (row) => (row.member === null ? <span className="text-ink-muted">{t('hidden')}</span> : <>{row.member.name}<span className="figures block text-note text-ink-muted">{row.member.memberNumber}</span></>) },
    { id: 'branch', header: t('byBranch'), from: 'xl', cell: (row) => row.branchName ?? '–' },
    { id: 'what', header: t('why'), cell: (row) => <span className="text-note">{summary(row)}</span> },
    ...(figure === 'uncompared' || rows.data?.items.every(({ currency }) => currency === null) === true ? [] : [
      { id: 'before', header: t('before'), align: 'end' as const, cell: (row: TrialRecord) => <span className="figures whitespace-nowrap">{amount(row, row.beforeMinor) ?? t('notSold')}</span> },
      { id: 'after', header: t('after'), align: 'end' as const, cell: (row: TrialRecord) => <span className="figures whitespace-nowrap font-semibold">{amount(row, row.afterMinor) ?? t('notSold')}</span> },
    ]),
  ];
  const nameOf = (row: TrialRecord): string => row.claimCode ?? row.member?.name ?? t('who');
  // i18n-keys: simulation.figures.*
  const title = t('list', { figure: t(`figures.${figure}`) });
  return (
    <section aria-label={title}>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-2">
        <div>
          <h3 className="text-section font-semibold">{title}</h3>
          {list === undefined ? null : <p className="text-note text-ink-muted">{t('listKept', { kept: list.kept, count: formats.count(list.count) })}</p>}
        </div>
        {close}
      </div>
      <DataTable
        label={title} columns={columns} rows={rows.data?.items ?? []} rowKey={({ id }) => id} rowLabel={nameOf} onOpen={setOpen} openKey={open?.id ?? null}
        loading={rows.isPending} refreshing={rows.isPlaceholderData} empty={<EmptyState title={t('listEmpty')} />}
        error={rows.isError ? <ErrorState title={errorText(rows.error)} onRetry={() => void rows.refetch()} retrying={rows.isFetching} /> : undefined}
        paging={{
          hasPrevious: pages.length > 0, hasNext: next !== null, onPrevious: () => setPages(pages.slice(0, -1)), onNext: () => { if (next !== null) setPages([...pages, next]); },
          label: rows.data === undefined || rows.data.items.length === 0 ? undefined : `${String(pages.length * pageSize + 1)}–${String(pages.length * pageSize + rows.data.items.length)}`,
        }}
      />
      {open === null ? null : <RecordPanel record={open} title={nameOf(open)} summary={summary(open)} result={result} onClose={() => setOpen(null)} />}
    </section>
  );
}
