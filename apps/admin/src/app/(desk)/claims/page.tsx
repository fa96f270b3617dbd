import { claimCategories, claimStatuses } from '@interdomestik/rules';
import { PageHead } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { ExportButton } from '../../_parts/export-button';
import { oneOf, only, readQuery, type Query } from '../../_parts/query';
import { ClaimList } from './claim-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('claims') };
}

export default async function ClaimsPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer();
  if (!me.can('claims.stage') && !me.can('claims.handle')) notFound();
  const [get, api, t, c] = await Promise.all([readQuery(searchParams), caller(), getTranslations('admin.claims'), getTranslations('common.nav')]);
  const inFull = me.can('claims.read');
  const wish = {
    search: get('q')?.slice(0, 200),
    filters: {
      status: only(oneOf(get('status'), claimStatuses)), category: only(oneOf(get('category'), claimCategories)), handler: oneOf(get('handler'), ['me', 'nobody']),
      ...(get('late') === '1' ? { overdue: true } : {}), priority: oneOf(get('priority'), ['urgent']),
    },
  };
  const page = await needed(api.claims.list({ cursor: get('cursor'), ...wish, sort: oneOf(get('sort'), ['due']) }));
  return (
    <>
      <PageHead title={c('claims')} meta={inFull ? t('help') : t('helpStage')} actions={inFull && me.can('exports.run') ? <ExportButton wish={{ list: 'claims', ...wish }} /> : undefined} />
      <ClaimList page={page} inFull={inFull} handles={me.can('claims.handle')} showsMembers={me.can('members.read')} seesRules={me.can('settings.read')} audit={me.can('audit.read')} />
    </>
  );
}
