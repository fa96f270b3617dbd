import { isDateOnly, instantOf, todayIn, type DateOnly } from '@interdomestik/rules/periods';
import { reportNames, revenueGroups } from '@interdomestik/rules/reports';
import { PageHead, TabLinks } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer } from '@/server/viewer';
import { idOf, oneOf, readQuery, type Query } from '../../_parts/query';
import { Download } from './download';
import { cutText, presetRange, presets } from './periods';
import { ReportFilters } from './report-filters';
import { ReportView } from './report-view';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('reports') };
}

/** First and last day of the address, when both are days in order. */
function ownRange(from: string | undefined, to: string | undefined): { from: DateOnly; to: DateOnly } | null {
  return from !== undefined && to !== undefined && isDateOnly(from) && isDateOnly(to) && from <= to ? { from, to } : null;
}

// i18n-keys: reports.names.*, reports.helps.*
export default async function ReportsPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('reports.read');
  const [query, { now }, api, t, c] = await Promise.all([readQuery(searchParams), requestContext(), caller(), getTranslations('reports'), getTranslations('common.nav')]);
  const report = oneOf(query('report'), reportNames) ?? 'revenue';
  const own = ownRange(query('from'), query('to'));
  const preset = oneOf(query('period'), presets) ?? 'thisYear';
  const range = own ?? presetRange(preset, todayIn(me.tenant.timeZone, now));
  const group = oneOf(query('by'), revenueGroups) ?? 'month';
  const cut = cutText(query('at'));
  const asOf = cut === null ? undefined : instantOf(cut.day, me.tenant.timeZone, cut.minute);
  const branchId = idOf(query('branch'));
  const asked = { report, ...range, group, ...(branchId === undefined ? {} : { branchId }), ...(asOf === undefined ? {} : { asOf }) };
  const [table, branches] = await Promise.all([needed(api.reports.table(asked)), me.reach === 'tenant' ? api.branches.list() : []]);
  const kept = new URLSearchParams(Object.entries({ period: own === null ? query('period') : undefined, from: own?.from, to: own?.to, branch: branchId, at: cut === null ? undefined : query('at') }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
  return (
    <>
      <PageHead title={c('reports')} meta={t(`helps.${report}`)} actions={me.can('exports.run') ? <Download asked={asked} /> : undefined} />
      <TabLinks
        label={c('reports')}
        className="mb-4"
        items={reportNames.map((name) => ({ href: `/reports?${new URLSearchParams([['report', name], ...kept]).toString()}`, label: t(`names.${name}`), current: name === report }))}
      />
      <ReportFilters report={report} period={own === null ? preset : 'custom'} range={range} group={group} branches={branches.map(({ id, name }) => ({ id, name }))} branchId={branchId ?? null} cut={cut} />
      <ReportView table={table} group={group} />
    </>
  );
}
