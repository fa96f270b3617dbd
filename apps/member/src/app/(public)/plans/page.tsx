import { PageColumn, PageHead } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PlanGrid } from '~/components/plan-grid';
import { caller } from '~/server/caller';
import { siteFacts } from '~/server/site';
import { site } from '~/server/viewer';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common'))('nav.plans') };
}

export default async function Plans() {
  await site();
  const [t, landing, plans, facts] = await Promise.all([getTranslations('common'), getTranslations('member.landing'), (await caller()).plans.list(), siteFacts()]);
  return (
    <PageColumn width="wide">
      <PageHead title={t('nav.plans')} meta={<span className="max-w-prose">{landing('plansHelp')}</span>} />
      <h2 className="sr-only">{t('nav.plans')}</h2>
      <PlanGrid plans={plans} support={{ phone: facts.branding.supportPhone, email: facts.branding.supportEmail }} />
    </PageColumn>
  );
}
