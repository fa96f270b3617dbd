import { ButtonLink, EmptyState, Flag, MemberCard, PageHead, TextLink } from '@interdomestik/ui';
import { IdCard } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import Image from 'next/image';
import { caller, needed } from '~/server/caller';
import { show } from '~/server/show';
import { siteFacts } from '~/server/site';
import { viewer } from '~/server/viewer';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('card') };
}

export default async function Card() {
  await viewer('memberships.read');
  const [t, common, f, facts, card] = await Promise.all([
    getTranslations('member.card'), getTranslations('common'), show(), siteFacts(), needed((await caller()).cards.mine()),
  ]);
  if (card === null) {
    return (
      <>
        <PageHead title={common('nav.card')} />
        <EmptyState icon={<IdCard />} title={t('emptyTitle')} action={<ButtonLink href="/home">{t('toMembership')}</ButtonLink>}>{t('emptyText')}</EmptyState>
      </>
    );
  }
  const until = f.lastDay(card.validUntil);
  const valid = card.status === 'valid';
  return (
    <>
      <h1 className="sr-only">{common('nav.card')}</h1>
      <MemberCard
        className="-mt-6 sm:mt-0"
        issuer={facts.name}
        mark={<Flag country={facts.countryCode} />}
        title={card.planTitle}
        name={card.memberName}
        number={{ label: common('fields.memberNumber'), value: card.memberNumber }}
        fields={[{ label: common('fields.validUntil'), value: until }]}
        status={valid ? t('valid') : card.status === 'paused' ? t('paused') : card.status === 'expired' ? t('expired', { until }) : t('notYet')}
        inactive={!valid}
        qr={<Image unoptimized alt="" className="block size-48" width={192} height={192} src={`data:image/svg+xml;base64,${Buffer.from(card.qrSvg).toString('base64')}`} />}
        qrLabel={t('qrLabel')}
      />
      <p className="mt-4 max-w-md text-note text-ink-muted">{t('qrHelp')}</p>
      <p className="mt-1"><TextLink kind="standalone" href={card.verifyUrl}>{t('seeCheck')}</TextLink></p>
    </>
  );
}
