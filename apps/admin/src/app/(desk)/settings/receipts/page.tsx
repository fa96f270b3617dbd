import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { CheckList } from './check-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('rechecks'))('title') };
}

/** Whether stored decisions are still what their rules decide. */
export default async function ReceiptsPage() {
  const me = await viewer('settings.read');
  const checks = await needed((await caller()).receipts.list());
  return <CheckList first={checks} mayStart={me.can('settings.write')} />;
}
