import { ButtonLink, PageHead, Section, TextLink } from '@interdomestik/ui';
import { UserPlus } from '@interdomestik/ui/icons';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import type { Viewer } from '@/server/viewer';
import { planTitles } from '../../_parts/plan-titles';
import { Attention } from './attention';
import { FigureRow } from './figures';
import { NewestLeads } from './open-leads';
import { PeriodTabs } from './period-tabs';
import { RecentMembers } from './recent-members';
import type { Period } from './series';

/** The day of an agent: own sales, cash in hand, leads to call, and the way to the next sale. */
export async function AgentHome({ viewer: me, period }: { viewer: Viewer; period: Period }) {
  const [api, t, c] = await Promise.all([caller(), getTranslations('admin.home'), getTranslations('common.nav')]);
  const [figures, waiting, recent, leads, plans] = await Promise.all([
    needed(api.dashboard.figures({ period })), needed(api.dashboard.attention()), needed(api.members.list({ limit: 6 })), needed(api.leads.list({ limit: 6 })), planTitles(me),
  ]);
  return (
    <>
      <PageHead
        title={t('hello', { name: me.firstName })}
        actions={<><ButtonLink variant="secondary" href="/leads?new=1">{t('newLead')}</ButtonLink>{me.can('members.enrol') ? <ButtonLink href="/enrol" icon={<UserPlus />}>{t('enrol')}</ButtonLink> : null}</>}
      />
      <Attention waiting={waiting} />
      <PeriodTabs period={period} />
      <FigureRow figures={figures} keys={['joined', 'active', 'takings', 'cash', 'openClaims', 'overdue']} links={{ joined: '/members', active: '/members?status=active', takings: '/payments', cash: '/cash', openClaims: '/claims', overdue: '/claims?late=1' }} />
      <div className="mt-8 space-y-8">
        <Section title={c('leads')} action={<TextLink kind="standalone" href="/leads">{t('allLeads')}</TextLink>}><NewestLeads leads={leads.items} /></Section>
        <Section title={t('recent')} action={<TextLink kind="standalone" href="/members">{t('allMembers')}</TextLink>}><RecentMembers members={recent.items} plans={plans} withBranch={false} /></Section>
      </div>
    </>
  );
}
