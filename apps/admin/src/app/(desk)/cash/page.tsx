import { Notice, PageHead, Stat, StatRow } from '@interdomestik/ui';
import { todayIn } from '@interdomestik/rules/periods';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer } from '@/server/viewer';
import { formatsOf } from '../../_parts/formats';
import { readQuery, type Query } from '../../_parts/query';
import { CashList } from './cash-list';
import { BooksMark, CustodyTables } from './custody-tables';
import { DepositList } from './deposit-list';
import { HandoverList } from './handover-list';
import { PlaceTabs } from './place-tabs';
import { handoverFilter, placeOf, type Place } from './places';
import { totalsOf } from './totals';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('cash') };
}

/** Cash from the member's hand to the bank: what is held, handed over, counted and banked, always beside what the books say. */
export default async function CashPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer();
  if (!me.can('cash.collect') && !me.can('cash.verify')) notFound();
  const [get, api, t, c, { locale, now }] = await Promise.all([readQuery(searchParams), caller(), getTranslations('admin.cash'), getTranslations('common.nav'), requestContext()]);
  const verifies = me.can('cash.verify');
  const own = me.reach === 'own';
  const place = placeOf(get('place'), verifies);
  const custody = await needed(api.cash.custody());
  const formats = formatsOf(locale, me.tenant.timeZone);
  const { branches, holders } = custody;
  const late = own && holders.some((holder) => holder.late !== 'in_time');
  const limits = own ? holders.flatMap(({ limit }) => limit ?? []) : [];
  const held = totalsOf(branches.map(({ withCollectors }) => withCollectors));
  const waiting = totalsOf(branches.map((branch) => branch.waiting));
  return (
    <>
      <PageHead title={c('cash')} meta={own ? t('helpOwn') : t('help')} />
      {late ? <Notice tone="warning" className="mb-4">{t('lateOwn')}</Notice> : null}
      <StatRow>
        <Stat label={own ? t('inHand') : t('withCollectors')} value={formats.sums(held)} href="/cash?place=collected" comparison={limits.length === 0 ? undefined : t('ofLimit', { sum: formats.sums(limits) })} />
        <Stat label={t('place.toConfirm')} value={formats.sums(waiting)} href={verifies ? '/cash?place=toConfirm' : '/cash?place=handovers'} />
        {own ? null : <Stat label={t('inBranch')} value={formats.sums(totalsOf(branches.map(({ inBranch }) => inBranch)))} href="/cash?place=branch" />}
        <Stat label={t('books')} value={<BooksMark agrees={branches.every(({ agrees }) => agrees)} />} comparison={t('booksHelp')} />
      </StatRow>
      <div className="mt-6">
        <PlaceTabs place={place} verifies={verifies} own={own} />
        <CashPlace place={place} cursor={get('cursor')} custody={custody} verifies={verifies} writesOff={me.can('cash.writeOff')} reach={me.reach} today={todayIn(me.tenant.timeZone, now)} />
      </div>
    </>
  );
}

interface CashPlaceProps {
  readonly place: Place;
  readonly cursor: string | undefined;
  readonly custody: Parameters<typeof CustodyTables>[0]['custody'];
  readonly verifies: boolean;
  readonly writesOff: boolean;
  readonly reach: string;
  readonly today: string;
}

async function CashPlace({ place, cursor, custody, verifies, writesOff, reach, today }: CashPlaceProps) {
  const api = await caller();
  const showsBranch = reach === 'tenant';
  const showsAgent = reach !== 'own';
  switch (place) {
    case 'overview':
      return <CustodyTables custody={custody} showsBranch={showsBranch} writesOff={writesOff} />;
    case 'banked':
      return <DepositList page={await needed(api.cash.deposits({ cursor }))} showsBranch={showsBranch} />;
    case 'collected':
    case 'all':
      return <CashList page={await needed(api.cash.list({ cursor, filters: place === 'collected' ? { status: ['collected'] } : {} }))} place={place} showsAgent={showsAgent} showsBranch={showsBranch} />;
    case 'toConfirm':
    case 'branch':
    case 'handovers':
      return <HandoverList page={await needed(api.cash.handovers({ cursor, filters: handoverFilter(place) }))} place={place} verifies={verifies} showsAgent={showsAgent} showsBranch={showsBranch} givenBack={custody.branches.filter(({ givenBack }) => givenBack.minor > 0n).map(({ branchId, givenBack }) => ({ branchId, amount: givenBack }))} today={today} />;
  }
}
