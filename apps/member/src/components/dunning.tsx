import { ButtonLink, Notice } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { show } from '~/server/show';
import type { Outputs } from '~/trpc/outputs';
import { PayButton } from './pay-button';

/** On every page until it is settled: what is not paid, until when it can be, and the one thing to do about it. Nothing where nothing is owed. */
export async function Dunning({ dunning }: { dunning: Outputs['memberships']['dunning'] }) {
  const [t, f] = await Promise.all([getTranslations('member.dunning'), show()]);
  switch (dunning.kind) {
    case 'none': return null;
    case 'failed': {
      const amount = f.money(dunning.amount);
      return <Notice className="mb-6" tone="danger" title={t('failedTitle')} actions={<PayButton paymentId={dunning.paymentId}>{t('failedAction', { amount })}</PayButton>}>{t('failedText', { amount })}</Notice>;
    }
    case 'past_due': return <Notice className="mb-6" tone="warning" title={t('pastDueTitle')} actions={<ButtonLink href="/renew">{t('renew')}</ButtonLink>}>{t('pastDueText', { plan: dunning.planTitle, until: f.day(dunning.until) })}</Notice>;
    case 'overdue': return <Notice className="mb-6" tone="warning" title={t('overdueTitle')} actions={<ButtonLink href="/payments">{t('overdueAction')}</ButtonLink>}>{t('overdueText', { amount: f.money(dunning.amount), date: f.day(dunning.dueOn) })}</Notice>;
    case 'lapsed': return <Notice className="mb-6" tone="danger" title={t('lapsedTitle')} actions={<ButtonLink href="/renew">{t('renew')}</ButtonLink>}>{t('lapsedText', { plan: dunning.planTitle, date: f.day(dunning.endedOn) })}</Notice>;
  }
}
