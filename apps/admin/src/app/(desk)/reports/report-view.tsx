'use client';
import { exponentOf, formatAmount, type Currency, type Money } from '@interdomestik/rules/money';
import type { RevenueGroup } from '@interdomestik/rules/reports';
import { BarChart, DataTable, EmptyState, LineChart, Stat, StatRow, TextLink, type DataColumn } from '@interdomestik/ui';
import { ChartColumn } from '@interdomestik/ui/icons';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { Sum } from '../../_parts/values';
import { figurePath } from './figure';

type Table = Outputs['reports']['table'];
type Row = Table['rows'][number];

/** A report by currency: sums, a drawing and the figures. Currencies are never added up. */
export function ReportView({ table, group }: { table: Table; group: RevenueGroup }) {
  const t = useTranslations('reports');
  const formats = useFormats();
  const cut = <p className="mb-4 text-note text-ink-muted">{t('cutLine', { at: formats.moment(table.cut) })}</p>;
  if (table.totals.length === 0) return <>{cut}<div className="rounded-card border bg-raised px-5"><EmptyState icon={<ChartColumn />} title={t('emptyTitle')}>{t('emptyHelp')}</EmptyState></div></>;
  return (
    <>
      {cut}
      <div className="space-y-10">
        {table.totals.map((total) => {
          const currency = total[0]?.currency ?? 'EUR';
          return <InCurrency key={currency} table={table} group={group} currency={currency} total={total} />;
        })}
      </div>
    </>
  );
}

// i18n-keys: reports.columns.*, reports.dimensions.*, reports.names.*
function InCurrency({ table, group, currency, total }: { table: Table; group: RevenueGroup; currency: Currency; total: readonly Money[] }) {
  const t = useTranslations('reports');
  const formats = useFormats();
  const search = useSearchParams().toString();
  const rows = table.rows.filter(({ amounts }) => amounts[0]?.currency === currency);
  // a column where nothing ever stands is noise
  const shown = table.columns.map((key, index) => ({ key, index })).filter(({ key, index }) => key === table.drawn || rows.some(({ amounts }) => (amounts[index]?.minor ?? 0n) !== 0n));
  const title = t('chart', { report: t(`names.${table.report}`), currency });
  const labelOf = (row: Row) => row.labels.join(', ');
  const header = table.dimensions.map((dimension) => t(`dimensions.${dimension}`)).join(', ');
  const unit = 10 ** exponentOf(currency);
  const drawn = table.columns.indexOf(table.drawn);
  // a drawing needs numbers; the exact amounts stand in the table below
  const amountOf = (value: number): Money => ({ minor: BigInt(Math.round(value * unit)), currency });
  const Chart = table.report === 'revenue' && group === 'day' ? LineChart : BarChart;
  const nothing: Money = { minor: 0n, currency };
  const columns: readonly DataColumn<Row>[] = [
    ...table.dimensions.map((dimension, index): DataColumn<Row> => ({ id: dimension, header: t(`dimensions.${dimension}`), cell: (row) => <span className="figures">{row.labels[index]}</span>, card: index === 0 ? 'title' : 'line' })),
    ...shown.map(({ key, index }): DataColumn<Row> => ({ id: key, header: t(`columns.${key as 'net'}`), align: 'end', cell: (row) => <TextLink kind="quiet" className="no-underline hover:underline" href={figurePath(search, table.report, key, currency, row.about)}><Sum value={row.amounts[index] ?? nothing} strong={key === table.drawn} /></TextLink> })),
  ];
  return (
    <section aria-label={title} className="space-y-4">
      <StatRow>{shown.map(({ key, index }) => <Stat key={key} label={t(`columns.${key as 'net'}`)} value={formats.money(total[index] ?? nothing)} href={figurePath(search, table.report, key, currency, null)} />)}</StatRow>
      <Chart
        title={title}
        labelHeader={header}
        data={rows.map((row) => ({ label: labelOf(row), values: { drawn: Number(row.amounts[drawn]?.minor ?? 0n) / unit } }))}
        series={[{ key: 'drawn', label: t(`columns.${table.drawn as 'net'}`) }]}
        format={(value) => formats.money(amountOf(value))}
        formatAxis={(value) => formatAmount(amountOf(value), formats.locale).replace(/[.,]0+$/u, '')}
      />
      <DataTable label={title} columns={columns} rows={rows} rowKey={(row) => row.key} rowLabel={labelOf} empty={null} />
    </section>
  );
}
