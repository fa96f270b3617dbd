import { localeNames, locales } from '@interdomestik/i18n';
import { tenantIdSchema } from '@interdomestik/rules';
import { Flag, PageHead, TextLink } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { platformViewer } from '@/server/platform';
import { StateMark } from '../../../_parts/state-mark';
import { TenantActions } from './tenant-actions';
import { TenantDetail } from './tenant-detail';

export default async function TenantPage({ params }: { params: Promise<{ id: string }> }) {
  const me = await platformViewer();
  const { data: tenantId } = tenantIdSchema.safeParse((await params).id);
  if (tenantId === undefined) notFound();
  const api = await caller();
  const [tenant, entries, { now }, c] = await Promise.all([
    needed(api.platform.tenant({ tenantId })), needed(api.platform.entries({ tenantId })), requestContext(), getTranslations('common.nav'),
  ]);
  return (
    <>
      <PageHead
        back={<TextLink kind="standalone" href="/platform">{c('tenants')}</TextLink>}
        title={<span className="flex items-center gap-3"><Flag country={tenant.countryCode} />{tenant.name}</span>}
        meta={<StateMark kind="tenant" value={tenant.status} />}
        actions={<TenantActions tenant={{ id: tenant.id, name: tenant.name, status: tenant.status }} inside={me.inside?.tenantId === tenant.id} />}
      />
      <TenantDetail tenant={tenant} languages={locales.filter((code) => tenant.locales.includes(code)).map((code) => localeNames[code])} entries={entries.slice(0, 10)} now={now} />
    </>
  );
}
