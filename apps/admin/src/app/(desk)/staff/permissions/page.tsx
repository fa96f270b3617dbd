import { PageHead, TextLink } from '@interdomestik/ui';
import { ArrowLeft } from '@interdomestik/ui/icons';
import { getTranslations } from 'next-intl/server';
import { viewer } from '@/server/viewer';
import { Matrix } from './matrix';

export async function generateMetadata() {
  const t = await getTranslations('admin.staff.matrix');
  return { title: t('title') };
}

/** Who may do what here: the permission table in words, for whoever gives roles and permissions. */
export default async function PermissionsPage() {
  await viewer('roles.grant');
  const [t, c] = await Promise.all([getTranslations('admin.staff.matrix'), getTranslations('common.nav')]);
  return (
    <>
      <PageHead back={<TextLink kind="standalone" href="/staff"><ArrowLeft aria-hidden="true" />{c('team')}</TextLink>} title={t('title')} meta={<span className="max-w-prose">{t('help')}</span>} />
      <Matrix />
    </>
  );
}
