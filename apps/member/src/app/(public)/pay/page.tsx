import { PageColumn } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { caller } from '~/server/caller';
import { show } from '~/server/show';
import { site } from '~/server/viewer';
import { Overlay } from './overlay';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('member.pay'))('overlayTitle'), robots: { index: false } };
}

/** The page that the provider opens its payment window over; its address carries the transaction as `_ptxn`. */
export default async function PayOverlay({ searchParams }: { searchParams: Promise<{ _ptxn?: string | string[] }> }) {
  await site();
  const { _ptxn: transaction } = await searchParams;
  if (typeof transaction !== 'string' || !/^txn_[a-z0-9]{10,40}$/u.test(transaction)) notFound();
  const [t, f, settings] = await Promise.all([getTranslations('member.pay'), show(), (await caller()).payments.overlay().catch(() => null)]);
  return (
    <PageColumn width="text">
      <h1 className="text-page">{t('overlayTitle')}</h1>
      <Overlay settings={settings} transaction={transaction} locale={f.locale} />
    </PageColumn>
  );
}
