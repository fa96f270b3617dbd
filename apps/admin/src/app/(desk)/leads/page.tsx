import { leadSources, leadStatuses } from '@interdomestik/rules/leads';
import { formatPhone } from '@interdomestik/rules/people';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { planTitles } from '../../_parts/plan-titles';
import { idOf, oneOf, readQuery, type Query } from '../../_parts/query';
import { Leads } from './leads';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('leads') };
}

export default async function LeadsPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('leads.read');
  const [query, api] = await Promise.all([readQuery(searchParams), caller()]);
  const search = query('q');
  const filters = { status: oneOf(query('status'), leadStatuses), source: oneOf(query('source'), leadSources) };
  const [page, plans] = await Promise.all([needed(api.leads.list({ cursor: query('cursor'), search, filters })), planTitles(me)]);
  const openId = idOf(query('open'));
  // a link may lead to a lead that is not on this page of the list
  const linked = openId === undefined || page.items.some(({ id }) => id === openId) ? null : await needed(api.leads.get({ id: openId }));
  const shown = <L extends { phone: string | null }>(lead: L) => ({ ...lead, phone: lead.phone === null ? null : formatPhone(lead.phone) });
  return (
    <Leads
      leads={page.items.map(shown)}
      linked={linked === null ? null : shown(linked)}
      nextCursor={page.nextCursor}
      filtered={search !== undefined || filters.status !== undefined || filters.source !== undefined}
      plans={plans}
      rights={{
        write: me.can('leads.write'), enrol: me.kind === 'user' && me.can('members.enrol'), members: me.can('members.read'), staff: me.can('staff.read'),
        referral: me.kind === 'user' && me.can('referrals.read'), own: me.reach === 'own', isUser: me.kind === 'user',
      }}
    />
  );
}
