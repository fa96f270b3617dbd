import { localeNames, locales } from '@interdomestik/i18n';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { platformViewer } from '@/server/platform';
import { People } from './people';

export async function generateMetadata() {
  const t = await getTranslations('admin.superAdmins');
  return { title: t('title') };
}

export default async function PeoplePage() {
  await platformViewer();
  const [people, { locale }] = await Promise.all([needed((await caller()).superAdmins.list()), requestContext()]);
  return <People people={people} locale={locale} languages={locales.map((code) => ({ code, name: localeNames[code] }))} />;
}
