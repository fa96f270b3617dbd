import { PageHead } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { platformViewer } from '@/server/platform';
import { TenantCards } from './tenant-cards';

export default async function PlatformPage() {
  const me = await platformViewer();
  const [tenants, t, c] = await Promise.all([needed((await caller()).platform.tenants()), getTranslations('admin.platform'), getTranslations('common.nav')]);
  return (
    <>
      <PageHead title={c('tenants')} meta={t('help')} />
      <TenantCards tenants={tenants} inside={me.inside} />
    </>
  );
}
