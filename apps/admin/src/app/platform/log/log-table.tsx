'use client';
import { DataTable, EmptyState, Select, type DataColumn } from '@interdomestik/ui';
import { ScrollText } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useAuditWords } from '../../(desk)/audit/use-audit-words';
import { useListUrl, usePaging } from '../../_parts/use-list-url';
import { DeviceMoment } from '../device-moment';

type Step = Outputs['superAdmins']['trail']['items'][number];

interface LogTableProps {
  readonly steps: readonly Step[];
  readonly nextCursor: string | null;
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

/** A translator for keys that arrive as data. */
interface Dynamic {
  (key: string): string;
  has(key: string): boolean;
}

// i18n-keys: admin.superAdmins.actions.*
/** What was done, in words; a second factor's step in the words of the audit log. */
function useStepWords(): (step: Step) => string {
  const t = useTranslations('admin.superAdmins') as unknown as Dynamic;
  const audit = useAuditWords();
  return ({ action, operation }) => {
    const key = `actions.${action.replaceAll('.', '_')}`;
    if (t.has(key)) return t(key);
    return operation === null ? action : audit.operation(operation);
  };
}

/** What super admins did outside every tenant, newest first. */
export function LogTable({ steps, nextCursor, people }: LogTableProps) {
  const t = useTranslations('admin.superAdmins');
  const p = useTranslations('admin.platform');
  const c = useTranslations('common');
  const url = useListUrl();
  const words = useStepWords();
  const columns: readonly DataColumn<Step>[] = [
    { id: 'what', header: p('what'), cell: (step) => <span className="font-semibold">{words(step)}</span>, card: 'title' },
    { id: 'who', header: p('who'), cell: (step) => step.byName ?? <span className="text-ink-muted">{t('unknown')}</span> },
    { id: 'subject', header: t('concerns'), cell: (step) => step.subjectName ?? <span className="text-ink-muted">–</span> },
    { id: 'reason', header: c('fields.reason'), cell: (step) => (step.reason === null ? <span className="text-ink-muted">–</span> : <span className="text-wrap">{step.reason}</span>), from: 'lg' },
    { id: 'when', header: p('when'), cell: (step) => <DeviceMoment value={step.happenedAt} />, width: '10rem', card: 'status' },
  ];
  return (
    <DataTable
      label={t('trail')}
      columns={columns}
      rows={steps}
      rowKey={(step) => step.id}
      rowLabel={words}
      paging={usePaging(url, nextCursor)}
      refreshing={url.pending}
      dense
      filters={
        <Select
          aria-label={p('who')} className="w-full sm:w-64" value={url.get('person')} onValueChange={(person) => url.filter({ person })}
          options={[{ value: '', label: p('everybody') }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      }
      empty={<EmptyState icon={<ScrollText />} title={t('trailEmpty')}>{t('trailEmptyHelp')}</EmptyState>}
    />
  );
}
