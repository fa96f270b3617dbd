'use client';
import { Button, Card, ErrorState, Field, NativeSelect, SkeletonText } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { DifferenceList } from './difference-list';
import type { Version } from './types';

type Pair = readonly [before: string, after: string];

/** Any two versions of a rule and what differs between them. */
export function Compare({ versions, chosen, onChoose }: { versions: readonly Version[]; chosen: Pair | null; onChoose: (pair: Pair | null) => void }) {
  const t = useTranslations('settings.history');
  const box = useRef<HTMLDivElement>(null);
  const shown = chosen !== null;
  useEffect(() => {
    if (shown) box.current?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  const [newest, older] = versions;
  if (newest === undefined || older === undefined) return null;
  if (chosen === null) return <Button className="mt-3" variant="secondary" size="small" onClick={() => onChoose([older.id, newest.id])}>{t('compare')}</Button>;
  const [before, after] = chosen;
  const options = versions.map((version) => ({ value: version.id, label: t('version', { version: version.version }) }));
  return (
    <div ref={box} className="mt-4">
      <Card title={t('compareTitle')} level={3} action={<Button variant="ghost" size="small" onClick={() => onChoose(null)}>{t('closeCompare')}</Button>}>
        <div className="mb-3 grid gap-3 sm:grid-cols-2">
          <Field label={t('earlier')}><NativeSelect options={options} value={before} onChange={(event) => onChoose([event.target.value, after])} /></Field>
          <Field label={t('later')}><NativeSelect options={options} value={after} onChange={(event) => onChoose([before, event.target.value])} /></Field>
        </div>
        <Both kind={newest.kind} before={before} after={after} />
      </Card>
    </div>
  );
}

function Both({ kind, before, after }: { kind: Version['kind']; before: string; after: string }) {
  const errorText = useErrorText();
  const left = trpc.settings.version.useQuery({ id: before });
  const right = trpc.settings.version.useQuery({ id: after });
  const error = left.error ?? right.error;
  if (error !== null) return <ErrorState title={errorText(error)} onRetry={() => { void left.refetch(); void right.refetch(); }} />;
  return left.data === undefined || right.data === undefined ? <SkeletonText /> : <DifferenceList kind={kind} before={left.data.resolved} after={right.data.resolved} />;
}
