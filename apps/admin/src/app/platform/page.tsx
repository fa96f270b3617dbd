import { ButtonLink, Notice, PageHead } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { platformViewer } from '@/server/platform';
import { readQuery, type Query } from '../_parts/query';
import { TenantCards } from './tenant-cards';

export default async function PlatformPage({ searchParams }: { searchParams: Query }) {
  const me = await platformViewer();
  const [get, tenants, t, c] = await Promise.all([readQuery(searchParams), needed((await caller()).platform.tenants()), getTranslations('admin.platform'), getTranslations('common.nav')]);
  const n = await getTranslations('admin.newCountry');
  return (
    <>
      <PageHead title={c('tenants')} meta={t('help')} actions={<ButtonLink variant="secondary" href="/platform/new">{n('title')}</ButtonLink>} />
      {get('over') !== undefined && me.inside === null ? <Notice tone="warning" title={t('overTitle')} className="mb-6" live>{t('overHelp')}</Notice> : null}
      <TenantCards tenants={tenants} inside={me.inside} />
    </>
  );
}
