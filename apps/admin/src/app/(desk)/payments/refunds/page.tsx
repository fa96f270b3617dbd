import { refundStatuses } from '@interdomestik/rules';
import { PageHead } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { oneOf, only, readQuery, type Query } from '../../../_parts/query';
import { MoneyTabs } from '../money-tabs';
import { RefundList } from './refund-list';
import { RequestList } from './request-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('refunds'))('title') };
}

/** Who asks for a fee back, and all money that was given back or is on its way. */
export default async function RefundsPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('payments.refund');
  const [get, api, c, t] = await Promise.all([readQuery(searchParams), caller(), getTranslations('common.nav'), getTranslations('refunds')]);
  const [requests, page] = await Promise.all([
    needed(api.refunds.requests({ limit: 100, filters: { status: ['open'] } })), needed(api.refunds.list({ cursor: get('cursor'), filters: { status: only(oneOf(get('status'), refundStatuses)) } })),
  ]);
  return (
    <>
      <PageHead title={c('payments')} meta={t('help')} />
      <MoneyTabs at="refunds" inbox={me.can('webhooks.read')} refunds bank={me.can('bank.reconcile')} />
      <div className="space-y-8">
        <RequestList requests={requests.items} showsMembers={me.can('members.read')} />
        <RefundList page={page} showsMembers={me.can('members.read')} />
      </div>
    </>
  );
}
