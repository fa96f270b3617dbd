import { TabLinks } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { placesFor, type Place } from './places';

/** The views of cash, as tabs that stand in the address. */
export async function PlaceTabs({ place, verifies, own }: { place: Place; verifies: boolean; own: boolean }) {
  const t = await getTranslations('admin.cash');
  // i18n-keys: admin.cash.place.*
  const items = placesFor(verifies).map((one) => ({ href: `/cash?place=${one}`, label: own && one === 'collected' ? t('inHand') : t(`place.${one}`), current: one === place }));
  return <TabLinks label={t('views')} className="mb-4" items={items} />;
}
