'use client';
import { Card, DataTable, EmptyState, KeyValue, Notice, Section, type DataColumn } from '@interdomestik/ui';
import { ScrollText } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useAuditWords } from '../../../../(desk)/audit/use-audit-words';
import { DeviceMoment } from '../../../device-moment';
import { EntryState } from '../../entry-state';

type Entry = Outputs['platform']['entry'];
type Change = Entry['changes'][number];

/** The server gives no more at once. */
const most = 200;

/** One stay: who, when, and what was changed during it, in words. What stood in the records stays in the tenant. */
export function EntryStory({ entry, now }: { entry: Entry; now: Date }) {
  const t = useTranslations('admin.platform');
  const c = useTranslations('common');
  const words = useAuditWords();
  const columns: readonly DataColumn<Change>[] = [
    { id: 'at', header: t('when'), cell: ({ at }) => <DeviceMoment value={at} />, width: '9.5rem' },
    { id: 'what', header: t('what'), cell: (change) => <><span className="font-semibold">{words.entity(change.entity)}</span><span className="text-ink-muted"> · {words.operation(change.operation)}</span></>, card: 'title' },
    { id: 'fields', header: t('changedFields'), cell: ({ fields }) => <span className="text-wrap text-ink-muted">{fields.length === 0 ? '–' : fields.map((field) => words.field(field)).join(', ')}</span> },
  ];
  return (
    <div className="space-y-6">
      <Card>
        <KeyValue
          items={[
            { label: c('nouns.tenant'), value: entry.tenantName },
            { label: t('who'), value: entry.by },
            { label: t('enteredAt'), value: <DeviceMoment value={entry.startedAt} /> },
            { label: t('leftAt'), value: <DeviceMoment value={entry.endedAt ?? entry.expiresAt} /> },
            { label: c('fields.status'), value: <EntryState entry={entry} now={now} /> },
          ]}
        />
      </Card>
      <Section title={t('changedDuring')} help={t('changedDuringHelp')}>
        {entry.changes.length >= most ? <Notice tone="info" className="mb-4">{t('changesMost', { count: most })}</Notice> : null}
        <DataTable
          label={t('changedDuring')}
          columns={columns}
          rows={entry.changes}
          rowKey={(change) => change.id}
          rowLabel={(change) => words.entity(change.entity)}
          dense
          empty={<EmptyState icon={<ScrollText />} title={t('changesNone')}>{t('changesNoneHelp')}</EmptyState>}
        />
      </Section>
    </div>
  );
}
