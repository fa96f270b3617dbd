'use client';
import { Status } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';

export type Branch = Outputs['branches']['list'][number];

/** Whether a branch works. */
export function BranchState({ open }: { open: boolean }) {
  const t = useTranslations('admin.branches');
  return open ? <Status tone="success" look="plain">{t('open')}</Status> : <Status tone="neutral" look="plain">{t('closed')}</Status>;
}
