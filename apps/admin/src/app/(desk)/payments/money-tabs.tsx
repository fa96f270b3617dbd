import { TabLinks } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';

/** The pages about payments, for who may see more than the payments themselves. */
export async function MoneyTabs({ at, inbox, refunds }: { at: 'payments' | 'refunds' | 'events' | 'reconciliation'; inbox: boolean; refunds: boolean }) {
  if (!inbox && !refunds) return null;
  const [t, b, e, r] = await Promise.all([getTranslations('admin.payments'), getTranslations('refunds'), getTranslations('inbox'), getTranslations('reconciliation')]);
  return (
    <TabLinks
      label={t('list')}
      className="mb-4"
      items={[
        { href: '/payments', label: t('list'), current: at === 'payments' },
        ...(refunds ? [{ href: '/payments/refunds', label: b('title'), current: at === 'refunds' }] : []),
        ...(inbox ? [{ href: '/payments/events', label: e('title'), current: at === 'events' }, { href: '/payments/reconciliation', label: r('title'), current: at === 'reconciliation' }] : []),
      ]}
    />
  );
}
