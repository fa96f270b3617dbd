import { PageHead, Section } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BackToMore } from '~/components/back';
import { caller, needed } from '~/server/caller';
import { viewer } from '~/server/viewer';
import { ConsentList } from './consent-list';
import { DownloadData } from './download-data';
import { EraseData } from './erase-data';
import { LookList } from './look-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('privacy.mine'))('title') };
}

export default async function Privacy() {
  await viewer('self.read');
  const api = await caller();
  const [t, e, c, consents, looks, erasure] = await Promise.all([getTranslations('privacy.mine'), getTranslations('privacy.erase'), getTranslations('privacy.consents'), needed(api.privacy.consents()), needed(api.privacy.accessLog({})), needed(api.erasures.mine())]);
  return (
    <div className="max-w-xl space-y-12">
      <div>
        <PageHead title={t('title')} back={<BackToMore />} />
        <p className="text-ink-muted">{t('intro')}</p>
      </div>
      <Section title={t('downloadTitle')} help={t('downloadHelp')}><DownloadData /></Section>
      <Section title={t('looksTitle')} help={t('looksHelp')}><LookList first={looks} /></Section>
      <Section title={c('title')} help={c('help')}><ConsentList first={consents} /></Section>
      <Section title={e('title')} help={e('help', { days: erasure.answerDays })}><EraseData first={erasure} /></Section>
    </div>
  );
}
