import { ButtonLink, Card, EmptyState, KeyValue, PageHead, SumList } from '@interdomestik/ui';
import { ShieldCheck } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '~/server/caller';
import { show } from '~/server/show';
import { siteFacts } from '~/server/site';
import { viewer } from '~/server/viewer';
import type { Outputs } from '~/trpc/outputs';
import { UpgradeButton } from './upgrade-button';

type Choice = Outputs['memberships']['upgradeOffer']['choices'][number];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('member.upgrade'))('title') };
}

/** One bigger plan: what it covers, what it costs, what comes off, and what is left to pay. */
async function ChoiceCard({ choice }: { choice: Choice }) {
  const [t, renew, common, f] = await Promise.all([getTranslations('member.upgrade'), getTranslations('member.renew'), getTranslations('common'), show()]);
  const { price } = choice;
  return (
    <Card title={choice.planTitle}>
      <p className="text-ink-muted">{choice.summary}</p>
      <KeyValue className="mt-4 border-y" items={[{ label: renew('period'), value: <span className="figures">{common('dates.range', { start: f.day(price.startsOn), end: f.lastDay(price.endsOn) })}</span> }, { label: renew('covered'), value: choice.covers }]} />
      <SumList className="mt-4" lines={price.lines.map(({ title, amount }) => ({ label: title, amount: f.money(amount), off: amount.minor < 0n }))} total={{ label: t('total'), amount: f.money(price.total) }} />
      <UpgradeButton planCode={choice.planCode} amount={price.total}>{price.total.minor === 0n ? t('change') : t('pay', { amount: f.money(price.total) })}</UpgradeButton>
    </Card>
  );
}

export default async function Upgrade() {
  await viewer('memberships.renew');
  const api = await caller();
  const [t, common, errors, { refusal, planTitle, choices }, facts] = await Promise.all([getTranslations('member.upgrade'), getTranslations('common'), getTranslations('errors'), needed(api.memberships.upgradeOffer()), siteFacts()]);
  const home = <ButtonLink variant="secondary" href="/home">{common('nav.home')}</ButtonLink>;
  const phone = facts.branding.supportPhone;
  // i18n-keys: errors.upgrade.*
  return (
    <>
      <PageHead title={t('title')} />
      {refusal === 'assisted' ? <EmptyState icon={<ShieldCheck />} title={t('assistedTitle')} action={home}>{t('assistedText', { phone })}</EmptyState>
        : refusal !== null ? <EmptyState icon={<ShieldCheck />} title={t('refusedTitle')} action={home}>{errors(`upgrade.${refusal}`)}.</EmptyState>
          : choices.length === 0 ? <EmptyState icon={<ShieldCheck />} title={t('noneTitle')} action={home}>{t('noneText', { phone })}</EmptyState>
            : (
              <div className="space-y-4">
                <p className="text-ink-muted">{t('lead', { plan: planTitle ?? '' })}</p>
                {choices.map((choice) => <ChoiceCard key={choice.planCode} choice={choice} />)}
              </div>
            )}
    </>
  );
}
