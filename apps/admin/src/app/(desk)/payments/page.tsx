import { paymentStatuses } from '@interdomestik/rules';
import { PageHead } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { ExportButton } from '../../_parts/export-button';
import { oneOf, only, readQuery, type Query } from '../../_parts/query';
import { storedMethods } from '../../_parts/stored-methods';
import { MoneyTabs } from './money-tabs';
import { PaymentList } from './payment-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('payments') };
}

export default async function PaymentsPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('payments.read');
  const [get, api, c] = await Promise.all([readQuery(searchParams), caller(), getTranslations('common.nav')]);
  const filters = { status: only(oneOf(get('status'), paymentStatuses)), method: only(oneOf(get('method'), storedMethods)) };
  const page = await needed(api.payments.list({ cursor: get('cursor'), filters }));
  return (
    <>
      <PageHead title={c('payments')} actions={me.can('exports.run') ? <ExportButton wish={{ list: 'payments', filters }} /> : undefined} />
      <MoneyTabs at="payments" inbox={me.can('webhooks.read')} bank={me.can('bank.reconcile')} refunds={me.can('payments.refund')} />
      <PaymentList page={page} showsMembers={me.can('members.read')} refunds={me.can('payments.refund')} />
    </>
  );
}
