import { tenantIdSchema } from '@interdomestik/rules';
import { Flag, PageHead, TextLink } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { notFound, redirect } from 'next/navigation';
import { caller, needed } from '@/server/caller';
import { platformViewer } from '@/server/platform';
import { GoOn } from './go-on';

export default async function UnfinishedPage({ params }: { params: Promise<{ tenantId: string }> }) {
  await platformViewer();
  const { data: tenantId } = tenantIdSchema.safeParse((await params).tenantId);
  if (tenantId === undefined) notFound();
  const [creation, c] = await Promise.all([needed((await caller()).platform.creation({ tenantId })), getTranslations('common.nav')]);
  if (creation.finishedAt !== null) redirect(`/platform/tenants/${tenantId}`);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHead
        back={<TextLink kind="standalone" href="/platform">{c('tenants')}</TextLink>}
        title={<span className="flex items-center gap-3"><Flag country={creation.countryCode} />{creation.name}</span>}
      />
      <GoOn tenantId={tenantId} name={creation.name} steps={creation.steps} />
    </div>
  );
}
