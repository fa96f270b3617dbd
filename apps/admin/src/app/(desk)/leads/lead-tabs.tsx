'use client';
import { TabLinks } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';

/** Between the leads and the own referral code. */
export function LeadTabs({ current }: { current: 'leads' | 'referral' }) {
  const t = useTranslations('admin.leads');
  return (
    <TabLinks
      className="mb-5"
      label={t('parts')}
      items={[{ href: '/leads', label: t('tab'), current: current === 'leads' }, { href: '/leads/referral', label: t('referralTab'), current: current === 'referral' }]}
    />
  );
}
