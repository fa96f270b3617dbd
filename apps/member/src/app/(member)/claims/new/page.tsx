import { ButtonLink, EmptyState, PageHead } from '@interdomestik/ui';
import { ShieldCheck } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Paused } from '~/components/paused';
import { caller, needed } from '~/server/caller';
import { viewer } from '~/server/viewer';
import { StartClaim } from './start-claim';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.actions'))('reportClaim') };
}

export default async function NewClaim() {
  await viewer('claims.submit');
  const [t, common, eligibility] = await Promise.all([getTranslations('member.claimForm'), getTranslations('common.actions'), needed((await caller()).claims.eligibility())]);
  if (!eligibility.covered) {
    return (
      <>
        <PageHead title={common('reportClaim')} />
        <EmptyState icon={<ShieldCheck />} title={t('notCoveredTitle')} action={<ButtonLink href="/home">{t('toMembership')}</ButtonLink>}>{t('notCoveredText')}</EmptyState>
      </>
    );
  }
  return (
    <>
      <Paused what="claims.submit" className="mb-6 max-w-xl" />
      <StartClaim eligibility={eligibility} />
    </>
  );
}
