import { PageHead, Section } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BackToMore } from '~/components/back';
import { caller, needed } from '~/server/caller';
import { viewer } from '~/server/viewer';
import { DownloadData } from './download-data';
import { LookList } from './look-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('privacy.mine'))('title') };
}

export default async function Privacy() {
  await viewer('self.read');
  const [t, looks] = await Promise.all([getTranslations('privacy.mine'), needed((await caller()).privacy.accessLog({}))]);
  return (
    <div className="max-w-xl space-y-12">
      <div>
        <PageHead title={t('title')} back={<BackToMore />} />
        <p className="text-ink-muted">{t('intro')}</p>
      </div>
      <Section title={t('downloadTitle')} help={t('downloadHelp')}><DownloadData /></Section>
      <Section title={t('looksTitle')} help={t('looksHelp')}><LookList first={looks} /></Section>
    </div>
  );
}
