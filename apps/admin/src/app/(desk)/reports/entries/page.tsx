import { isCurrency } from '@interdomestik/rules/money';
import { instantOf, todayIn } from '@interdomestik/rules/periods';
import { reportNames, revenueGroups } from '@interdomestik/rules/reports';
import { PageHead, TextLink } from '@interdomestik/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer } from '@/server/viewer';
import { idOf, oneOf, readQuery, type Query } from '../../../_parts/query';
import { askedPeriod, cutText } from '../periods';
import { rowOf } from '../figure';
import { EntryList } from './entry-list';

export async function generateMetadata() {
  return { title: (await getTranslations('reports'))('entries.title') };
}

// i18n-keys: reports.columns.*, reports.names.*
/** The entries of the ledger that one figure of a report is made of. */
export default async function EntriesPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('reports.read');
  const [query, { now }, api, t] = await Promise.all([readQuery(searchParams), requestContext(), caller(), getTranslations('reports')]);
  const report = oneOf(query('report'), reportNames) ?? 'revenue';
  const { range } = askedPeriod(query, todayIn(me.tenant.timeZone, now));
  const cut = cutText(query('at'));
  const [column, currency, branchId] = [query('column') ?? '', query('currency') ?? '', idOf(query('branch'))];
  if (!isCurrency(currency)) notFound();
  const about = rowOf(query('row'));
  const found = await needed(api.reports.entries({
    report, ...range, group: oneOf(query('by'), revenueGroups) ?? 'month', column, currency, limit: 50, cursor: query('cursor'), ...(about === null ? {} : { about }), ...(branchId === undefined ? {} : { branchId }),
    ...(cut === null ? {} : { asOf: instantOf(cut.day, me.tenant.timeZone, cut.minute) }),
  }));
  const back = new URLSearchParams(['report', 'period', 'from', 'to', 'by', 'branch', 'at'].flatMap((key) => { const value = query(key); return value === undefined ? [] : [[key, value]]; }));
  return (
    <>
      <PageHead title={t('entries.title')} meta={`${t(`names.${report}`)} · ${t(`columns.${column as 'net'}`)}`} back={<TextLink kind="standalone" href={`/reports?${back.toString()}`}>{t('entries.back')}</TextLink>} />
      <EntryList found={found} showsMembers={me.can('members.read')} />
    </>
  );
}
