import { instantOf, todayIn } from '@interdomestik/rules/periods';
import { reportNames, revenueGroups } from '@interdomestik/rules/reports';
import { PageHead } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer } from '@/server/viewer';
import { idOf, oneOf, readQuery, type Query } from '../../_parts/query';
import { Download } from './download';
import { OpenItems } from './open-items';
import { askedPeriod, cutText } from './periods';
import { ReportFilters } from './report-filters';
import { ReportTabs } from './report-tabs';
import { ReportView } from './report-view';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('reports') };
}

// i18n-keys: reports.helps.*
export default async function ReportsPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('reports.read');
  const [query, { now }, api, t, c] = await Promise.all([readQuery(searchParams), requestContext(), caller(), getTranslations('reports'), getTranslations('common.nav')]);
  const report = oneOf(query('report'), reportNames) ?? 'revenue';
  const { period, range } = askedPeriod(query, todayIn(me.tenant.timeZone, now));
  const group = oneOf(query('by'), revenueGroups) ?? 'month';
  const cut = cutText(query('at'));
  const asOf = cut === null ? undefined : instantOf(cut.day, me.tenant.timeZone, cut.minute);
  const branchId = idOf(query('branch'));
  const asked = { report, ...range, group, ...(branchId === undefined ? {} : { branchId }), ...(asOf === undefined ? {} : { asOf }) };
  const items = { to: range.to, ...(branchId === undefined ? {} : { branchId }), ...(asOf === undefined ? {} : { asOf }) };
  const [table, branches, open] = await Promise.all([needed(api.reports.table(asked)), me.reach === 'tenant' ? api.branches.list() : [], report === 'receivables' ? needed(api.reports.items(items)) : null]);
  const kept = Object.fromEntries(['period', 'from', 'to', 'branch', 'at'].map((key) => [key, query(key)]));
  return (
    <>
      <PageHead title={c('reports')} meta={t(`helps.${report}`)} actions={me.can('exports.run') ? <Download asked={asked} /> : undefined} />
      <ReportTabs at={report} kept={kept} ledger={me.can('ledger.read')} />
      <ReportFilters report={report} period={period} range={range} group={group} branches={branches.map(({ id, name }) => ({ id, name }))} branchId={branchId ?? null} cut={cut} />
      <ReportView table={table} group={group} />
      {open === null ? null : <div className="mt-10"><OpenItems found={open} asked={items} exports={me.can('exports.run')} showsBranch={me.reach === 'tenant'} showsMembers={me.can('members.read')} /></div>}
    </>
  );
}
