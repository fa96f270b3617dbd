'use client';
import { Button, DateInput, Field, Select } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { useListUrl } from '../../_parts/use-list-url';
import type { Grouping, Preset } from './periods';

interface ReportFiltersProps {
  readonly period: Preset | 'custom';
  readonly range: { readonly from: string; readonly to: string };
  readonly groupBy: Grouping;
}

/** Period and grouping of a report; both stand in the address. */
export function ReportFilters({ period, range, groupBy }: ReportFiltersProps) {
  const t = useTranslations('admin.reports');
  const c = useTranslations('common');
  const url = useListUrl();
  const [own, setOwn] = useState(period === 'custom');
  const choose = (value: string) => {
    setOwn(value === 'custom');
    if (value !== 'custom') url.filter({ period: value, from: null, to: null });
  };
  return (
    <div className="mb-6 flex flex-wrap items-end gap-3">
      <Field label={c('fields.period')} className="w-full sm:w-52">
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
      <Field label={t('groupBy')} className="w-full sm:w-40">
        <Select
          value={groupBy}
          onValueChange={(value) => url.filter({ by: value })}
          options={[{ value: 'day', label: t('byDay') }, { value: 'month', label: t('byMonth') }, { value: 'branch', label: t('byBranch') }]}
        />
      </Field>
    </div>
  );
}

function OwnRange({ range, onShow }: { range: { from: string; to: string }; onShow: (from: string, to: string) => void }) {
  const t = useTranslations('admin.reports');
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
