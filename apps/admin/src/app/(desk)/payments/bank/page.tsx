import { PageHead } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { readQuery, type Query } from '../../../_parts/query';
import { MoneyTabs } from '../money-tabs';
import { LineList } from './line-list';
import { StatementList } from './statement-list';
import { viewOf, viewStatuses } from './views';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('bank'))('title') };
}

/** What the tenant's bank accounts say: what was booked by itself, and what waits for a person. */
export default async function BankPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('bank.reconcile');
  const [get, api, c, t] = await Promise.all([readQuery(searchParams), caller(), getTranslations('common.nav'), getTranslations('bank')]);
  const view = viewOf(get('view'));
  const [page, summary, standing] = await Promise.all([needed(api.bank.lines({ cursor: get('cursor'), filters: { status: [...viewStatuses[view]] } })), needed(api.bank.summary()), needed(api.bank.statements())]);
  return (
    <>
      <PageHead title={c('payments')} meta={t('help')} />
      <MoneyTabs at="bank" inbox={me.can('webhooks.read')} bank refunds={me.can('payments.refund')} />
      <div className="space-y-8">
        <StatementList standing={standing} fresh={summary.fresh} />
        <LineList page={page} view={view} summary={summary} showsMembers={me.can('members.read')} />
      </div>
    </>
  );
}
