import { buyerPayments } from '@interdomestik/rules/members';
import { ButtonLink, Card, EmptyState, KeyValue, Notice, PageHead, SumList, TextLink } from '@interdomestik/ui';
import { ShieldCheck } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '~/server/caller';
import { show } from '~/server/show';
import { siteFacts } from '~/server/site';
import { viewer } from '~/server/viewer';
import type { Outputs } from '~/trpc/outputs';
import { RenewButton } from './renew-button';

type Offer = Extract<Outputs['memberships']['renewal'], { kind: 'offer' }>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('member.renew'))('title') };
}

/** What the next period costs, when it runs, and whether days without cover lie before it. */
// i18n-keys: member.join.ways.*
async function OfferCard({ offer }: { offer: Offer }) {
  const [t, join, common, f] = await Promise.all([getTranslations('member.renew'), getTranslations('member.join'), getTranslations('common'), show()]);
  const { gap, period, price, ways: [payment = 'card', ...others] } = offer;
  return (
    <Card title={offer.planTitle}>
      {gap === null ? (
        <p className="flex gap-3 text-ink-muted"><ShieldCheck aria-hidden="true" className="size-5 shrink-0 text-accent" />{t('inTime', { start: f.day(period.start) })}</p>
      ) : (
        <Notice tone="warning">{f.lastDay(gap.end) === f.day(gap.start) ? t('gapToday', { from: f.day(gap.start) }) : t('gap', { from: f.day(gap.start), to: f.lastDay(gap.end) })}</Notice>
      )}
      <KeyValue
        className="mt-4 border-y"
        items={[
          { label: t('period'), value: <span className="figures">{common('dates.range', { start: f.day(period.start), end: f.lastDay(period.end) })}</span> },
          ...(offer.people > 1 ? [{ label: t('covered'), value: t('people', { count: offer.people }) }] : []),
        ]}
      />
      <SumList className="mt-4" lines={price.lines.map(({ title, amount }) => ({ label: title, amount: f.money(amount), off: amount.minor < 0n }))} total={{ label: t('total'), amount: f.money(price.total) }} />
      <RenewButton amount={price.total} payment={payment}>{payment === 'card' ? t('pay', { amount: f.money(price.total) }) : t('paySlip')}</RenewButton>
      {others.map((way) => <p key={way} className="mt-4"><TextLink href={`/renew?payment=${way}`}>{join(`ways.${way}`)}</TextLink> <span className="block text-note text-ink-muted">{join(`ways.${way}_help`)}</span></p>)}
    </Card>
  );
}

export default async function Renew({ searchParams }: { searchParams: Promise<{ payment?: string | string[] }> }) {
  await viewer('memberships.renew');
  const [api, { payment }] = await Promise.all([caller(), searchParams]);
  const [t, common, f, offer, facts] = await Promise.all([getTranslations('member.renew'), getTranslations('common'), show(), needed(api.memberships.renewal({ payment: buyerPayments.find((one) => one === payment) })), siteFacts()]);
  const home = <ButtonLink variant="secondary" href="/home">{common('nav.home')}</ButtonLink>;
  return (
    <>
      <PageHead title={t('title')} />
      {offer.kind === 'offer' ? <OfferCard offer={offer} />
        : offer.kind === 'renewed' ? <EmptyState icon={<ShieldCheck />} title={t('renewedTitle')} action={home}>{t('renewedText', { plan: offer.planTitle, start: f.day(offer.period.start), end: f.lastDay(offer.period.end) })}</EmptyState>
          : offer.kind === 'assisted' ? <EmptyState icon={<ShieldCheck />} title={t('assistedTitle')} action={home}>{t('assistedText', { phone: facts.branding.supportPhone })}</EmptyState>
            : <EmptyState icon={<ShieldCheck />} title={t('noneTitle')} action={home}>{t('noneText')}</EmptyState>}
    </>
  );
}
