'use client';
import { Button, DataTable, EmptyState, Section, Stat, StatRow, TextLink, type DataColumn } from '@interdomestik/ui';
import { ChartColumn, Download as DownloadIcon } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import type { Inputs, Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { Day, Sum } from '../../_parts/values';
import { save } from './save-file';

type Found = Outputs['reports']['items'];
type Item = Found['items'][number];
type Asked = Omit<Inputs['reports']['exportItems'], 'format'>;

/** What members owe, sale by sale, by age. */
export function OpenItems({ found, asked, exports, showsBranch, showsMembers }: { found: Found; asked: Asked; exports: boolean; showsBranch: boolean; showsMembers: boolean }) {
  const t = useTranslations('reports.items');
  const r = useTranslations('reports');
  const formats = useFormats();
  const make = trpc.reports.exportItems.useMutation({ onSuccess: save });
  const busy = (format: 'csv' | 'pdf') => make.isPending && make.variables.format === format;
  const heads = [t('notDue'), ...found.edges.map((days, index) => t('late', { from: (found.edges[index - 1] ?? 0) + 1, to: days })), t('older', { days: found.edges.at(-1) ?? 0 })];
  const columns: DataColumn<Item>[] = [
    { id: 'member', header: t('member'), cell: (row) => (row.memberId !== null && showsMembers ? <TextLink href={`/members/${row.memberId}`}>{row.memberName ?? '–'}</TextLink> : (row.memberName ?? '–')), card: 'title' },
    ...(showsBranch ? [{ id: 'branch', header: r('branch'), cell: (row: Item) => row.branchName, from: 'lg' as const }] : []),
    { id: 'paper', header: t('document'), cell: (row) => (row.invoice === null ? '–' : row.invoice.documentId === null ? row.invoice.code : <a href={`/api/documents/${row.invoice.documentId}`} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-3">{row.invoice.code}</a>), from: 'lg' },
    { id: 'due', header: t('due'), cell: (row) => (row.oldest === null ? '–' : <Day value={row.oldest} />) },
    ...heads.map((header, index): DataColumn<Item> => ({ id: `age${String(index)}`, header, align: 'end', cell: (row) => { const amount = row.ages[index]; return amount === undefined || amount.minor === 0n ? <span className="text-ink-muted">–</span> : <Sum value={amount} tone={index === 0 ? 'muted' : 'bad'} />; }, from: 'xl' })),
    { id: 'open', header: t('open'), align: 'end', cell: (row) => <Sum value={row.open} strong /> },
  ];
  return (
    <Section title={t('title')}>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <p className="text-note text-ink-muted">{t('help')}</p>
        {exports ? (
          <div className="flex flex-wrap gap-2">
            <Button size="small" variant="secondary" icon={<DownloadIcon />} loading={busy('csv')} onClick={() => make.mutate({ ...asked, format: 'csv' })}>{r('downloadCsv')}</Button>
            <Button size="small" variant="secondary" icon={<DownloadIcon />} loading={busy('pdf')} onClick={() => make.mutate({ ...asked, format: 'pdf' })}>{r('downloadPdf')}</Button>
          </div>
        ) : null}
      </div>
      <div className="space-y-4">
        {found.totals.map(({ open, ages }) => (
          <StatRow key={open.currency}>
            <Stat label={t('open')} value={formats.money(open)} />
            {ages.map((amount, index) => (amount.minor === 0n ? null : <Stat key={heads[index]} label={heads[index] ?? ''} value={formats.money(amount)} />))}
          </StatRow>
        ))}
        <DataTable label={t('title')} columns={columns} rows={found.items} rowKey={(row) => row.key} rowLabel={(row) => row.memberName ?? '–'} empty={<EmptyState icon={<ChartColumn />} title={t('none')}>{t('noneHelp')}</EmptyState>} />
      </div>
    </Section>
  );
}
