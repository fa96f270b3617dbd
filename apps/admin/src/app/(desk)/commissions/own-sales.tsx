'use client';
import { Badge, ButtonLink, DataTable, EmptyState, Select, Stat, StatRow, type DataColumn } from '@interdomestik/ui';
import { HandCoins, QrCode } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { useListUrl } from '../../_parts/use-list-url';
import { useWord } from '../../_parts/use-word';
import { DayOf, Sum } from '../../_parts/values';

type Own = Outputs['commissions']['own'];
type Sale = Own['sales'][number];

interface OwnSalesProps {
  readonly own: Own;
  readonly plans: Readonly<Record<string, string>>;
  /** The person has a referral code to pass on. */
  readonly code: boolean;
}

/** The sales of one month with what each is expected to earn. */
export function OwnSales({ own, plans, code }: OwnSalesProps) {
  const t = useTranslations('admin.commissions');
  const c = useTranslations('common');
  const word = useWord();
  const formats = useFormats();
  const url = useListUrl();
  // i18n-keys: common.dates.months.*
  const name = (month: string) => `${c(`dates.months.${String(Number(month.slice(5)))}` as 'dates.months.1')} ${month.slice(0, 4)}`;
  const months = own.months.some(({ month }) => month === own.month) ? own.months : [{ month: own.month, count: 0 }, ...own.months];
  // i18n-keys: common.commissionKinds.*
  const columns: readonly DataColumn<Sale>[] = [
    { id: 'plan', header: c('fields.plan'), cell: (sale) => <span className="font-semibold">{plans[sale.planCode] ?? sale.planCode}</span>, card: 'title' },
    { id: 'day', header: c('fields.date'), cell: (sale) => <DayOf value={sale.soldAt} />, width: '8rem' },
    { id: 'kind', header: t('kind'), cell: (sale) => word('commissionKinds', sale.kind) },
    { id: 'way', header: t('way'), cell: (sale) => (sale.byCode ? t('byCode') : t('bySale')), from: 'lg' },
    { id: 'net', header: c('fields.net'), cell: (sale) => <Sum value={sale.net} />, align: 'end' },
    { id: 'rate', header: t('rate'), cell: (sale) => <span className="figures whitespace-nowrap">{formats.percent(sale.rateBp)}</span>, align: 'end' },
    { id: 'expected', header: t('expected'), cell: (sale) => <span className="inline-flex items-center gap-2">{sale.refunded ? <Badge>{t('refunded')}</Badge> : null}<Sum value={sale.expected} strong /></span>, align: 'end' },
  ];
  return (
    <>
      <StatRow>
        <Stat label={t('count')} value={formats.count(own.sales.length)} comparison={name(own.month)} />
        <Stat label={t('expectedTotal')} value={formats.sums(own.expected)} comparison={t('beforeApproval')} />
        {own.minimumPayout.length === 0 ? null : <Stat label={t('minimum')} value={formats.sums(own.minimumPayout)} comparison={t('minimumHelp')} />}
      </StatRow>
      <div className="mt-6">
        <DataTable
          label={t('sales')}
          columns={columns}
          rows={own.sales}
          rowKey={(sale) => sale.id}
          rowLabel={(sale) => plans[sale.planCode] ?? sale.planCode}
          refreshing={url.pending}
          filters={
            <Select
              aria-label={t('month')} className="w-full sm:w-64" value={own.month} onValueChange={(month) => url.filter({ month })}
              options={months.map(({ month, count }) => ({ value: month, label: `${name(month)} (${formats.count(count)})` }))}
            />
          }
          empty={
            <EmptyState icon={<HandCoins />} title={t('empty')} action={code ? <ButtonLink href="/leads/referral" variant="secondary" icon={<QrCode />}>{t('showCode')}</ButtonLink> : undefined}>{t('emptyHelp')}</EmptyState>
          }
        />
      </div>
    </>
  );
}
