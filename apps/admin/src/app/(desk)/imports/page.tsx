import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { ImportList } from './import-list';

export async function generateMetadata() {
  return { title: (await getTranslations('imports'))('title') };
}

/** Files that were taken in, and the way to the next one. */
export default async function ImportsPage() {
  await viewer('imports.run');
  return <ImportList first={await needed((await caller()).imports.list())} />;
}
