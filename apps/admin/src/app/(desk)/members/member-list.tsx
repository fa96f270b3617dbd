'use client';
import { membershipStatuses } from '@interdomestik/rules/memberships';
import { formatPhone } from '@interdomestik/rules/people';
import { Button, DataTable, EmptyState, SearchInput, Select, type DataColumn } from '@interdomestik/ui';
import { Users } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../../_parts/state-mark';
import { useListUrl, usePaging, useSearchText } from '../../_parts/use-list-url';
import { useWord } from '../../_parts/use-word';
import { Code, LastDay } from '../../_parts/values';
import { MemberPanel } from './member-panel';

type Page = Outputs['members']['list'];
type Member = Page['items'][number];

interface MemberListProps {
  readonly page: Page;
  readonly plans: Readonly<Record<string, string>>;
  readonly branches: readonly { readonly value: string; readonly label: string }[];
  readonly claimsInFull: boolean;
  readonly audit: boolean;
  /** May give money back. */
  readonly refunds: boolean;
  readonly rules: boolean;
}

/** Members in reach, found by name in either alphabet, number, phone or e-mail. A row opens the member's story. */
export function MemberList({ page, plans, branches, claimsInFull, audit, refunds, rules }: MemberListProps) {
  const t = useTranslations('admin.members');
  const c = useTranslations('common');
  const word = useWord();
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  const [text, setText] = useSearchText(url);
  const filtered = ['q', 'status', 'plan', 'branch'].some((key) => url.get(key) !== '');
  const columns: DataColumn<Member>[] = [
    { id: 'name', header: c('fields.name'), cell: (row) => <span className="lg:whitespace-nowrap">{row.firstName} {row.lastName}</span> },
    { id: 'number', header: c('fields.memberNumber'), cell: (row) => <Code value={row.memberNumber} /> },
    ...(branches.length > 1 ? [] : [{ id: 'phone', header: c('fields.phone'), cell: (row: Member) => <Code value={row.phone === null ? null : formatPhone(row.phone)} />, from: 'xl' as const }]),
    { id: 'plan', header: c('fields.plan'), cell: (row) => plans[row.planCode] ?? row.planCode, from: 'lg' },
    ...(branches.length > 1 ? [{ id: 'branch', header: c('fields.branch'), cell: (row: Member) => row.branchName, from: 'xl' as const }] : []),
    { id: 'status', header: c('fields.status'), cell: (row) => <StateMark kind="membership" value={row.status} look="plain" />, card: 'status' },
    { id: 'until', header: c('fields.validUntil'), cell: (row) => <LastDay end={row.endsOn} /> },
  ];
  const all = (label: string) => ({ value: '', label });
  return (
    <>
      <DataTable
        label={c('nav.members')}
        columns={columns}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLabel={(row) => `${row.firstName} ${row.lastName}`}
        rowHref={(row) => `/members/${row.id}`}
        onOpen={(row) => url.open(row.id)}
        openKey={url.opened}
        refreshing={url.pending}
        paging={paging}
        filters={
          <>
            <SearchInput label={t('search')} value={text} onValueChange={setText} className="w-full md:w-72" />
            <Select aria-label={c('fields.status')} className="w-full sm:w-48" value={url.get('status')} onValueChange={(status) => url.filter({ status })} options={[all(t('allStatuses')), ...membershipStatuses.map((value) => ({ value, label: word('statuses.membership', value) }))]} />
            <Select aria-label={c('fields.plan')} className="w-full sm:w-48" value={url.get('plan')} onValueChange={(plan) => url.filter({ plan })} options={[all(t('allPlans')), ...Object.entries(plans).map(([value, label]) => ({ value, label }))]} />
            {branches.length > 1 ? <Select aria-label={c('fields.branch')} className="w-full sm:w-48" value={url.get('branch')} onValueChange={(branch) => url.filter({ branch })} options={[all(t('allBranches')), ...branches]} /> : null}
            {filtered ? <Button variant="ghost" onClick={() => { setText(''); url.filter({ q: null, status: null, plan: null, branch: null }); }}>{t('clear')}</Button> : null}
          </>
        }
        empty={
          filtered
            ? <EmptyState icon={<Users />} title={t('noneFit')}>{t('noneFitHelp')}</EmptyState>
            : <EmptyState icon={<Users />} title={t('none')}>{t('noneHelp')}</EmptyState>
        }
      />
      <MemberPanel id={url.opened} onClose={() => url.open(null)} plans={plans} claimsInFull={claimsInFull} audit={audit} refunds={refunds} rules={rules} />
    </>
  );
}
