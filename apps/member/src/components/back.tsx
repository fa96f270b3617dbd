'use client';
import { TextLink } from '@interdomestik/ui';
import { ArrowLeft } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';

/** The way back from a page that "More" leads to. */
export function BackToMore() {
  const t = useTranslations('common.nav');
  return <TextLink kind="standalone" href="/more" className="md:hidden"><ArrowLeft aria-hidden="true" />{t('more')}</TextLink>;
}
