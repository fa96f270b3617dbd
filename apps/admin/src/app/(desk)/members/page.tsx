import { membershipStatuses } from '@interdomestik/rules';
import { ButtonLink, PageHead } from '@interdomestik/ui';
import { UserPlus } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { ExportButton } from '../../_parts/export-button';
import { planTitles } from '../../_parts/plan-titles';
import { idOf, oneOf, readQuery, type Query } from '../../_parts/query';
import { MemberList } from './member-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('members') };
}

export default async function MembersPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('members.read');
  const [get, api, t, c] = await Promise.all([readQuery(searchParams), caller(), getTranslations('admin.home'), getTranslations('common.nav')]);
  const planCode = get('plan');
  const branchId = idOf(get('branch'));
  const branchesSeen = me.reach === 'tenant' && me.can('branches.read');
  const wish = { search: get('q')?.slice(0, 200), filters: { status: oneOf(get('status'), membershipStatuses), planCode: planCode?.slice(0, 60), branchId } };
  const [page, plans, branches] = await Promise.all([
    needed(api.members.list({ cursor: get('cursor'), ...wish })),
    planTitles(me),
    branchesSeen ? needed(api.branches.list()) : [],
  ]);
  return (
    <>
      <PageHead title={c('members')} actions={<>{me.can('exports.run') ? <ExportButton wish={{ list: 'members', ...wish }} /> : null}{me.kind === 'user' && me.can('members.enrol') ? <ButtonLink href="/enrol" icon={<UserPlus />}>{t('enrol')}</ButtonLink> : null}</>} />
      <MemberList
        page={page}
        plans={plans}
        branches={branches.map(({ id, name }) => ({ value: id, label: name }))}
        claimsInFull={me.can('claims.read')}
        audit={me.can('audit.read')}
        refunds={me.can('payments.refund')}
        rules={me.can('settings.read')}
      />
    </>
  );
}
