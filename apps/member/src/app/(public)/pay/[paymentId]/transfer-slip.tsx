'use client';
import { printIban, printReference } from '@interdomestik/rules/bank';
import { Button, ButtonLink, KeyValue, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useCheckout } from '~/components/pay-button';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';

/** How often somebody who leaves the page open hears of the money. */
const lookEveryMs = 30_000;

function save({ base64, fileName }: { base64: string; fileName: string }): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type: 'application/pdf' }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Where a transfer goes, how much and with which reference; what has become of it. */
export function TransferSlip({ first }: { first: Outputs['payments']['slip'] }) {
  const t = useTranslations('member.transfer');
  const pay = useTranslations('member.pay');
  const show = useShow();
  const utils = trpc.useUtils();
  const checkout = useCheckout();
  const query = trpc.payments.slip.useQuery({ paymentId: first.paymentId }, { initialData: first, refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? lookEveryMs : false) });
  const { state, details, amount, received, reference, expiresOn, planTitle, title, referenceLabel } = query.data;
  const download = async () => save(await utils.payments.slipFile.fetch({ paymentId: first.paymentId }));
  const toHome = <ButtonLink variant="secondary" href="/home">{pay('toPortal')}</ButtonLink>;
  if (state === 'paid') {
    return (
      <div aria-live="polite">
        <h1 className="text-page">{pay('paidTitle')}</h1>
        <p className="mt-3 max-w-prose text-ink-muted">{pay('paidText', { amount: show.money(amount) })}</p>
        <div className="mt-6 flex flex-wrap gap-3"><ButtonLink href="/card">{pay('seeCard')}</ButtonLink>{toHome}</div>
      </div>
    );
  }
  if (state === 'lapsed') {
    return (
      <div aria-live="polite">
        <h1 className="text-page">{t('lapsedTitle')}</h1>
        <p className="mt-3 max-w-prose text-ink-muted">{t('lapsedText', { day: show.day(expiresOn) })}</p>
        <div className="mt-6 flex flex-wrap gap-3"><Button loading={checkout.busy} onClick={() => checkout.open(first.paymentId)}>{t('again')}</Button>{toHome}</div>
      </div>
    );
  }
  const missing = received === null ? amount : { minor: amount.minor - received.minor, currency: amount.currency };
  const figures = (text: string) => <span className="figures font-semibold break-words select-all">{text}</span>;
  return (
    <div aria-live="polite">
      <h1 className="text-page">{t('title', { amount: show.money(missing) })}</h1>
      <p className="mt-3 max-w-prose text-ink-muted">{t('text', { plan: planTitle, day: show.day(expiresOn) })}</p>
      {received === null ? null : <Notice tone="warning" className="mt-4">{t('part', { amount: show.money(received), missing: show.money(missing) })}</Notice>}
      <section className="mt-6 rounded-card border bg-raised px-4 py-4 sm:px-5" aria-label={title ?? t('slip')}>
        <h2 className="text-lg">{title ?? t('slip')}</h2>
        <KeyValue
          className="mt-3 border-y"
          items={[
            { label: t('beneficiary'), value: <span>{details.beneficiary}<span className="block text-note text-ink-muted">{details.address}</span></span> },
            { label: t('account'), value: figures(printIban(details.iban)) },
            { label: t('bank'), value: details.swift === null ? details.bank : `${details.bank}, ${details.swift}` },
            { label: t('amount'), value: figures(show.money(missing)) },
            { label: referenceLabel ?? t('reference'), value: figures(printReference(reference)) },
            { label: t('purpose'), value: planTitle },
          ]}
        />
        <p className="mt-3 text-note text-ink-muted">{t('exact')}</p>
      </section>
      <div className="mt-6 flex flex-wrap gap-3 print:hidden">
        <Button onClick={() => void download()}>{t('download')}</Button>
        <Button variant="secondary" onClick={() => window.print()}>{t('print')}</Button>
        {toHome}
      </div>
    </div>
  );
}
