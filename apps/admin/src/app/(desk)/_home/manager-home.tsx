import { ButtonLink, PageHead, Section, TextLink } from '@interdomestik/ui';
import { UserPlus } from '@interdomestik/ui/icons';
import { isCurrency } from '@interdomestik/rules';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import type { Viewer } from '@/server/viewer';
import { planTitles } from '../../_parts/plan-titles';
import { Attention } from './attention';
import { HomeCharts } from './charts';
import { FigureRow } from './figures';
import { PeriodTabs } from './period-tabs';
import { RecentMembers } from './recent-members';
import type { Period } from './series';

/** The day of a branch manager, an administrator or a super admin inside: figures, two charts, the newest members. */
export async function ManagerHome({ viewer: me, period }: { viewer: Viewer; period: Period }) {
  const [api, t, c] = await Promise.all([caller(), getTranslations('admin.home'), getTranslations('common.nav')]);
  const [figures, waiting, recent, plans] = await Promise.all([
    needed(api.dashboard.figures({ period })), needed(api.dashboard.attention()), needed(api.members.list({ limit: 8 })), planTitles(me),
  ]);
  const currency = isCurrency(me.tenant.currency) ? me.tenant.currency : 'EUR';
  const enrols = me.kind === 'user' && me.can('members.enrol');
  return (
    <>
      <PageHead title={c('dashboard')} actions={enrols ? <ButtonLink href="/enrol" icon={<UserPlus />}>{t('enrol')}</ButtonLink> : undefined} />
      <Attention waiting={waiting} />
      <PeriodTabs period={period} />
      <FigureRow
        figures={figures}
        keys={['active', 'joined', 'takings', 'openClaims', 'overdue', 'cash']}
        links={{ active: '/members?status=active', joined: '/members', takings: me.can('reports.read') ? '/reports' : '/payments', openClaims: '/claims', overdue: '/claims?late=1', cash: '/cash' }}
      />
      <div className="mt-4"><HomeCharts figures={figures} currency={currency} /></div>
      <Section className="mt-8" title={t('recent')} action={<TextLink kind="standalone" href="/members">{t('allMembers')}</TextLink>}>
        <RecentMembers members={recent.items} plans={plans} withBranch={me.reach === 'tenant'} />
      </Section>
    </>
  );
}
