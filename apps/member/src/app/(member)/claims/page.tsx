import { ButtonLink, EmptyState, PageHead, Section } from '@interdomestik/ui';
import { Plus, ShieldCheck } from '@interdomestik/ui/icons';
import { isClosedStatus } from '~/lib/tones';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { ClaimRow, type OwnClaim } from '~/components/claim-row';
import { CardsLoading } from '~/components/loading';
import { caller, needed } from '~/server/caller';
import { viewer } from '~/server/viewer';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('claims') };
}

export default async function Claims() {
  await viewer('claims.read');
  // not a loading.tsx: that would stand around each claim's page too, and send 200 before a missing claim could say 404
  return <Suspense fallback={<CardsLoading />}><OwnClaims /></Suspense>;
}

async function OwnClaims() {
  const [t, common, claims] = await Promise.all([getTranslations('member.claims'), getTranslations('common'), needed((await caller()).claims.mine())]);
  const open = claims.filter(({ status }) => !isClosedStatus(status));
  const closed = claims.filter(({ status }) => isClosedStatus(status));
  return (
    <>
      <PageHead title={common('nav.claims')} actions={claims.length > 0 ? <ButtonLink icon={<Plus />} href="/claims/new">{common('actions.reportClaim')}</ButtonLink> : undefined} />
      {claims.length === 0 ? (
        <EmptyState icon={<ShieldCheck />} title={t('emptyTitle')} action={<ButtonLink href="/claims/new">{common('actions.reportClaim')}</ButtonLink>}>{t('emptyText')}</EmptyState>
      ) : null}
      {open.length > 0 ? <List claims={open} /> : null}
      {closed.length > 0 ? <Section title={t('closedTitle')} className="mt-10"><List claims={closed} /></Section> : null}
    </>
  );
}

function List({ claims }: { claims: readonly OwnClaim[] }) {
  return <ul className="divide-y divide-line overflow-hidden rounded-card border bg-raised">{claims.map((claim) => <ClaimRow key={claim.id} claim={claim} />)}</ul>;
}
