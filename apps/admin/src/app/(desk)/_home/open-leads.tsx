'use client';
import { formatPhone } from '@interdomestik/rules/people';
import { DataTable, EmptyState, type DataColumn } from '@interdomestik/ui';
import { Target } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../../_parts/state-mark';
import { Code, DayOf } from '../../_parts/values';

type Lead = Outputs['leads']['list']['items'][number];

/** The newest leads of the person; a row opens it in the list of leads. */
export function NewestLeads({ leads }: { leads: readonly Lead[] }) {
  const t = useTranslations('admin.home');
  const c = useTranslations('common');
  const router = useRouter();
  const columns: DataColumn<Lead>[] = [
    { id: 'name', header: c('fields.name'), cell: (row) => `${row.firstName} ${row.lastName}` },
    { id: 'phone', header: c('fields.phone'), cell: (row) => <Code value={row.phone === null ? row.email : formatPhone(row.phone)} /> },
    { id: 'status', header: c('fields.status'), cell: (row) => <StateMark kind="lead" value={row.status} look="plain" />, card: 'status' },
    { id: 'created', header: c('fields.createdAt'), cell: (row) => <DayOf value={row.createdAt} /> },
  ];
  return (
    <DataTable
      label={c('nav.leads')}
      columns={columns}
      rows={leads}
      rowKey={(row) => row.id}
      rowLabel={(row) => `${row.firstName} ${row.lastName}`}
      rowHref={(row) => `/leads?open=${row.id}`}
      onOpen={(row) => router.push(`/leads?open=${row.id}`)}
      empty={<EmptyState icon={<Target />} title={t('noLeads')}>{t('noLeadsHelp')}</EmptyState>}
    />
  );
}
