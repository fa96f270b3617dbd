'use client';
import { Button, ErrorState, Field, NativeSelect, Notice, Section, SkeletonStats } from '@interdomestik/ui';
import { isTriedKind } from '@interdomestik/rules/simulation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { Moment } from '../../../_parts/values';
import type { TrialProps } from '../_editors/plugs';
import { SimulationProgress } from './progress';
import { SimulationResult } from './result';

const spans = [30, 90, 180, 365] as const;
const pollMs = 500;

/** A draft tried on what has happened: how far back, how far it has come, and what would have been different. */
export function SimulationPanel(props: TrialProps) {
  return isTriedKind(props.kind) ? <Trials {...props} /> : null;
}

function Trials({ settingId, required, onTried }: TrialProps) {
  const t = useTranslations('simulation');
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const [days, setDays] = useState<number>(90);
  const list = trpc.simulation.list.useQuery({ settingId }, {
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === 'queued' || status === 'running') === true ? pollMs : false),
  });
  const changed = () => void utils.simulation.invalidate();
  const start = trpc.simulation.start.useMutation({ onSuccess: changed });
  const cancel = trpc.simulation.cancel.useMutation({ onSuccess: changed });
  const [newest] = list.data ?? [];
  const shown = list.data?.find(({ status }) => status === 'done');
  const goingOn = newest !== undefined && (newest.status === 'queued' || newest.status === 'running');
  return (
    <Section level={3} title={t('title')}>
      <p className="max-w-prose text-ink-muted">{t('help')} {required ? t('required') : null}</p>
      <div className="mt-4 flex flex-wrap items-end gap-3">
        <Field label={t('days')} className="w-56">
          <NativeSelect value={String(days)} disabled={goingOn} onChange={(event) => setDays(Number(event.target.value))} options={spans.map((value) => ({ value: String(value), label: t('daysOption', { days: value }) }))} />
        </Field>
        {goingOn
          ? <Button variant="secondary" loading={cancel.isPending} onClick={() => cancel.mutate({ id: newest.id })}>{t('cancel')}</Button>
          : <Button variant="secondary" loading={start.isPending} onClick={() => start.mutate({ settingId, days })}>{shown === undefined ? t('start') : t('again')}</Button>}
      </div>
      {list.isPending ? <div className="mt-6"><SkeletonStats /></div> : null}
      {list.isError ? <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} retrying={list.isFetching} /> : null}
      {goingOn ? <SimulationProgress key={newest.id} simulation={newest} onEnd={onTried} /> : null}
      {newest?.status === 'failed' ? <Notice tone="warning" live className="mt-6" title={t('failed')}>{errorText(newest.errorKey)}</Notice> : null}
      {shown === undefined || goingOn ? null : (
        <div className="mt-6 space-y-6">
          <p className="text-note text-ink-muted">
            {t.rich('triedBy', { days: shown.days, when: () => <Moment value={shown.finishedAt} />, who: shown.createdByName ?? t('somebody') })}
          </p>
          {shown.outdated ? <Notice tone="warning" title={t('outdatedTitle')}>{t('outdatedHelp')}</Notice> : null}
          <SimulationResult key={shown.id} id={shown.id} />
        </div>
      )}
    </Section>
  );
}
