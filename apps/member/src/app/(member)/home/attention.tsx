import { ButtonLink, Notice, Section, TextLink } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Paused } from '~/components/paused';
import { PayButton } from '~/components/pay-button';
import { nextStepOf } from '~/lib/claim-next';
import { show } from '~/server/show';
import { isPaused } from '~/server/site';
import type { Outputs } from '~/trpc/outputs';
import { ChangedTexts } from './changed-texts';

interface AttentionProps {
  readonly account: Outputs['accounts']['me'];
  readonly membership: Outputs['memberships']['mine'];
  readonly claims: Outputs['claims']['mine'];
  readonly changed: Outputs['privacy']['changedTexts'];
}

/** What waits for the member, the most urgent first. Nothing at all when nothing waits. */
export async function Attention({ account, membership, claims, changed }: AttentionProps) {
  const [t, common, f] = await Promise.all([getTranslations('member.home'), getTranslations('common'), show()]);
  const items: ReactNode[] = [];
  const { pendingPayment } = membership;
  // a card that was refused is told of on every page, above
  if (pendingPayment?.method === 'bank_transfer') {
    const { paymentId, failed, expiresOn } = pendingPayment;
    const values = { amount: f.money(pendingPayment.amount), day: f.day(expiresOn ?? '') };
    items.push(
      <Notice key="pay" tone="warning" title={failed ? t('transferLapsedTitle') : t('transferTitle')} actions={<ButtonLink href={`/pay/${paymentId}`}>{failed ? t('transferAgain') : t('transferOpen')}</ButtonLink>}>
        {failed ? t('transferLapsedText', values) : t('transferText', values)}
      </Notice>,
    );
  } else if (pendingPayment !== null && !pendingPayment.failed) {
    const amount = f.money(pendingPayment.amount);
    const paused = await isPaused('payments.card');
    items.push(
      <Notice key="pay" tone="warning" title={t('payTitle')} actions={paused ? undefined : <PayButton paymentId={pendingPayment.paymentId}>{t('payNow', { amount })}</PayButton>}>
        {t('payText', { amount })}
      </Notice>,
    );
    if (paused) items.push(<Paused key="paused" what="payments.card" />);
  }
  for (const claim of claims) {
    const next = nextStepOf(claim);
    if (next.key !== 'documents') continue;
    items.push(
      <Notice key={claim.id} tone="warning" title={t('documentsTitle')} actions={<ButtonLink variant="secondary" href={`/claims/${claim.id}`}>{t('documentsAction')}</ButtonLink>}>
        {t('documentsText', { number: claim.code ?? '' })}
      </Notice>,
    );
  }
  if (changed.length > 0) items.push(<ChangedTexts key="texts" texts={changed} />);
  for (const claim of claims.filter(({ status }) => status === 'draft').slice(0, 2)) {
    items.push(
      <Notice key={claim.id} tone="info" title={t('draftTitle')} actions={<ButtonLink variant="secondary" href={`/claims/${claim.id}/edit`}>{t('draftAction')}</ButtonLink>}>
        {/* i18n-keys: common.claimCategories.* */}
        {t('draftText', { category: common(`claimCategories.${claim.category}`) })}
      </Notice>,
    );
  }
  if (!account.emailVerified && account.email !== null) {
    items.push(
      <Notice key="mail" tone="info" title={t('mailTitle')} actions={<TextLink kind="standalone" href="/profile">{t('mailAction')}</TextLink>}>
        <span className="break-words">{t('mailText', { email: account.email })}</span>
      </Notice>,
    );
  }
  if (items.length === 0) return null;
  return <Section title={t('attentionTitle')}><div className="space-y-3">{items}</div></Section>;
}
