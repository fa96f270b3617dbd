'use client';
import type { RuleKind } from '@interdomestik/rules/rule-sets';
import { IconButton, KeyValue, Popover, Skeleton } from '@interdomestik/ui';
import { Info } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { Moment } from '../../../_parts/values';
import { useSay } from '../_kinds/use-say';
import { stepsTo } from './difference';
import { valueText } from './words';

/** Why a value is what it is: the branch, the country's version or the country pack, since when, by whom and for what reason. */
export function Why({ kind, path, label, branchId, doc }: { kind: RuleKind; path: string; label: string; branchId: string | null; doc: unknown }) {
  const t = useTranslations('settings.why');
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open} onOpenChange={setOpen} title={label}
      trigger={<IconButton label={t('open', { name: label })} icon={<Info />} size="small" />}
    >
      {open ? <Reason kind={kind} path={path} branchId={branchId} doc={doc} /> : null}
    </Popover>
  );
}

function Reason({ kind, path, branchId, doc }: { kind: RuleKind; path: string; branchId: string | null; doc: unknown }) {
  const t = useTranslations('settings.why');
  const errorText = useErrorText();
  const say = useSay();
  const { data, error } = trpc.settings.why.useQuery({ kind, path, branchId });
  if (error !== null) return <p className="text-ink-muted">{errorText(error)}</p>;
  if (data === undefined) return <div className="space-y-2"><Skeleton className="w-4/5" /><Skeleton className="w-3/5" /></div>;
  const source = data.source === 'branch' ? t('branch', { version: data.version }) : data.source === 'tenant' ? t('tenant', { version: data.version }) : t('pack');
  return (
    <>
      <p className="font-semibold break-words">{valueText(say, kind, stepsTo(doc, path), data.value)}</p>
      <KeyValue
        stacked className="mt-1 text-note"
        items={[
          { label: t('source'), value: source },
          ...(data.since === null ? [] : [{ label: t('since'), value: <Moment value={data.since} /> }]),
          ...(data.author === null ? [] : [{ label: t('author'), value: data.author.name }]),
          ...(data.note === '' ? [] : [{ label: t('note'), value: data.note }]),
        ]}
      />
    </>
  );
}
