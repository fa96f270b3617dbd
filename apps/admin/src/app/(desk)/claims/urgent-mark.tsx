'use client';
import { Status } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';

/** Marks a claim that goes before others; nothing on one that does not. */
export function UrgentMark({ priority }: { priority: 'normal' | 'urgent' }) {
  const t = useTranslations('admin.claims');
  return priority === 'urgent' ? <Status tone="warning" shape="warning" look="plain">{t('urgent')}</Status> : null;
}
