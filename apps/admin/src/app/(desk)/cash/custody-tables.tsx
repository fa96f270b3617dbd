'use client';
import { Button, DataTable, EmptyState, Section, Status, type DataColumn } from '@interdomestik/ui';
import { Banknote } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { DayOf, Sum } from '../../_parts/values';
import { WriteOffDialog } from './write-off-dialog';

type Custody = Outputs['cash']['custody'];
type Branch = Custody['branches'][number];
type Holder = Custody['holders'][number];

/** Says whether receipts and books agree. */
export function BooksMark({ agrees }: { agrees: boolean }) {
  const t = useTranslations('admin.cash');
  return agrees ? <Status tone="success">{t('agrees')}</Status> : <Status tone="danger">{t('disagrees')}</Status>;
}

/** Where the cash is: branch by branch beside the books, and person by person beside the limit. */
export function CustodyTables({ custody, showsBranch, writesOff }: { custody: Custody; showsBranch: boolean; writesOff: boolean }) {
  const [writing, setWriting] = useState<Holder | null>(null);
  const t = useTranslations('admin.cash');
  const c = useTranslations('common');
  const formats = useFormats();
  const branches: readonly DataColumn<Branch>[] = [
    { id: 'branch', header: c('fields.branch'), cell: (row) => <span className="font-semibold">{row.branchName}</span>, card: 'title' },
    { id: 'with', header: t('withCollectors'), align: 'end', cell: (row) => <Sum value={row.withCollectors} /> },
    { id: 'waiting', header: t('ofThatToConfirm'), align: 'end', cell: (row) => <Sum value={row.waiting} tone="muted" />, from: 'lg' },
    { id: 'branchCash', header: t('inBranch'), align: 'end', cell: (row) => <Sum value={row.inBranch} /> },
    { id: 'booked', header: t('booked'), align: 'end', cell: (row) => <span className="figures">{formats.money(row.booked.withCollectors)} + {formats.money(row.booked.inBranch)}</span>, from: 'lg' },
    { id: 'mark', header: t('books'), cell: (row) => <BooksMark agrees={row.agrees} />, card: 'status' },
  ];
  const holders: DataColumn<Holder>[] = [
    { id: 'who', header: t('collector'), cell: (row) => <span className="font-semibold">{row.agentName ?? '–'}</span>, card: 'title' },
    ...(showsBranch ? [{ id: 'branch', header: c('fields.branch'), cell: (row: Holder) => row.branchName }] : []),
    { id: 'oldest', header: t('oldest'), cell: (row) => <DayOf value={row.oldestAt} />, from: 'lg' },
    { id: 'late', header: c('fields.status'), cell: (row) => <LateMark holder={row} />, card: 'status' },
    { id: 'limit', header: t('limit'), align: 'end', cell: (row) => (row.limit === null ? <span className="text-ink-muted">–</span> : <Sum value={row.limit} tone="muted" />), from: 'lg' },
    { id: 'differences', header: t('differences'), align: 'end', cell: (row) => <Sum value={row.differences} tone={row.differences.minor < 0n ? 'bad' : 'muted'} /> },
    ...(writesOff && custody.holders.some(({ differences }) => differences.minor !== 0n) ? [{ id: 'act', header: t('act'), align: 'end' as const, cell: (row: Holder) => (row.differences.minor === 0n ? <span className="text-ink-muted">–</span> : <Button size="small" variant="secondary" onClick={() => setWriting(row)}>{t('writeOff.open')}</Button>) }] : []),
    { id: 'held', header: t('held'), align: 'end', cell: (row) => <Sum value={row.held} strong /> },
  ];
  const empty = <EmptyState icon={<Banknote />} title={t('empty.overview')}>{t('emptyHelp')}</EmptyState>;
  return (
    <div className="space-y-8">
      <Section title={t('byBranch')}><DataTable label={t('byBranch')} columns={branches} rows={custody.branches} rowKey={(row) => `${row.branchId} ${row.withCollectors.currency}`} rowLabel={(row) => row.branchName} empty={empty} /></Section>
      <Section title={t('byPerson')}><DataTable label={t('byPerson')} columns={holders} rows={custody.holders} rowKey={(row) => `${row.agentId} ${row.branchId} ${row.held.currency}`} rowLabel={(row) => row.agentName ?? ''} empty={empty} /></Section>
      <WriteOffDialog holder={writing} onClose={() => setWriting(null)} />
    </div>
  );
}

const tones = { in_time: 'success', overdue: 'warning', escalated: 'danger' } as const;

function LateMark({ holder: { late, oldestAt } }: { holder: Holder }) {
  const t = useTranslations('admin.cash');
  if (oldestAt === null) return <span className="text-ink-muted">–</span>;
  // i18n-keys: admin.cash.late.*
  return <Status tone={tones[late]} look="plain">{t(`late.${late}`)}</Status>;
}
