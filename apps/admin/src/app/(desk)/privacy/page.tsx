import { PageHead } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { ErasureList } from './erasure-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('privacy.desk'))('title') };
}

/** Wishes of members to be erased. */
export default async function PrivacyPage() {
  const me = await viewer('privacy.decide');
  const [t, api] = await Promise.all([getTranslations('privacy.desk'), caller()]);
  const first = await needed(api.erasures.list({ limit: 25 }));
  return (
    <>
      <PageHead title={t('title')} meta={t('help')} />
      <ErasureList first={first} showsMembers={me.can('members.read')} />
    </>
  );
}
