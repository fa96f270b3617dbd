'use client';
import { Button, ButtonLink, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useEffect, useState, type ReactNode } from 'react';
import { useCheckout } from '~/components/pay-button';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';

type State = Outputs['payments']['status'];

/** How long the provider's word may take before we stop saying "in a moment". */
const patienceMs = 60_000;

interface PaymentWatchProps {
  readonly paymentId: string;
  readonly first: State;
  /** What the provider's page said on the way back; only the provider's own message makes a payment paid. */
  readonly back: 'success' | 'cancel' | null;
  /** Cards are paused: what stands can be seen, and not paid now. */
  readonly paused: boolean;
}

/** How the payment stands, kept fresh until it is decided. */
export function PaymentWatch({ paymentId, first, back, paused }: PaymentWatchProps) {
  const t = useTranslations('member.pay');
  const show = useShow();
  const checkout = useCheckout();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), patienceMs);
    return () => window.clearTimeout(timer);
  }, []);
  // a decline from before is still ours to read while the news of the payment that followed is on its way
  const overtaken = (state: State) => state.status === 'failed' && back === 'success' && !late;
  const waits = (state: State | undefined) => state === undefined || state.status === 'pending' || overtaken(state) || (state.status === 'succeeded' && state.membershipStatus === 'pending');
  const query = trpc.payments.status.useQuery({ paymentId }, {
    initialData: first, staleTime: 0, refetchInterval: ({ state }) => (waits(state.data) && (back === 'success' || state.data?.status === 'succeeded') ? (late ? 10_000 : 1500) : false),
  });
  const { status, membershipStatus, amount } = query.data;
  const again = paused ? null : <Button loading={checkout.busy} onClick={() => checkout.open(paymentId)}>{t('payNow', { amount: show.money(amount) })}</Button>;
  const toHome = <ButtonLink variant="secondary" href="/home">{t('toPortal')}</ButtonLink>;

  if (status === 'succeeded' && membershipStatus !== 'pending') {
    return (
      <Told title={t('paidTitle')} text={t('paidText', { amount: show.money(amount) })}>
        <ButtonLink href="/card">{t('seeCard')}</ButtonLink>
        {toHome}
      </Told>
    );
  }
  if (status === 'failed' && !overtaken(query.data)) return <Told title={t('declinedTitle')} text={t('declinedText')}>{again}{toHome}</Told>;
  if (status === 'pending' && back !== 'success') {
    return <Told title={back === 'cancel' ? t('canceledTitle') : t('openTitle')} text={t('openText', { amount: show.money(amount) })}>{again}{toHome}</Told>;
  }
  if (status === 'pending' || status === 'succeeded' || status === 'failed') {
    return (
      <Told title={late ? t('lateTitle') : t('pendingTitle')} text={late ? t('lateText') : t('pendingText')}>
        {late ? toHome : <Notice tone="info" live className="w-full">{t('stayHere')}</Notice>}
      </Told>
    );
  }
  return <Told title={t('otherTitle')} text={t('otherText')}><ButtonLink href="/payments">{t('seePayments')}</ButtonLink></Told>;
}

function Told({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div aria-live="polite">
      <h1 className="text-page">{title}</h1>
      <p className="mt-3 max-w-prose text-ink-muted">{text}</p>
      <div className="mt-6 flex flex-wrap gap-3">{children}</div>
    </div>
  );
}
