import { isDateOnly, todayIn } from '@interdomestik/rules/periods';
import { PageHead } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer } from '@/server/viewer';
import { oneOf, readQuery, type Query } from '../../_parts/query';
import { groupings, presetRange, presets } from './periods';
import { ReportFilters } from './report-filters';
import { TakingsReport } from './takings-report';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('reports') };
}

export default async function ReportsPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('reports.read');
  const [query, { now }, t, c] = await Promise.all([readQuery(searchParams), requestContext(), getTranslations('admin.reports'), getTranslations('common.nav')]);
  const [from, to] = [query('from'), query('to')];
  const own = from !== undefined && to !== undefined && isDateOnly(from) && isDateOnly(to) && from <= to ? { from, to } : null;
  const preset = oneOf(query('period'), presets) ?? 'thisYear';
  const range = own ?? presetRange(preset, todayIn(me.tenant.timeZone, now));
  const groupBy = oneOf(query('by'), groupings) ?? 'month';
  const rows = await needed((await caller()).reports.takings({ ...range, groupBy }));
  return (
    <>
      <PageHead title={c('reports')} meta={t('help')} />
      <ReportFilters period={own === null ? preset : 'custom'} range={range} groupBy={groupBy} />
      <TakingsReport rows={rows} groupBy={groupBy} />
    </>
  );
}
