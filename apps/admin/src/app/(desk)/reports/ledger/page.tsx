import { isDateOnly, todayIn } from '@interdomestik/rules/periods';
import { PageHead } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer } from '@/server/viewer';
import { readQuery, type Query } from '../../../_parts/query';
import { ReportTabs } from '../report-tabs';
import { AccountList } from './account-list';
import { Closings } from './closings';

export async function generateMetadata() {
  return { title: (await getTranslations('reports'))('ledger.title') };
}

export default async function LedgerPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('ledger.read');
  const [query, { now }, api, t] = await Promise.all([readQuery(searchParams), requestContext(), caller(), getTranslations('reports')]);
  const asked = query('to');
  const to = asked !== undefined && isDateOnly(asked) ? asked : todayIn(me.tenant.timeZone, now);
  const [accounts, closings] = await Promise.all([needed(api.ledger.accounts({ to })), needed(api.ledger.closings())]);
  return (
    <>
      <PageHead title={t('ledger.title')} meta={t('ledger.help')} />
      <ReportTabs at="ledger" ledger />
      <div className="space-y-10">
        <AccountList accounts={accounts} to={to} />
        <Closings standing={closings} mayClose={me.can('ledger.close')} />
      </div>
    </>
  );
}
