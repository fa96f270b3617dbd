import { PlainPage } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';

export default async function NotFound() {
  const t = await getTranslations('common.pages');
  return <PlainPage title={t('notFoundTitle')}>{t('notFoundHelp')}</PlainPage>;
}
