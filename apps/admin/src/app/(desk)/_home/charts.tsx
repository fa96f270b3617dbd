'use client';
import { money, type Currency } from '@interdomestik/rules/money';
import { BarChart, LineChart, NativeSelect } from '@interdomestik/ui';
import { useNow, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { bucketLabel, bucketsOf, currenciesOf, heightOf } from './series';

type Figures = Outputs['dashboard']['figures'];

/** Members who joined and money that came in over the period, as far as the person sees. */
export function HomeCharts({ figures, currency: own }: { figures: Figures; currency: Currency }) {
  const t = useTranslations('admin.home');
  const c = useTranslations('common.fields');
  const formats = useFormats();
  const now = useNow();
  const zone = useTimeZone() ?? 'UTC';
  const offered = currenciesOf(figures.moneySeries, own);
  const [chosen, setChosen] = useState<string>(offered[0] ?? own);
  const currency = offered.find((one) => one === chosen) ?? offered[0] ?? own;
  const { period, bucket } = figures;
  const buckets = bucketsOf(period, bucket, now, zone);
  const joined = new Map(figures.joinedSeries.map(({ day, value }) => [day, value]));
  const taken = new Map(figures.moneySeries.filter(({ amount }) => amount.currency === currency).map(({ day, amount }) => [day, heightOf(amount)]));
  const amount = (value: number) => formats.money(money(BigInt(Math.round(value)), currency));
  // i18n-keys: admin.home.bucket.*
  const labelHeader = t(`bucket.${bucket}`);
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      <LineChart
        title={
          <span className="flex flex-wrap items-center gap-3">
            {t('takingsChart')}
            {offered.length > 1 ? (
              <NativeSelect aria-label={c('currency')} className="w-24 font-normal" value={currency} onChange={(event) => setChosen(event.target.value)} options={offered.map((value) => ({ value, label: value }))} />
            ) : null}
          </span>
        }
        labelHeader={labelHeader}
        data={buckets.map((day) => ({ label: bucketLabel(day, bucket), values: { taken: taken.get(day) ?? 0 } }))}
        series={[{ key: 'taken', label: t('takings') }]}
        format={amount}
        formatAxis={(value) => amount(value).replace(/[.,]00(?=\D|$)/u, '')}
      />
      <BarChart
        title={t('joinedChart')}
        labelHeader={labelHeader}
        data={buckets.map((day) => ({ label: bucketLabel(day, bucket), values: { joined: joined.get(day) ?? 0 } }))}
        series={[{ key: 'joined', label: t('joined') }]}
        format={formats.count}
      />
    </div>
  );
}
