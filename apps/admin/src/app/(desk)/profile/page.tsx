import { localeNames, locales } from '@interdomestik/i18n';
import { EmptyState, PageHead } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer } from '@/server/viewer';
import { Profile } from './profile';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('profile') };
}

export default async function ProfilePage() {
  const me = await viewer('self.read');
  const [api, { locale }, t, c] = await Promise.all([caller(), requestContext(), getTranslations('admin.profile'), getTranslations('common.nav')]);
  if (me.kind === 'platform') {
    return <><PageHead title={c('profile')} /><EmptyState title={t('platformTitle')}>{t('platformHelp')}</EmptyState></>;
  }
  const [person, sessions, secondFactor] = await Promise.all([needed(api.accounts.me()), needed(api.accounts.sessions()), needed(api.secondFactor.state())]);
  return (
    <>
      <PageHead title={c('profile')} />
      <Profile
        person={{ name: `${me.firstName} ${me.lastName}`.trim(), email: person.email, roles: person.roles, branch: me.reach === 'tenant' ? null : (person.branch?.name ?? null) }}
        sessions={sessions}
        secondFactor={secondFactor}
        locale={locale}
        languages={locales.filter((code) => me.tenant.locales.includes(code)).map((code) => ({ code, name: localeNames[code] }))}
      />
    </>
  );
}
