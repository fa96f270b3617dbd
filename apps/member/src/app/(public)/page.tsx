import { ButtonLink, PageColumn, Section } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { CountryPicker } from '~/components/country-picker';
import { PlanGrid } from '~/components/plan-grid';
import { caller } from '~/server/caller';
import { siteFacts } from '~/server/site';
import { maybeSite, maybeViewer } from '~/server/viewer';

export default async function Landing({ searchParams }: { searchParams: Promise<{ ref?: string | string[] }> }) {
  if ((await maybeSite()) === null) return <CountryPicker />;
  if ((await maybeViewer()) !== null) redirect('/home');
  const [t, common, plans, facts, { ref }] = await Promise.all([getTranslations('member.landing'), getTranslations('common'), (await caller()).plans.list(), siteFacts(), searchParams]);
  const referral = typeof ref === 'string' ? ref : undefined;
  const join = referral === undefined ? '/join' : `/join?ref=${encodeURIComponent(referral)}`;
  return (
    <PageColumn width="wide" className="space-y-16 py-10 sm:py-16">
      <div className="max-w-3xl">
        <h1 className="text-2xl font-bold sm:text-3xl">{t('title')}</h1>
        <p className="mt-4 max-w-prose text-lg text-ink-muted">{t('lead')}</p>
        <div className="mt-6 flex flex-wrap gap-3">
          {plans.some((plan) => plan.selfService) ? <ButtonLink size="large" href={join}>{common('actions.join')}</ButtonLink> : null}
          <ButtonLink size="large" variant="secondary" href="#plans">{t('seePlans')}</ButtonLink>
        </div>
      </div>
      <Section title={t('helpTitle')}>
        <ul className="grid gap-x-8 gap-y-6 sm:grid-cols-3">
          <Point title={t('vehicleTitle')}>{t('vehicleText')}</Point>
          <Point title={t('propertyTitle')}>{t('propertyText')}</Point>
          <Point title={t('injuryTitle')}>{t('injuryText')}</Point>
        </ul>
        <p className="mt-6 max-w-prose text-ink-muted">{t('limits')}</p>
      </Section>
      <Section title={t('stepsTitle')}>
        <ol className="grid gap-x-8 gap-y-6 sm:grid-cols-3">
          <Point number={1} title={t('step1Title')}>{plans.some((plan) => plan.awaitsCard) ? t('step1AtDesk') : t('step1Text')}</Point>
          <Point number={2} title={t('step2Title')}>{t('step2Text')}</Point>
          <Point number={3} title={t('step3Title')}>{t('step3Text')}</Point>
        </ol>
      </Section>
      <div id="plans">
        <Section title={common('nav.plans')} help={t('plansHelp')}>
          <PlanGrid plans={plans} support={{ phone: facts.branding.supportPhone, email: facts.branding.supportEmail }} referral={referral} />
        </Section>
      </div>
    </PageColumn>
  );
}

function Point({ number, title, children }: { number?: number; title: string; children: string }) {
  return (
    <li className="border-t pt-4">
      <h3 className="flex items-baseline gap-2 font-semibold">
        {number === undefined ? null : <span className="figures text-accent">{number}.</span>}
        {title}
      </h3>
      <p className="mt-1 text-ink-muted">{children}</p>
    </li>
  );
}
