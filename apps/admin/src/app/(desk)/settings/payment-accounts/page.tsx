import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { AccountList } from './account-list';
import { ClearingAccounts } from './clearing-accounts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('providerAccounts'))('title') };
}

/** Where the tenant's money arrives, and with which keys. */
export default async function PaymentAccountsPage() {
  const me = await viewer('settings.read');
  const api = await caller();
  const [accounts, clearing] = await Promise.all([needed(api.paymentAccounts.list()), needed(api.clearances.access())]);
  return (
    <>
      <AccountList accounts={accounts} mayChange={me.can('settings.write')} seesInbox={me.can('webhooks.read')} />
      <ClearingAccounts accounts={clearing} mayChange={me.can('settings.write')} />
    </>
  );
}
