import { transferViews } from '@interdomestik/rules/transfers';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { oneOf, readQuery, type Query } from '../../_parts/query';
import { TransferInbox } from './transfer-inbox';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('transfers') };
}

export default async function TransfersPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('transfers.read');
  const [get, api] = await Promise.all([readQuery(searchParams), caller()]);
  const decides = me.can('transfers.decide');
  const asked = get('view');
  const view = asked === 'all' ? 'all' : (oneOf(asked, transferViews) ?? (decides ? 'decide' : 'mine'));
  const [page, waiting] = await Promise.all([
    needed(api.transfers.list({ cursor: get('cursor'), filters: view === 'all' ? {} : { view } })),
    decides ? needed(api.transfers.waiting()) : null,
  ]);
  return <TransferInbox key={view} page={page} view={view} waiting={waiting?.count ?? null} />;
}
