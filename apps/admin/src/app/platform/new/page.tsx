import { PageHead, TextLink } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { platformViewer } from '@/server/platform';
import { NewCountry } from './new-country';

export async function generateMetadata() {
  const t = await getTranslations('admin.newCountry');
  return { title: t('title') };
}

export default async function NewCountryPage() {
  await platformViewer();
  const [packs, t, c] = await Promise.all([needed((await caller()).platform.packs()), getTranslations('admin.newCountry'), getTranslations('common.nav')]);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHead back={<TextLink kind="standalone" href="/platform">{c('tenants')}</TextLink>} title={t('title')} meta={t('help')} />
      <NewCountry packs={packs} />
    </div>
  );
}
