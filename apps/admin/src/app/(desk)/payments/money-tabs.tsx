import { TabLinks } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';

/** The pages about payments, for who may see more than the payments themselves. */
export async function MoneyTabs({ at, inbox }: { at: 'payments' | 'events'; inbox: boolean }) {
  if (!inbox) return null;
  const [t, e] = await Promise.all([getTranslations('admin.payments'), getTranslations('inbox')]);
  return (
    <TabLinks
      label={t('list')}
      className="mb-4"
      items={[
        { href: '/payments', label: t('list'), current: at === 'payments' },
        { href: '/payments/events', label: e('title'), current: at === 'events' },
      ]}
    />
  );
}
