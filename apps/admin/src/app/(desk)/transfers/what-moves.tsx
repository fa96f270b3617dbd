'use client';
import { Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';

/** What a transfer changes, in words, before anybody agrees to it. */
export function WhatMoves({ across, className }: { across: boolean; className?: string }) {
  const t = useTranslations('admin.transfers');
  if (!across) return <Notice tone="neutral" className={className}>{t('movesInside')}</Notice>;
  return (
    <Notice tone="neutral" title={t('movesTitle')} className={className}>
      <p>{t('moves')}</p>
      <p className="mt-2">{t('stays')}</p>
    </Notice>
  );
}
