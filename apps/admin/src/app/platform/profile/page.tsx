import { localeNames, locales } from '@interdomestik/i18n';
import { PageHead } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { platformViewer } from '@/server/platform';
import { OwnAccount } from './own-account';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('profile') };
}

export default async function PlatformProfilePage() {
  const me = await platformViewer();
  const [api, { locale }, c] = await Promise.all([caller(), requestContext(), getTranslations('common.nav')]);
  const [sessions, factor] = await Promise.all([needed(api.superAdmins.sessions()), needed(api.secondFactor.state())]);
  return (
    <>
      <PageHead title={c('profile')} />
      <OwnAccount
        person={{ name: me.name, email: me.email }} sessions={sessions} secondFactor={factor} locale={locale}
        languages={locales.map((code) => ({ code, name: localeNames[code] }))}
      />
    </>
  );
}
