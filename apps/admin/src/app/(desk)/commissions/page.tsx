import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { planTitles } from '../../_parts/plan-titles';
import { readQuery, type Query } from '../../_parts/query';
import { OwnSales } from './own-sales';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('commissions') };
}

/** What the person sold in a month, and what it earns by the rules: plans, days and amounts, never who joined. */
export default async function CommissionsPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('commissions.read');
  // a super admin inside sells nothing here
  if (me.kind !== 'user') notFound();
  const [query, api] = await Promise.all([readQuery(searchParams), caller()]);
  const asked = query('month');
  const month = asked !== undefined && /^\d{4}-(?:0[1-9]|1[0-2])$/u.test(asked) ? asked : undefined;
  const [own, plans] = await Promise.all([needed(api.commissions.own({ month })), planTitles(me)]);
  return <OwnSales own={own} plans={plans} code={me.can('referrals.read')} />;
}
