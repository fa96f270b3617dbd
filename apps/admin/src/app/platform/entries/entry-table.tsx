'use client';
import { DataTable, DateInput, EmptyState, Notice, Select, type DataColumn } from '@interdomestik/ui';
import { ScrollText } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import type { Outputs } from '@/trpc/outputs';
import { useListUrl } from '../../_parts/use-list-url';
import { DeviceMoment } from '../device-moment';
import { EntryState } from './entry-state';

type Entry = Outputs['platform']['entries'][number];

/** The server gives no more at once. */
const most = 200;

interface EntryTableProps {
  readonly entries: readonly Entry[];
  readonly now: Date;
  readonly tenants: readonly { readonly id: string; readonly name: string }[];
  /** Everybody who is or was a super admin. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

/** The stays of super admins inside tenants, newest first. */
export function EntryTable({ entries, now, tenants, people }: EntryTableProps) {
  const t = useTranslations('admin.platform');
  const c = useTranslations('common');
  const url = useListUrl();
  const router = useRouter();
  const placeOf = (entry: Entry) => `/platform/entries/${entry.tenantId}/${entry.id}`;
  const columns: readonly DataColumn<Entry>[] = [
    { id: 'tenant', header: c('nouns.tenant'), cell: (entry) => entry.tenantName, card: 'title' },
    { id: 'by', header: t('who'), cell: (entry) => entry.by },
    { id: 'reason', header: c('fields.reason'), cell: (entry) => <span className="text-wrap">{entry.reason}</span> },
    { id: 'started', header: t('enteredAt'), cell: (entry) => <DeviceMoment value={entry.startedAt} />, width: '9.5rem' },
    { id: 'ended', header: t('leftAt'), cell: (entry) => <DeviceMoment value={entry.endedAt ?? entry.expiresAt} />, width: '9.5rem' },
    { id: 'state', header: c('fields.status'), cell: (entry) => <EntryState entry={entry} now={now} />, card: 'status', width: '10rem' },
  ];
  const filtered = ['tenant', 'person', 'from', 'until'].some((key) => url.get(key) !== '');
  return (
    <>
      {entries.length >= most ? <Notice tone="info" className="mb-4">{t('entriesMost', { count: most })}</Notice> : null}
      <DataTable
        label={t('entries')}
        columns={columns}
        rows={entries}
        rowKey={(entry) => entry.id}
        rowLabel={(entry) => `${entry.tenantName}, ${entry.by}`}
        rowHref={placeOf}
        onOpen={(entry) => router.push(placeOf(entry))}
        refreshing={url.pending}
        filters={
          <>
            <Select
              aria-label={c('nouns.tenant')} className="w-full sm:w-52" value={url.get('tenant')} onValueChange={(tenant) => url.filter({ tenant })}
              options={[{ value: '', label: t('allTenants') }, ...tenants.map(({ id, name }) => ({ value: id, label: name }))]}
            />
            <Select
              aria-label={t('who')} className="w-full sm:w-52" value={url.get('person')} onValueChange={(person) => url.filter({ person })}
              options={[{ value: '', label: t('everybody') }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
            />
            <DateInput aria-label={t('from')} placeholder={t('from')} value={url.get('from') || null} onValueChange={(from) => url.filter({ from })} />
            <DateInput aria-label={t('until')} placeholder={t('until')} value={url.get('until') || null} onValueChange={(until) => url.filter({ until })} />
          </>
        }
        empty={filtered
          ? <EmptyState icon={<ScrollText />} title={t('entriesNone')}>{t('entriesNoneHelp')}</EmptyState>
          : <EmptyState icon={<ScrollText />} title={t('entriesEmpty')}>{t('entriesEmptyHelp')}</EmptyState>}
      />
    </>
  );
}
