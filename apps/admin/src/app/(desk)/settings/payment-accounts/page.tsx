import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { AccountList } from './account-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('providerAccounts'))('title') };
}

/** Where the tenant's money arrives, and with which keys. */
export default async function PaymentAccountsPage() {
  const me = await viewer('settings.read');
  const accounts = await needed((await caller()).paymentAccounts.list());
  return <AccountList accounts={accounts} mayChange={me.can('settings.write')} seesInbox={me.can('webhooks.read')} />;
}
