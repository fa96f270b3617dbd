import { TabLinks } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';

/** The pages about payments, for who may see more than the payments themselves. */
export async function MoneyTabs({ at, inbox, refunds, bank }: { at: 'payments' | 'refunds' | 'bank' | 'events' | 'reconciliation'; inbox: boolean; refunds: boolean; bank: boolean }) {
  if (!inbox && !refunds && !bank) return null;
  const [t, back, b, e, r] = await Promise.all([getTranslations('admin.payments'), getTranslations('refunds'), getTranslations('bank'), getTranslations('inbox'), getTranslations('reconciliation')]);
  return (
    <TabLinks
      label={t('list')}
      className="mb-4"
      items={[
        { href: '/payments', label: t('list'), current: at === 'payments' },
        ...(refunds ? [{ href: '/payments/refunds', label: back('title'), current: at === 'refunds' }] : []),
        ...(bank ? [{ href: '/payments/bank', label: b('title'), current: at === 'bank' }] : []),
        ...(inbox ? [{ href: '/payments/events', label: e('title'), current: at === 'events' }, { href: '/payments/reconciliation', label: r('title'), current: at === 'reconciliation' }] : []),
      ]}
    />
  );
}
