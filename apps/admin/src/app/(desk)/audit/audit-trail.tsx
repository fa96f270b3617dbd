'use client';
import { DataTable, EmptyState, PageHead, type DataColumn, type Option } from '@interdomestik/ui';
import { ScrollText } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useListUrl, usePaging } from '../../_parts/use-list-url';
import { Moment } from '../../_parts/values';
import { AuditFilters } from './audit-filters';
import { AuditPanel } from './audit-panel';
import { changedFields, type AuditEntry } from './entries';
import { useAuditWords } from './use-audit-words';

interface AuditTrailProps {
  readonly entries: readonly AuditEntry[];
  readonly nextCursor: string | null;
  readonly actions: ReactNode;
  /** How far the trail is sealed. */
  readonly seal: ReactNode;
  readonly branches: readonly Option[];
  readonly people: readonly Option[];
}

/** Every recorded change, newest first; a row opens the change beside the list. */
export function AuditTrail({ entries, nextCursor, actions, seal, branches, people }: AuditTrailProps) {
  const t = useTranslations('admin.audit');
  const c = useTranslations('common');
  const words = useAuditWords();
  const url = useListUrl();
  const paging = usePaging(url, nextCursor);
  const opened = entries.find(({ id }) => id === url.opened);
  const columns: readonly DataColumn<AuditEntry>[] = [
    { id: 'what', header: t('what'), cell: (entry) => <><span className="font-semibold">{words.entity(entry.entity)}</span><span className="text-ink-muted"> · {words.operation(entry.operation)}</span></>, card: 'title' },
    { id: 'who', header: t('who'), cell: (entry) => words.actor(entry) },
    { id: 'changed', header: t('changed'), cell: (entry) => <Fields names={changedFields(entry).map(words.field)} />, from: 'lg' },
    { id: 'when', header: t('when'), cell: (entry) => <Moment value={entry.happenedAt} />, width: '10rem', card: 'status' },
  ];
  return (
    <>
      <PageHead title={c('nav.audit')} meta={<span className="max-w-prose">{t('help')}</span>} actions={actions} />
      {seal}
      <DataTable
        label={c('nav.audit')}
        columns={columns}
        rows={entries}
        rowKey={(entry) => entry.id}
        rowLabel={(entry) => words.entity(entry.entity)}
        onOpen={(entry) => url.open(entry.id)}
        openKey={url.opened}
        paging={paging}
        refreshing={url.pending}
        dense
        filters={<AuditFilters get={url.get} filter={url.filter} branches={branches} people={people} />}
        empty={<EmptyState icon={<ScrollText />} title={t('emptyTitle')}>{t('emptyHelp')}</EmptyState>}
      />
      {opened === undefined ? null : <AuditPanel entry={opened} onFilter={(changes) => url.filter(changes)} onClose={() => url.open(null)} />}
    </>
  );
}

const shown = 3;

function Fields({ names }: { names: readonly string[] }) {
  const rest = names.length - shown;
  return <span className="text-note text-ink-muted">{names.slice(0, shown).join(', ')}{rest > 0 ? ` +${String(rest)}` : ''}</span>;
}
