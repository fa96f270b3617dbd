import { ButtonLink, Card, EmptyState, PageHead, Section, TextLink } from '@interdomestik/ui';
import { ShieldCheck } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClaimRow } from '~/components/claim-row';
import { isClosedStatus } from '~/lib/tones';
import { caller, needed } from '~/server/caller';
import { siteFacts } from '~/server/site';
import { viewer } from '~/server/viewer';
import { Attention } from './attention';
import { MembershipCard } from './membership-card';
import { News } from './news';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('home') };
}

export default async function Home() {
  const me = await viewer('memberships.read');
  const api = await caller();
  const [t, common, account, membership, renewal, claims, news, facts, changed] = await Promise.all([
    getTranslations('member.home'), getTranslations('common'), needed(api.accounts.me()), needed(api.memberships.mine()), needed(api.memberships.renewal()), needed(api.claims.mine()), needed(api.notifications.list({ limit: 4 })), siteFacts(), needed(api.privacy.changedTexts()),
  ]);
  const [leaving, pausing, bigger] = membership.current === null ? [null, null, null]
    : await Promise.all([needed(api.memberships.leaving({ id: membership.current.id })), needed(api.memberships.pausing({ id: membership.current.id })), needed(api.memberships.upgradeOffer())]);
  const open = claims.filter(({ status }) => !isClosedStatus(status));
  return (
    <div className="space-y-8">
      <PageHead title={t('hello', { name: me.firstName })} />
      <Attention account={account} membership={membership} claims={claims} changed={changed} />
      {membership.current === null ? (
        <EmptyState title={t('noneTitle')} action={<ButtonLink variant="secondary" href="/plans">{common('nav.plans')}</ButtonLink>}>{t('noneText', { phone: facts.branding.supportPhone })}</EmptyState>
      ) : <MembershipCard membership={membership.current} history={membership.history} renewal={renewal} leaving={leaving} pausing={pausing} canGrow={bigger !== null && (bigger.refusal === 'assisted' || bigger.choices.length > 0)} />}
      <Section title={t('claimsTitle')} action={claims.length > 0 ? <TextLink kind="standalone" href="/claims">{t('allClaims')}</TextLink> : undefined}>
        {open.length > 0 ? (
          <>
            <ul className="divide-y divide-line overflow-hidden rounded-card border bg-raised">{open.slice(0, 3).map((claim) => <ClaimRow key={claim.id} claim={claim} />)}</ul>
            <ButtonLink className="mt-4" variant={membership.pendingPayment === null ? 'primary' : 'secondary'} href="/claims/new">{common('actions.reportClaim')}</ButtonLink>
          </>
        ) : (
          <Card>
            <p className="flex gap-3 text-ink-muted"><ShieldCheck aria-hidden="true" className="size-5 shrink-0 text-accent" />{t('noClaims')}</p>
            <ButtonLink className="mt-4" variant={membership.pendingPayment === null ? 'primary' : 'secondary'} href="/claims/new">{common('actions.reportClaim')}</ButtonLink>
          </Card>
        )}
      </Section>
      {news.items.length > 0 ? (
        <Section title={t('newsTitle')} action={<TextLink kind="standalone" href="/notifications">{t('allNews')}</TextLink>}><News items={news.items} /></Section>
      ) : null}
    </div>
  );
}
