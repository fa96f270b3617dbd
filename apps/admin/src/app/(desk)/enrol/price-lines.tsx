'use client';
import { KeyValue, Skeleton, SumList } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useFormats } from '../../_parts/use-formats';
import type { EnrolPrice } from './enrol-price';

/** The lines of a price with its total and VAT. */
export function PriceLines({ price }: { price: Pick<EnrolPrice, 'lines' | 'total' | 'vat' | 'vatRateBp' | 'now' | 'instalments'> | undefined }) {
  const t = useTranslations('admin.enrol');
  const c = useTranslations('common.fields');
  const i = useTranslations('common.instalments');
  const formats = useFormats();
  if (price === undefined) return <Skeleton className="h-12 w-full" />;
  return (
    <div aria-live="polite">
      <SumList
        lines={price.lines.map(({ title, amount }) => ({ label: title, amount: formats.money(amount), off: amount.minor < 0n }))}
        total={{ label: c('total'), amount: formats.money(price.total) }}
        note={t('ofWhichVat', { rate: formats.percent(price.vatRateBp), vat: formats.money(price.vat) })}
      />
      {price.instalments.length === 0 ? null : (
        <KeyValue
          className="mt-4 border-y"
          items={[
            { label: i('dueNow'), value: <span className="figures font-semibold">{formats.money(price.now)}</span> },
            ...price.instalments.slice(1).map(({ number, dueOn, amount }) => ({ label: i('part', { number, parts: price.instalments.length }), value: <span className="figures">{formats.money(amount)}, {i('dueOn', { date: formats.day(dueOn) })}</span> })),
          ]}
        />
      )}
    </div>
  );
}
