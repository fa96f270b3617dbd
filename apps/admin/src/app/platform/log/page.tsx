import { PageHead } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { platformViewer } from '@/server/platform';
import { idOf, readQuery, type Query } from '../../_parts/query';
import { LogTable } from './log-table';

export async function generateMetadata() {
  const t = await getTranslations('admin.superAdmins');
  return { title: t('trail') };
}

export default async function LogPage({ searchParams }: { searchParams: Query }) {
  await platformViewer();
  const [get, api, t] = await Promise.all([readQuery(searchParams), caller(), getTranslations('admin.superAdmins')]);
  const [page, people] = await Promise.all([
    needed(api.superAdmins.trail({ cursor: get('cursor'), limit: 50, filters: { personId: idOf(get('person')) } })), needed(api.superAdmins.list()),
  ]);
  return (
    <>
      <PageHead title={t('trail')} meta={<span className="max-w-prose">{t('trailHelp')}</span>} />
      <LogTable steps={page.items} nextCursor={page.nextCursor} people={people} />
    </>
  );
}
