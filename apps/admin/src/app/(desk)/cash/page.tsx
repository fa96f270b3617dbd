import { PageHead, Stat, StatRow } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer } from '@/server/viewer';
import { formatsOf } from '../../_parts/formats';
import { readQuery, type Query } from '../../_parts/query';
import { CashList } from './cash-list';
import { filterOf, placeOf } from './places';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('cash') };
}

export default async function CashPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer();
  if (!me.can('cash.collect') && !me.can('cash.verify')) notFound();
  const [get, api, t, c, { locale }] = await Promise.all([readQuery(searchParams), caller(), getTranslations('admin.cash'), getTranslations('common.nav'), requestContext()]);
  const place = placeOf(get('place'));
  const page = await needed(api.cash.list({ cursor: get('cursor'), filters: filterOf(place) }));
  const formats = formatsOf(locale, me.tenant.timeZone);
  const own = me.reach === 'own';
  return (
    <>
      <PageHead title={c('cash')} meta={own ? t('helpOwn') : t('help')} />
      <StatRow>
        <Stat label={own ? t('inHand') : t('withCollectors')} value={formats.sums(page.custody.withCollectors)} href="/cash" />
        {own ? null : <Stat label={t('inBranch')} value={formats.sums(page.custody.inBranch)} href="/cash?place=branch" />}
      </StatRow>
      <div className="mt-6"><CashList page={page} place={place} verifies={me.can('cash.verify')} showsAgent={!own} showsBranch={me.reach === 'tenant'} /></div>
    </>
  );
}
