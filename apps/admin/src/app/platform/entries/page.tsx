import { PageHead } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { EntryTable } from './entry-table';

export async function generateMetadata() {
  const t = await getTranslations('admin.platform');
  return { title: t('entries') };
}

export default async function EntriesPage() {
  const [entries, { now }, t] = await Promise.all([needed((await caller()).platform.entries()), requestContext(), getTranslations('admin.platform')]);
  return (
    <>
      <PageHead title={t('entries')} meta={t('entriesHelp')} />
      <EntryTable entries={entries} now={now} />
    </>
  );
}
