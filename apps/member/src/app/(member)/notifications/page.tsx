import { PageHead } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BackToMore } from '~/components/back';
import { caller, needed } from '~/server/caller';
import { viewer } from '~/server/viewer';
import { NotificationList } from './notification-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('notifications') };
}

export default async function Notifications() {
  await viewer('notifications.read');
  const [t, first] = await Promise.all([getTranslations('common.nav'), needed((await caller()).notifications.list({ limit: 25 }))]);
  return (
    <>
      <PageHead title={t('notifications')} back={<BackToMore />} />
      <NotificationList first={first} />
    </>
  );
}
