import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { Notifications } from './notifications';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('notifications') };
}

export default async function NotificationsPage() {
  const me = await viewer('notifications.read');
  // a super admin inside is no user of the tenant and is told nothing
  if (me.kind !== 'user') notFound();
  const first = await needed((await caller()).notifications.list({ limit: 25 }));
  return <Notifications first={first} />;
}
