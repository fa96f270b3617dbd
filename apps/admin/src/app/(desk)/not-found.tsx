import { ButtonLink, EmptyState } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';

export default async function DeskNotFound() {
  const t = await getTranslations('common.pages');
  return (
    <div>
      <h1 className="sr-only">{t('notFoundTitle')}</h1>
      <EmptyState title={t('notFoundTitle')} action={<ButtonLink href="/">{t('toHome')}</ButtonLink>}>{t('notFoundHelp')}</EmptyState>
    </div>
  );
}
