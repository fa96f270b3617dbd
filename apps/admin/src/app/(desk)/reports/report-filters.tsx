'use client';
import type { ReportName, RevenueGroup } from '@interdomestik/rules/reports';
import { revenueGroups } from '@interdomestik/rules/reports';
import { Button, DateInput, Field, Input, Select } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { useListUrl } from '../../_parts/use-list-url';
import { PeriodFilter } from './period-filter';
import { minutesOf, timeOf, type Cut, type Preset } from './periods';

interface ReportFiltersProps {
  readonly report: ReportName;
  readonly period: Preset | 'custom';
  readonly range: { readonly from: string; readonly to: string };
  readonly group: RevenueGroup;
  /** To choose from; none for who sees one branch. */
  readonly branches: readonly { readonly id: string; readonly name: string }[];
  readonly branchId: string | null;
  readonly cut: Cut | null;
}

// i18n-keys: reports.groups.*
/** What a report is asked: period, branch, grouping and the moment up to which it counts; all of it stands in the address. */
export function ReportFilters({ report, period, range, group, branches, branchId, cut }: ReportFiltersProps) {
  const t = useTranslations('reports');
  const url = useListUrl();
  const [ownCut, setOwnCut] = useState(cut !== null);
  const chooseCut = (value: string) => {
    setOwnCut(value === 'own');
    if (value === 'end') url.filter({ at: null });
  };
  return (
    <div className="mb-6 flex flex-wrap items-end gap-3">
      <PeriodFilter period={period} range={range} />
      {report === 'revenue' ? (
        <Field label={t('groupBy')} className="w-full sm:w-44">
          <Select value={group} onValueChange={(value) => url.filter({ by: value })} options={revenueGroups.map((value) => ({ value, label: t(`groups.${value}`) }))} />
        </Field>
      ) : null}
      {branches.length < 2 ? null : (
        <Field label={t('branch')} className="w-full sm:w-48">
          <Select value={branchId ?? 'all'} onValueChange={(value) => url.filter({ branch: value === 'all' ? null : value })} options={[{ value: 'all', label: t('allBranches') }, ...branches.map(({ id, name }) => ({ value: id, label: name }))]} />
        </Field>
      )}
      <Field label={t('asOf')} className="w-full sm:w-44">
        <Select value={ownCut ? 'own' : 'end'} onValueChange={chooseCut} options={[{ value: 'end', label: t('endOfPeriod') }, { value: 'own', label: t('ownMoment') }]} />
      </Field>
      {ownCut ? <OwnCut cut={cut} day={range.to} onShow={(at) => url.filter({ at })} /> : null}
    </div>
  );
}

function OwnCut({ cut, day: lastDay, onShow }: { cut: Cut | null; day: string; onShow: (at: string) => void }) {
  const t = useTranslations('reports');
  const [day, setDay] = useState<string | null>(cut?.day ?? lastDay);
  const [time, setTime] = useState(timeOf(cut?.minute ?? 0));
  const [wrong, setWrong] = useState(false);
  const show = (event: FormEvent) => {
    event.preventDefault();
    const minute = minutesOf(time);
    setWrong(day === null || minute === null);
    if (day !== null && minute !== null) onShow(`${day} ${timeOf(minute)}`);
  };
  return (
    <form method="post" onSubmit={show} noValidate className="flex flex-wrap items-start gap-3">
      <Field label={t('cutDay')} error={wrong ? t('badTime') : undefined} className="max-w-44"><DateInput value={day} onValueChange={(value) => setDay(value)} /></Field>
      <Field label={t('atTime')} className="max-w-28"><Input value={time} inputMode="numeric" onChange={(event) => setTime(event.target.value)} /></Field>
      <Button type="submit" variant="secondary" className="mt-6">{t('show')}</Button>
    </form>
  );
}
