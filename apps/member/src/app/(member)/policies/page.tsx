import { PageHead } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BackToMore } from '~/components/back';
import { caller, needed } from '~/server/caller';
import { viewer } from '~/server/viewer';
import { PolicyList } from './policy-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('policies') };
}

export default async function Policies() {
  await viewer('policies.read');
  const api = await caller();
  const [t, common, policies, papers] = await Promise.all([getTranslations('member.policies'), getTranslations('common.nav'), needed(api.policies.list()), needed(api.documents.mine())]);
  return (
    <>
      <PageHead title={common('policies')} back={<BackToMore />} meta={<span className="max-w-prose">{t('help')}</span>} />
      <PolicyList policies={policies} papers={papers.filter(({ entity }) => entity === 'policy')} />
    </>
  );
}
