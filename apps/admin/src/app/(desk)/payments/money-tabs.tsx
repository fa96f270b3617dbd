import { TabLinks } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';

/** The pages about payments, for who may see more than the payments themselves. */
export async function MoneyTabs({ at, inbox }: { at: 'payments' | 'events' | 'reconciliation'; inbox: boolean }) {
  if (!inbox) return null;
  const [t, e, r] = await Promise.all([getTranslations('admin.payments'), getTranslations('inbox'), getTranslations('reconciliation')]);
  return (
    <TabLinks
      label={t('list')}
      className="mb-4"
      items={[
        { href: '/payments', label: t('list'), current: at === 'payments' },
        { href: '/payments/events', label: e('title'), current: at === 'events' },
        { href: '/payments/reconciliation', label: r('title'), current: at === 'reconciliation' },
      ]}
    />
  );
}
