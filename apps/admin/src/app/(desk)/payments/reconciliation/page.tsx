import { PageHead } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { readQuery, type Query } from '../../../_parts/query';
import { MoneyTabs } from '../money-tabs';
import { DifferenceList } from './difference-list';
import { RunList } from './run-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reconciliation'))('title') };
}

/** What the payment provider lists otherwise than we do, and the comparisons that found it. */
export default async function ReconciliationPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('webhooks.read');
  const [get, api, c, t] = await Promise.all([readQuery(searchParams), caller(), getTranslations('common.nav'), getTranslations('reconciliation')]);
  const resolved = get('view') === 'resolved';
  const [page, standing] = await Promise.all([needed(api.reconciliations.differences({ cursor: get('cursor'), filters: { resolved } })), needed(api.reconciliations.list())]);
  return (
    <>
      <PageHead title={c('payments')} meta={t('help')} />
      <MoneyTabs at="reconciliation" inbox refunds={me.can('payments.refund')} bank={me.can('bank.reconcile')} />
      <div className="space-y-8">
        <DifferenceList page={page} resolved={resolved} showsMembers={me.can('members.read')} />
        <RunList first={standing} mayStart={me.can('webhooks.replay')} />
      </div>
    </>
  );
}
