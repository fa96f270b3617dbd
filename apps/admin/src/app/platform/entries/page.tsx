import { tenantIdSchema, isDateOnly } from '@interdomestik/rules';
import { PageHead } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { platformViewer } from '@/server/platform';
import { idOf, readQuery, type Query } from '../../_parts/query';
import { EntryTable } from './entry-table';

export async function generateMetadata() {
  const t = await getTranslations('admin.platform');
  return { title: t('entries') };
}

const dayOf = (text: string | undefined) => (isDateOnly(text) ? text : undefined);

export default async function EntriesPage({ searchParams }: { searchParams: Query }) {
  await platformViewer();
  const [get, api, { now }, t] = await Promise.all([readQuery(searchParams), caller(), requestContext(), getTranslations('admin.platform')]);
  const filter = { tenantId: tenantIdSchema.safeParse(get('tenant')).data, personId: idOf(get('person')), from: dayOf(get('from')), until: dayOf(get('until')) };
  const [entries, tenants, people] = await Promise.all([needed(api.platform.entries(filter)), needed(api.platform.names()), needed(api.superAdmins.list())]);
  return (
    <>
      <PageHead title={t('entries')} meta={t('entriesHelp')} />
      <EntryTable entries={entries} now={now} tenants={tenants} people={people} />
    </>
  );
}
