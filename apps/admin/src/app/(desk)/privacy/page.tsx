import { PageHead } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer } from '@/server/viewer';
import { BreachForm } from './breach-form';
import { ErasureList } from './erasure-list';
import { RetentionTable } from './retention-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('privacy.desk'))('title') };
}

/** Wishes of members to be erased, what is over its time, and who a breach has reached. */
export default async function PrivacyPage() {
  const me = await viewer('privacy.decide');
  const [t, api] = await Promise.all([getTranslations('privacy.desk'), caller()]);
  const [first, report, actors, { scope }] = await Promise.all([needed(api.erasures.list({ limit: 25 })), needed(api.retention.report()), needed(api.breaches.actors()), requestContext()]);
  return (
    <>
      <PageHead title={t('title')} meta={t('help')} />
      <div className="space-y-12">
        <ErasureList first={first} showsMembers={me.can('members.read')} />
        <RetentionTable report={report} zone={scope?.tenant.timeZone ?? 'UTC'} rules={me.can('settings.read')} />
        <BreachForm actors={actors} />
      </div>
    </>
  );
}
