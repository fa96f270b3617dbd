import { getTranslations } from 'next-intl/server';

export default async function Home() {
  const t = await getTranslations('common');
  return <main id="content">{t('brand')}</main>;
}
