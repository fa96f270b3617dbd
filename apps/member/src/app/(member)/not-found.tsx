import { ButtonLink, EmptyState } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';

export default async function NotFound() {
  const t = await getTranslations('common.pages');
  return <EmptyState title={t('notFoundTitle')} action={<ButtonLink variant="secondary" href="/home">{t('toHome')}</ButtonLink>}>{t('notFoundHelp')}</EmptyState>;
}
