'use client';
import { DataTable, EmptyState, Status, type DataColumn } from '@interdomestik/ui';
import { ScrollText } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { DeviceMoment } from '../device-moment';

type Entry = Outputs['platform']['entries'][number];

/** The stays of super admins inside tenants, newest first. */
export function EntryTable({ entries, now }: { entries: readonly Entry[]; now: Date }) {
  const t = useTranslations('admin.platform');
  const c = useTranslations('common');
  const columns: readonly DataColumn<Entry>[] = [
    { id: 'tenant', header: c('nouns.tenant'), cell: (entry) => entry.tenantName, card: 'title' },
    { id: 'by', header: t('who'), cell: (entry) => entry.by },
    { id: 'reason', header: c('fields.reason'), cell: (entry) => <span className="text-wrap">{entry.reason}</span> },
    { id: 'started', header: t('enteredAt'), cell: (entry) => <DeviceMoment value={entry.startedAt} />, width: '9.5rem' },
    { id: 'ended', header: t('leftAt'), cell: (entry) => (entry.endedAt === null ? <DeviceMoment value={entry.expiresAt} /> : <DeviceMoment value={entry.endedAt} />), width: '9.5rem' },
    { id: 'state', header: c('fields.status'), cell: (entry) => <EntryState entry={entry} now={now} />, card: 'status', width: '10rem' },
  ];
  return (
    <DataTable
      label={t('entries')}
      columns={columns}
      rows={entries}
      rowKey={(entry) => entry.id}
      rowLabel={(entry) => `${entry.tenantName}, ${entry.by}`}
      empty={<EmptyState icon={<ScrollText />} title={t('entriesEmpty')}>{t('entriesEmptyHelp')}</EmptyState>}
    />
  );
}

function EntryState({ entry, now }: { entry: Entry; now: Date }) {
  const t = useTranslations('admin.platform');
  if (entry.endedAt !== null) return <Status tone="neutral" look="plain">{t('left')}</Status>;
  return entry.expiresAt > now ? <Status tone="warning" shape="going" look="plain">{t('stillInside')}</Status> : <Status tone="neutral" look="plain">{t('ranOut')}</Status>;
}
