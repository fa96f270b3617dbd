'use client';
import { Button, DateInput, Field, Select } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { useListUrl } from '../../_parts/use-list-url';
import type { Preset } from './periods';

interface PeriodFilterProps {
  readonly period: Preset | 'custom';
  readonly range: { readonly from: string; readonly to: string };
}

/** A named period or two days of one's own; both stand in the address. */
export function PeriodFilter({ period, range }: PeriodFilterProps) {
  const t = useTranslations('reports');
  const c = useTranslations('common');
  const url = useListUrl();
  const [own, setOwn] = useState(period === 'custom');
  const choose = (value: string) => {
    setOwn(value === 'custom');
    if (value !== 'custom') url.filter({ period: value, from: null, to: null });
  };
  return (
    <>
      <Field label={c('fields.period')} className="w-full sm:w-48">
        <Select
          value={own ? 'custom' : period}
          onValueChange={choose}
          options={[
            { value: 'thisMonth', label: c('dates.thisMonth') }, { value: 'lastMonth', label: c('dates.lastMonth') }, { value: 'last30Days', label: c('dates.last30Days') },
            { value: 'last90Days', label: c('dates.last90Days') }, { value: 'thisYear', label: c('dates.thisYear') }, { value: 'custom', label: t('custom') },
          ]}
        />
      </Field>
      {own ? <OwnRange range={range} onShow={(from, to) => url.filter({ period: null, from, to })} /> : null}
    </>
  );
}

function OwnRange({ range, onShow }: { range: { from: string; to: string }; onShow: (from: string, to: string) => void }) {
  const t = useTranslations('reports');
  const [from, setFrom] = useState<string | null>(range.from);
  const [to, setTo] = useState<string | null>(range.to);
  const [wrong, setWrong] = useState(false);
  const show = (event: FormEvent) => {
    event.preventDefault();
    const right = from !== null && to !== null && from <= to;
    setWrong(!right);
    if (right) onShow(from, to);
  };
  return (
    <form method="post" onSubmit={show} noValidate className="flex flex-wrap items-start gap-3">
      <Field label={t('fromDay')} error={wrong ? t('badPeriod') : undefined} className="max-w-44"><DateInput value={from} onValueChange={(value) => setFrom(value)} /></Field>
      <Field label={t('toDay')} className="max-w-44"><DateInput value={to} onValueChange={(value) => setTo(value)} /></Field>
      <Button type="submit" variant="secondary" className="mt-6">{t('show')}</Button>
    </form>
  );
}
