'use client';
import { DataTable, EmptyState, type DataColumn } from '@interdomestik/ui';
import { Users } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../../_parts/state-mark';
import { Code, DayOf } from '../../_parts/values';

type Member = Outputs['members']['list']['items'][number];

/** The newest members in reach; a row leads to the member's page. */
export function RecentMembers({ members, plans, withBranch }: { members: readonly Member[]; plans: Readonly<Record<string, string>>; withBranch: boolean }) {
  const t = useTranslations('admin.home');
  const c = useTranslations('common');
  const router = useRouter();
  const columns: DataColumn<Member>[] = [
    { id: 'name', header: c('fields.name'), cell: (row) => `${row.firstName} ${row.lastName}` },
    { id: 'number', header: c('fields.memberNumber'), cell: (row) => <Code value={row.memberNumber} />, from: 'lg' },
    { id: 'plan', header: c('fields.plan'), cell: (row) => plans[row.planCode] ?? row.planCode },
    ...(withBranch ? [{ id: 'branch', header: c('fields.branch'), cell: (row: Member) => row.branchName, from: 'xl' as const }] : []),
    { id: 'status', header: c('fields.status'), cell: (row) => <StateMark kind="membership" value={row.status} look="plain" />, card: 'status' },
    { id: 'created', header: c('fields.createdAt'), cell: (row) => <DayOf value={row.createdAt} /> },
  ];
  return (
    <DataTable
      label={t('recent')}
      columns={columns}
      rows={members}
      rowKey={(row) => row.id}
      rowLabel={(row) => `${row.firstName} ${row.lastName}`}
      rowHref={(row) => `/members/${row.id}`}
      onOpen={(row) => router.push(`/members/${row.id}`)}
      empty={<EmptyState icon={<Users />} title={t('noMembers')}>{t('noMembersHelp')}</EmptyState>}
    />
  );
}
