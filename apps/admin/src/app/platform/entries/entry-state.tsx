'use client';
import { Status } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';

/** How a stay of a super admin stands: running, left, or over by itself. */
export function EntryState({ entry, now }: { entry: { readonly endedAt: Date | null; readonly expiresAt: Date }; now: Date }) {
  const t = useTranslations('admin.platform');
  if (entry.endedAt !== null) return <Status tone="neutral" look="plain">{t('left')}</Status>;
  return entry.expiresAt > now ? <Status tone="warning" shape="going" look="plain">{t('stillInside')}</Status> : <Status tone="neutral" look="plain">{t('ranOut')}</Status>;
}
