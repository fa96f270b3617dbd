'use client';
import { BarChart, DataTable, EmptyState, LineChart, Stat, StatRow, type DataColumn } from '@interdomestik/ui';
import { ChartColumn } from '@interdomestik/ui/icons';
import { exponentOf, formatAmount, type Currency, type Money } from '@interdomestik/rules/money';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { Sum } from '../../_parts/values';
import type { Grouping } from './periods';

type Row = Outputs['reports']['takings'][number];

const total = (rows: readonly Row[], pick: (row: Row) => Money, currency: Currency): Money => ({ minor: rows.reduce((sum, row) => sum + pick(row).minor, 0n), currency });

/** Takings by currency: sums, a drawing and the figures. Currencies are never added up. */
export function TakingsReport({ rows, groupBy }: { rows: readonly Row[]; groupBy: Grouping }) {
  const t = useTranslations('admin.reports');
  const currencies = [...new Set(rows.map((row) => row.gross.currency))];
  if (currencies.length === 0) return <div className="rounded-card border bg-raised px-5"><EmptyState icon={<ChartColumn />} title={t('emptyTitle')}>{t('emptyHelp')}</EmptyState></div>;
  return (
    <div className="space-y-10">
      {currencies.map((currency) => <InCurrency key={currency} currency={currency} groupBy={groupBy} rows={rows.filter((row) => row.gross.currency === currency)} />)}
    </div>
  );
}

function InCurrency({ currency, groupBy, rows }: { currency: Currency; groupBy: Grouping; rows: readonly Row[] }) {
  const t = useTranslations('admin.reports');
  const c = useTranslations('common');
  const formats = useFormats();
  const labelOf = (row: Row) => (groupBy === 'branch' ? row.label : groupBy === 'month' ? `${row.label.slice(5, 7)}.${row.label.slice(0, 4)}` : formats.day(row.label));
  const header = groupBy === 'branch' ? t('byBranch') : groupBy === 'month' ? t('byMonth') : t('byDay');
  const unit = 10 ** exponentOf(currency);
  // a drawing needs numbers; the exact amounts stand in the table below
  const amountOf = (value: number): Money => ({ minor: BigInt(Math.round(value * unit)), currency });
  const Chart = groupBy === 'day' ? LineChart : BarChart;
  const throughProvider = rows.some((row) => row.providerTax.minor !== 0n);
  const sums = [
    { label: t('gross'), value: total(rows, (row) => row.gross, currency) },
    { label: c('fields.net'), value: total(rows, (row) => row.net, currency) },
    { label: c('fields.vat'), value: total(rows, (row) => row.vat, currency) },
    ...(throughProvider ? [{ label: t('providerTax'), value: total(rows, (row) => row.providerTax, currency) }] : []),
  ];
  const columns: readonly DataColumn<Row>[] = [
    { id: 'label', header, cell: (row) => <span className="figures">{labelOf(row)}</span>, card: 'title' },
    { id: 'net', header: c('fields.net'), align: 'end', cell: (row) => <Sum value={row.net} /> },
    { id: 'vat', header: c('fields.vat'), align: 'end', cell: (row) => <Sum value={row.vat} /> },
    ...(throughProvider ? [{ id: 'providerTax', header: t('providerTax'), align: 'end' as const, cell: (row: Row) => <Sum value={row.providerTax} /> }] : []),
    { id: 'gross', header: t('gross'), align: 'end', cell: (row) => <Sum value={row.gross} strong /> },
  ];
  return (
    <section aria-label={t('chart', { currency })} className="space-y-4">
      <StatRow>{sums.map(({ label, value }) => <Stat key={label} label={label} value={formats.money(value)} />)}</StatRow>
      <Chart
        title={t('chart', { currency })}
        labelHeader={header}
        data={rows.map((row) => ({ label: labelOf(row), values: { gross: Number(row.gross.minor) / unit } }))}
        series={[{ key: 'gross', label: t('gross') }]}
        format={(value) => formats.money(amountOf(value))}
        formatAxis={(value) => formatAmount(amountOf(value), formats.locale).replace(/[.,]0+$/u, '')}
      />
      <DataTable label={t('chart', { currency })} columns={columns} rows={rows} rowKey={(row) => row.label} rowLabel={labelOf} empty={null} />
    </section>
  );
}
