import { Notice, PageColumn, SkeletonText } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { Paused } from '~/components/paused';
import { caller } from '~/server/caller';
import { isPaused, siteFacts } from '~/server/site';
import { maybeViewer, site } from '~/server/viewer';
import { JoinWizard } from './join-wizard';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('member.join'))('title') };
}

export default async function Join() {
  await site();
  if ((await maybeViewer()) !== null) redirect('/home');
  if (await isPaused('join.online')) return <PageColumn width="text"><Paused what="join.online" /></PageColumn>;
  const api = await caller();
  const [t, facts, plans, allWays, ...texts] = await Promise.all([
    getTranslations('common.uiWords'), siteFacts(), api.plans.list(), api.plans.ways(),
    api.site.legalText({ key: 'terms' }), api.site.legalText({ key: 'privacy' }), api.site.legalText({ key: 'consentTerms' }), api.site.legalText({ key: 'consentPrivacy' }), api.site.legalText({ key: 'consentMarketing' }),
  ]);
  const [terms, privacy, consentTerms, consentPrivacy, consentMarketing] = texts;
  const plansText = await getTranslations('member.plans');
  const cardsPaused = await isPaused('payments.card');
  const ways = allWays.filter((way) => way !== 'card' || !cardsPaused);
  const alone = plans.filter((plan) => plan.selfService && !(ways.length === 0 && cardsPaused && plan.price !== null && plan.price.minor > 0n));
  const atDesk = plans.some((plan) => plan.awaitsCard) ? <Notice tone="info" title={plansText('atDeskTitle')}>{plansText('atDeskHelp', { phone: facts.branding.supportPhone })}</Notice> : null;
  if (alone.length === 0 && (cardsPaused || atDesk !== null)) return <PageColumn width="text">{atDesk ?? <Paused what="payments.card" />}</PageColumn>;
  return (
    <PageColumn width="text">
      {ways.length === 0 ? <Paused what="payments.card" className="mb-6" /> : null}
      {atDesk === null ? null : <div className="mb-6">{atDesk}</div>}
      <Suspense fallback={<SkeletonText lines={6} label={t('loading')} />}>
        <JoinWizard
          country={facts.country}
          plans={alone}
          ways={ways}
          askBirthDate={facts.enrolment.requiredFields.includes('birthDate')}
          askReferral={facts.enrolment.referralAllowed}
          versions={{ terms: terms.version, privacy: privacy.version }}
          consents={{ terms: consentTerms.body, privacy: consentPrivacy.body, marketing: consentMarketing.body }}
        />
      </Suspense>
    </PageColumn>
  );
}
