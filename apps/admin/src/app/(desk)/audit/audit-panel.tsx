'use client';
import { Button, KeyValue, Section, SidePanel } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { Moment } from '../../_parts/values';
import { changedFields, type AuditEntry } from './entries';
import { useAuditWords } from './use-audit-words';

interface AuditPanelProps {
  readonly entry: AuditEntry;
  readonly onFilter: (changes: Readonly<Record<string, string | null>>) => void;
  readonly onClose: () => void;
}

/** One recorded change: who, when, on which record, and each field before and after. */
export function AuditPanel({ entry, onFilter, onClose }: AuditPanelProps) {
  const t = useTranslations('admin.audit');
  const words = useAuditWords();
  const { actorId, entityId } = entry;
  return (
    <SidePanel
      open
      onOpenChange={onClose}
      width="wide"
      title={words.entity(entry.entity)}
      meta={<><span>{words.operation(entry.operation)}</span><Moment value={entry.happenedAt} /></>}
    >
      <KeyValue
        items={[
          { label: t('who'), value: words.actor(entry), action: actorId === null ? undefined : <Button size="small" variant="ghost" className="-my-1 shrink-0 whitespace-nowrap" onClick={() => onFilter({ actor: actorId })}>{t('onlyPerson')}</Button> },
          { label: t('actionCode'), value: <code className="break-all">{entry.action}</code> },
          { label: t('recordId'), value: <code className="text-note break-all">{entityId ?? '–'}</code>, action: entityId === null ? undefined : <Button size="small" variant="ghost" className="-my-1 shrink-0 whitespace-nowrap" onClick={() => onFilter({ entity: entry.entity, record: entityId })}>{t('onlyRecord')}</Button> },
          ...(entry.requestId === null ? [] : [{ label: t('requestId'), value: <code className="text-note break-all">{entry.requestId}</code> }]),
        ]}
      />
      <Section level={3} className="mt-6" title={t('changed')}><Changes entry={entry} /></Section>
    </SidePanel>
  );
}

function Changes({ entry }: { entry: AuditEntry }) {
  const t = useTranslations('admin.audit');
  const words = useAuditWords();
  const names = changedFields(entry);
  if (names.length === 0) return <p className="text-ink-muted">{t('noFields')}</p>;
  return (
    <dl className="divide-y divide-line border-y">
      {names.map((name) => (
        <div key={name} className="py-2.5">
          <dt className="font-semibold">{words.field(name)}</dt>
          <dd className="mt-1 grid gap-x-4 gap-y-1 sm:grid-cols-2">
            {entry.before === null ? null : <Side label={t('before')} value={words.value(entry, name, entry.before[name])} />}
            {entry.after === null ? null : <Side label={t('after')} value={words.value(entry, name, entry.after[name])} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Side({ label, value }: { label: string; value: string }) {
  return (
    <span className="min-w-0">
      <span className="block text-note text-ink-muted">{label}</span>
      <span className="break-words whitespace-pre-wrap">{value}</span>
    </span>
  );
}
