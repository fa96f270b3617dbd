import { todayIn } from '@interdomestik/rules/periods';
import { PageHead, Stat, StatRow, TabLinks } from '@interdomestik/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer } from '@/server/viewer';
import { formatsOf } from '../../_parts/formats';
import { planTitles } from '../../_parts/plan-titles';
import { readQuery, type Query } from '../../_parts/query';
import { EntryList } from './entry-list';
import { OwnSales } from './own-sales';
import { PayoutList } from './payout-list';
import { PeopleList } from './people-list';
import { viewOf, viewsFor } from './views';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('commissions') };
}

/** What sales earn: approved and paid out by the tenant, seen by who earned it. Plans, days and amounts, never who joined. */
export default async function CommissionsPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('commissions.read');
  // a super admin inside sells nothing here and pays nobody
  if (me.kind !== 'user') notFound();
  const [query, api, t, c, plans, { now }] = await Promise.all([readQuery(searchParams), caller(), getTranslations('admin.commissions'), getTranslations('common.nav'), planTitles(me), requestContext()]);
  const rights = { approves: me.can('commissions.approve'), others: me.reach !== 'own' };
  const view = viewOf(query('view'), rights);
  const own = me.reach === 'own';
  const cursor = query('cursor');
  // i18n-keys: admin.commissions.view.*
  const tabs = viewsFor(rights).map((one) => ({ href: `/commissions?view=${one}`, label: t(`view.${one}`), current: one === view }));
  const help = view === 'sales' ? t('help') : view === 'account' ? t('ownAccountHelp') : t('helpPeople');
  return (
    <>
      <PageHead title={c('commissions')} meta={<span className="max-w-prose">{help}</span>} />
      <TabLinks label={t('views')} className="mb-4" items={tabs} />
      {view === 'people' ? <PeopleList people={await needed(api.commissions.people())} asOf={now} pays={me.reach === 'tenant'} today={todayIn(me.tenant.timeZone, now)} /> : null}
      {view === 'entries' ? <EntryList page={await needed(api.commissions.entries({ cursor }))} plans={plans} showsAgent={!own} /> : null}
      {view === 'payouts' ? <PayoutList page={await needed(api.commissions.payouts({ cursor }))} showsAgent={!own} /> : null}
      {view === 'account' ? <Account cursor={cursor} plans={plans} /> : null}
      {view === 'sales' ? <OwnSales own={await needed(api.commissions.own({ month: monthOf(query('month')) }))} plans={plans} code={me.can('referrals.read')} /> : null}
    </>
  );
}

function monthOf(asked: string | undefined): string | undefined {
  return asked !== undefined && /^\d{4}-(?:0[1-9]|1[0-2])$/u.test(asked) ? asked : undefined;
}

async function Account({ cursor, plans }: { cursor: string | undefined; plans: Readonly<Record<string, string>> }) {
  const me = await viewer('commissions.read');
  const [api, t, { locale }] = await Promise.all([caller(), getTranslations('admin.commissions'), requestContext()]);
  const [account, page] = await Promise.all([needed(api.commissions.account()), needed(api.commissions.entries({ cursor, filters: { own: true } }))]);
  const formats = formatsOf(locale, me.tenant.timeZone);
  const { totals } = account;
  return (
    <>
      <StatRow>
        <Stat label={t('pending')} value={formats.sums(totals.map(({ pending }) => pending))} />
        <Stat label={t('approved')} value={formats.sums(totals.map(({ approved }) => approved))} comparison={totals.some(({ payable }) => payable) ? t('payable') : t('carried')} />
        <Stat label={t('paid')} value={formats.sums(totals.map(({ paid }) => paid))} href="/commissions?view=payouts" />
        <Stat label={t('minimum')} value={formats.sums(account.minimumPayout)} comparison={t('minimumHelp')} />
      </StatRow>
      <div className="mt-6"><EntryList page={page} plans={plans} showsAgent={false} /></div>
    </>
  );
}
