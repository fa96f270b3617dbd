import { TabLinks } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import type { Period } from './series';

/** Which period the figures are of; stands in the address. */
export async function PeriodTabs({ period }: { period: Period }) {
  const t = await getTranslations('admin.home');
  return (
    <TabLinks
      label={t('period')}
      className="mb-4"
      items={[
        { href: '/', label: t('month'), current: period === 'month' },
        { href: '/?period=quarter', label: t('quarter'), current: period === 'quarter' },
        { href: '/?period=year', label: t('year'), current: period === 'year' },
      ]}
    />
  );
}
