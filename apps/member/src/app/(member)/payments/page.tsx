import { ButtonLink, DateText, EmptyState, Money, PageHead, Status } from '@interdomestik/ui';
import { ReceiptText } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AskRefund } from '~/components/ask-refund';
import { BackToMore } from '~/components/back';
import { CardPortal } from '~/components/card-portal';
import { Instalments } from '~/components/instalments';
import { Paused } from '~/components/paused';
import { PayButton } from '~/components/pay-button';
import { WhyPrice } from '~/components/why-price';
import { paymentLook } from '~/lib/tones';
import { caller, needed } from '~/server/caller';
import { show } from '~/server/show';
import { isPaused } from '~/server/site';
import { viewer } from '~/server/viewer';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('payments') };
}

export default async function Payments() {
  await viewer('payments.read');
  const api = await caller();
  const [paused, t, common, f, payments, schedules, refunds] = await Promise.all([isPaused('payments.card'), getTranslations('member.payments'), getTranslations('common'), show(), needed(api.payments.mine()), needed(api.instalments.mine()), needed(api.refunds.mine())]);
  return (
    <>
      <PageHead title={common('nav.payments')} back={<BackToMore />} />
      {payments.some((payment) => payment.method === 'card' && (payment.status === 'pending' || payment.status === 'failed')) ? <Paused what="payments.card" className="mb-6" /> : null}
      {schedules.map((schedule) => <Instalments key={schedule.membershipId} schedule={schedule} paused={paused} />)}
      {refunds.map((own) => (
        <AskRefund
          key={own.membershipId} own={own} amount={own.amount === null ? null : f.money(own.amount)} until={own.until === null ? '' : f.day(own.until)}
          asked={own.request === null ? null : { amount: f.money(own.request.amount), at: f.dayOf(own.request.at) }}
        />
      ))}
      {payments.length === 0 ? (
        <EmptyState icon={<ReceiptText />} title={t('emptyTitle')} action={<ButtonLink variant="secondary" href="/home">{t('toMembership')}</ButtonLink>}>{t('emptyText')}</EmptyState>
      ) : (
        <ul className="divide-y divide-line rounded-card border bg-raised">
          {payments.map((payment) => {
            const at = payment.paidAt ?? payment.createdAt;
            const open = payment.method === 'card' && (payment.status === 'pending' || payment.status === 'failed');
            return (
              <li key={payment.id} className="px-4 py-4 sm:px-5">
                <div className="flex items-baseline justify-between gap-4">
                  <span className="font-semibold">{payment.planTitle ?? common('nouns.payment')}</span>
                  <Money strong>{f.money(payment.amount)}</Money>
                </div>
                <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-note text-ink-muted">
                  {/* i18n-keys: common.statuses.payment.*, common.paymentMethods.* */}
                  <Status {...paymentLook[payment.status]}>{common(`statuses.payment.${payment.status}`)}</Status>
                  <DateText iso={at.toISOString()}>{f.dayOf(at)}</DateText>
                  <span>{common(`paymentMethods.${payment.method}`)}</span>
                </div>
                {payment.refunded.minor > 0n ? <p className="mt-1 text-note text-ink-muted">{t('refunded', { amount: f.money(payment.refunded) })}</p> : null}
                {payment.status === 'succeeded' ? (
                  <p className="mt-1 text-note text-ink-muted">{payment.taxDocumentIssuer === 'provider' ? t('providerDocument') : t('ourDocument')}</p>
                ) : null}
                {payment.membershipId === null || payment.amount.minor === 0n ? null : <WhyPrice membershipId={payment.membershipId} />}
                {payment.method === 'bank_transfer' && (payment.status === 'pending' || payment.status === 'failed') ? <ButtonLink variant="secondary" className="mt-3" href={`/pay/${payment.id}`}>{t('openSlip')}</ButtonLink> : null}
                {open && !paused ? <PayButton paymentId={payment.id} className="mt-3">{t('payNow')}</PayButton> : null}
              </li>
            );
          })}
        </ul>
      )}
      {payments.some(({ method, paidAt }) => method === 'card' && paidAt !== null) ? <CardPortal /> : null}
    </>
  );
}
