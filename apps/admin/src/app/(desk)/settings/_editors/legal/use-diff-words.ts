'use client';
import type { TextDiffProps } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';

/** The words of a difference between two texts. */
export function useDiffWords(): TextDiffProps['words'] {
  const t = useTranslations('editors.diff');
  return { added: t('added'), removed: t('removed'), same: t('same'), unchanged: (lines) => t('unchanged', { count: lines }) };
}
