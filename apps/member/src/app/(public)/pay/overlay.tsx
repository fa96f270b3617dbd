'use client';
import type { Locale } from '@interdomestik/rules/locales';
import { ButtonLink, Notice } from '@interdomestik/ui';
import { CheckoutEventNames, initializePaddle, type PaddleEventData } from '@paddle/paddle-js';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { Outputs } from '~/trpc/outputs';

interface OverlayProps {
  readonly settings: Outputs['payments']['overlay'];
  readonly transaction: string;
  readonly locale: Locale;
}

/** Languages that the provider's window speaks; for ours that it lacks it goes by the browser. */
const spoken: Partial<Record<Locale, string>> = { en: 'en', sr: 'sr' };

/** Our payment that the provider's event is about, as we named it when the checkout was opened. */
function paymentOf({ data }: PaddleEventData): string | null {
  const custom: unknown = data?.custom_data;
  if (typeof custom !== 'object' || custom === null || !('reference' in custom)) return null;
  return typeof custom.reference === 'string' && /^[\da-f-]{36}$/u.test(custom.reference) ? custom.reference : null;
}

/** Opens the provider's payment window. What it says on the way back only steers this page: the signed message to our server decides. */
export function Overlay({ settings, transaction, locale }: OverlayProps) {
  const t = useTranslations('member.pay');
  const [failed, setFailed] = useState(settings === null);
  useEffect(() => {
    if (settings === null) return;
    const language = spoken[locale];
    let done = false;
    const go = (event: PaddleEventData, result: 'success' | 'cancel') => {
      const payment = paymentOf(event);
      window.location.assign(payment === null ? '/payments' : `/pay/${payment}?result=${result}`);
    };
    void initializePaddle({
      token: settings.clientToken,
      environment: settings.environment,
      checkout: { settings: { displayMode: 'overlay', ...(language === undefined ? {} : { locale: language }) } },
      eventCallback: (event) => {
        if (event.name === CheckoutEventNames.CHECKOUT_COMPLETED) {
          done = true;
          go(event, 'success');
        }
        if (event.name === CheckoutEventNames.CHECKOUT_CLOSED && !done) go(event, 'cancel');
        if (event.name === CheckoutEventNames.CHECKOUT_ERROR) setFailed(true);
      },
    // the script opens the transaction of `_ptxn` by itself
    }).then((paddle) => { if (paddle === undefined) setFailed(true); }, () => setFailed(true));
  }, [settings, transaction, locale]);
  if (!failed) return <p role="status" className="mt-3 text-ink-muted">{t('overlayText')}</p>;
  return (
    <Notice tone="danger" live className="mt-6" actions={<ButtonLink variant="secondary" href="/payments">{t('seePayments')}</ButtonLink>}>{t('overlayFailed')}</Notice>
  );
}
