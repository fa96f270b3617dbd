'use client';
import { Button, Checkbox, EmptyState, Notice, Status, toast, type StatusTone } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../_parts/use-formats';

type Standing = Outputs['reconciliations']['list'];
type Run = Standing['runs'][number];

const isOpen = ({ status }: Pick<Run, 'status'>): boolean => status === 'queued' || status === 'running';
const tones: Readonly<Record<Run['status'], StatusTone>> = { queued: 'info', running: 'info', done: 'success', failed: 'danger' };

// i18n-keys: reconciliation.statuses.*
/** The comparisons so far with what each brought, and the button that begins one. */
export function RunList({ first, mayStart }: { first: Standing; mayStart: boolean }) {
  const t = useTranslations('reconciliation');
  const errorText = useErrorText();
  const router = useRouter();
  const { moment, count } = useFormats();
  const [whole, setWhole] = useState(false);
  const standing = trpc.reconciliations.list.useQuery(undefined, { initialData: first, refetchInterval: ({ state }) => (state.data?.runs.some(isOpen) === true ? 1500 : false) });
  const start = trpc.reconciliations.start.useMutation({
    onSuccess: () => {
      toast.success(t('started'));
      void standing.refetch();
    },
    onError: (error) => toast.error(errorText(error)),
  });
  const { accounts, runs } = standing.data;
  const busy = runs.some(isOpen);
  const was = useRef(busy);
  // what it found stands in the list above, which comes from the server
  useEffect(() => {
    if (was.current && !busy) router.refresh();
    was.current = busy;
  }, [busy, router]);
  return (
    <section aria-label={t('runs')}>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h2 className="text-lg">{t('runs')}</h2>
        {mayStart && accounts.length > 0 ? (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Checkbox label={t('whole')} checked={whole} onChange={(event) => setWhole(event.currentTarget.checked)} />
            {accounts.map(({ id, name }) => (
              <Button key={id} variant="secondary" loading={start.isPending && start.variables.accountId === id} disabled={busy} onClick={() => start.mutate({ accountId: id, whole })}>{accounts.length === 1 ? t('start') : t('startOf', { name })}</Button>
            ))}
          </div>
        ) : null}
      </div>
      {accounts.length === 0 ? <Notice tone="info" className="mb-3">{t('noAccount')}</Notice> : null}
      {runs.length === 0 ? <div className="rounded-card border bg-raised px-5"><EmptyState title={t('noRuns')}>{t('noRunsHelp')}</EmptyState></div> : (
        <ul className="divide-y divide-line rounded-card border bg-raised" aria-live="polite">
          {runs.map((run) => (
            <li key={run.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3 sm:px-5">
              <div className="min-w-0">
                <p>{moment(run.createdAt)} · {run.accountName}</p>
                <p className="text-note text-ink-muted">{run.by ?? t('byItself')} · {run.since === null ? t('everything') : t('since', { at: moment(run.since) })}</p>
                {run.reason === null ? null : <p className="text-note text-danger-ink">{errorText(run.reason)}</p>}
              </div>
              <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
                <span className="figures text-note text-ink-muted">{t('checked')}: {count(run.checked)} · {t('repaired')}: {count(run.repaired)} · {t('foundCount')}: {count(run.found)}</span>
                <Status tone={tones[run.status]}>{t(`statuses.${run.status}`)}</Status>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
