'use client';
import { TabLinks } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';

type View = 'staff' | 'member' | 'public' | 'auth' | 'plain';

/** Which shell stands around the pieces. */
export function ViewLinks({ views, current }: { views: readonly View[]; current: View }) {
  const t = useTranslations('admin.design');
  const labels = { staff: t('staff'), member: t('member'), public: t('public'), auth: t('auth'), plain: t('plain') };
  return <TabLinks className="px-4" label={t('views')} items={views.map((view) => ({ href: `/design?view=${view}`, label: labels[view], current: view === current }))} />;
}
