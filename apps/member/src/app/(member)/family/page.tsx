import { ButtonLink, EmptyState, PageHead } from '@interdomestik/ui';
import { Users } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BackToMore } from '~/components/back';
import { caller, needed } from '~/server/caller';
import { viewer } from '~/server/viewer';
import { FamilyList } from './family-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('family') };
}

export default async function Family() {
  await viewer('family.write');
  const [t, common, family] = await Promise.all([getTranslations('member.family'), getTranslations('common.nav'), needed((await caller()).memberships.family())]);
  const head = <PageHead title={common('family')} back={<BackToMore />} meta={family.peopleLimit === null || family.membershipId === null ? undefined : t('limit', { count: family.peopleLimit })} />;
  if (family.membershipId === null) {
    return <>{head}<EmptyState icon={<Users />} title={t('noMembershipTitle')} action={<ButtonLink href="/home">{t('toMembership')}</ButtonLink>}>{t('noMembershipText')}</EmptyState></>;
  }
  if (family.peopleLimit === 1) {
    return <>{head}<EmptyState icon={<Users />} title={t('singleTitle')} action={<ButtonLink variant="secondary" href="/plans">{t('seePlans')}</ButtonLink>}>{t('singleText')}</EmptyState></>;
  }
  return <>{head}<FamilyList people={family.people} room={family.peopleLimit === null ? null : family.peopleLimit - 1 - family.people.length} /></>;
}
