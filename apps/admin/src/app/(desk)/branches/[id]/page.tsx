import { Badge, Card, KeyValue, Notice, PageHead, Stat, StatRow, TextLink } from '@interdomestik/ui';
import { ArrowLeft } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { viewer } from '@/server/viewer';
import { formatsOf } from '../../../_parts/formats';
import { BranchState } from '../branch-state';
import { BranchActions } from './branch-actions';
import { Takings } from './takings';
import { TeamCard } from './team-card';

interface BranchPageProps {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nouns'))('branch') };
}

/** One branch: what goes on there, who works there, what it took, where it is found. */
export default async function BranchPage({ params }: BranchPageProps) {
  const me = await viewer('branches.read');
  const [{ id }, api, t, c, { locale }] = await Promise.all([params, caller(), getTranslations('admin.branches'), getTranslations('common'), requestContext()]);
  const branch = await needed(api.branches.get({ id }));
  const team = me.can('staff.read') ? await needed(api.staff.list({ limit: 100, filters: { branchId: id } })) : null;
  const formats = formatsOf(locale, me.tenant.timeZone);
  const wholeTenant = me.reach === 'tenant';
  const membersHere = me.can('members.read') ? `/members?branch=${id}` : undefined;
  return (
    <>
      <PageHead
        back={wholeTenant ? <TextLink kind="standalone" href="/branches"><ArrowLeft aria-hidden="true" />{c('nav.branches')}</TextLink> : undefined}
        title={branch.name}
        meta={<><BranchState open={branch.isActive} /><span>{branch.city}</span>{branch.isDefault ? <Badge>{t('isDefault')}</Badge> : null}</>}
        actions={me.can('branches.write') ? <BranchActions branch={branch} /> : undefined}
      />
      {branch.isActive ? null : <Notice tone="neutral" className="mb-6" title={t('closedTitle')}>{t('closedHelp')}</Notice>}
      <StatRow>
        <Stat label={t('members')} value={formats.count(branch.members)} href={membersHere} />
        <Stat label={t('openLeads')} value={formats.count(branch.openLeads)} href={wholeTenant ? undefined : '/leads'} />
        <Stat label={t('openClaims')} value={formats.count(branch.openClaims)} href={wholeTenant ? undefined : '/claims'} />
        <Stat label={t('cash')} value={branch.cash.count === 0 ? formats.count(0) : formats.sums(branch.cash.amounts)} comparison={branch.cash.count === 0 ? t('cashNone') : t('receipts', { count: branch.cash.count })} href="/cash" />
      </StatRow>
      <div className="mt-6 grid items-start gap-4 lg:grid-cols-2">
        {branch.takings === null ? null : <Takings rows={branch.takings} formats={formats} />}
        {team === null ? null : <TeamCard people={team.items} branchId={id} />}
        <Card title={t('facts')}>
          <KeyValue
            items={[
              { label: c('fields.address'), value: [branch.address, branch.city].filter(Boolean).join(', ') },
              { label: c('fields.phone'), value: branch.phone === null ? '–' : <TextLink href={`tel:${branch.phone.replaceAll(' ', '')}`}>{branch.phone}</TextLink> },
              { label: t('code'), value: branch.code },
            ]}
          />
        </Card>
      </div>
    </>
  );
}
