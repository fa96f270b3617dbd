import { eventTopics, webhookStatuses } from '@interdomestik/rules';
import { PageHead } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { idOf, oneOf, only, readQuery, type Query } from '../../../_parts/query';
import { MoneyTabs } from '../money-tabs';
import { EventList } from './event-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('inbox'))('title') };
}

/** What the payment provider reported, and what became of it. */
export default async function EventsPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('webhooks.read');
  const [get, api, c, t] = await Promise.all([readQuery(searchParams), caller(), getTranslations('common.nav'), getTranslations('inbox')]);
  const [page, standing] = await Promise.all([
    needed(api.webhooks.list({
      cursor: get('cursor'), search: get('q')?.slice(0, 200),
      filters: { status: only(oneOf(get('status'), webhookStatuses)), topic: oneOf(get('topic'), eventTopics), accountId: idOf(get('account')) },
    })),
    needed(api.webhooks.standing()),
  ]);
  return (
    <>
      <PageHead title={c('payments')} meta={t('help')} />
      <MoneyTabs at="events" inbox refunds={me.can('payments.refund')} bank={me.can('bank.reconcile')} />
      <EventList page={page} standing={standing} mayReplay={me.can('webhooks.replay')} showsMembers={me.can('members.read')} />
    </>
  );
}
