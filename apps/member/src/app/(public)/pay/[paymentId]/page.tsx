import { ButtonLink, PageColumn } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Paused } from '~/components/paused';
import { caller, needed } from '~/server/caller';
import { isPaused } from '~/server/site';
import { maybeViewer, site } from '~/server/viewer';
import { PaymentWatch } from './payment-watch';
import { TransferSlip } from './transfer-slip';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('member.pay'))('title'), robots: { index: false } };
}

/** Where the payer comes back to from the provider, and where a pending payment is taken up again. */
export default async function Pay({ params, searchParams }: { params: Promise<{ paymentId: string }>; searchParams: Promise<{ result?: string | string[] }> }) {
  await site();
  const [{ paymentId }, { result }, t, me] = await Promise.all([params, searchParams, getTranslations('member.pay'), maybeViewer()]);
  if (me === null) {
    return (
      <PageColumn width="text">
        <h1 className="text-page">{t('signedOutTitle')}</h1>
        <p className="mt-3 text-ink-muted">{t('signedOutText')}</p>
        <ButtonLink className="mt-6" href={`/sign-in?next=${encodeURIComponent(`/pay/${paymentId}`)}`}>{t('signInToSee')}</ButtonLink>
      </PageColumn>
    );
  }
  const api = await caller();
  const [paused, first, slip] = await Promise.all([isPaused('payments.card'), needed(api.payments.status({ paymentId })), api.payments.slip({ paymentId }).catch(() => null)]);
  if (slip !== null) return <PageColumn width="text"><TransferSlip first={slip} /></PageColumn>;
  return (
    <PageColumn width="text">
      {first.status === 'succeeded' ? null : <Paused what="payments.card" className="mb-6" />}
      <PaymentWatch paused={paused} paymentId={paymentId} first={first} back={result === 'success' ? 'success' : result === 'cancel' ? 'cancel' : null} />
    </PageColumn>
  );
}
