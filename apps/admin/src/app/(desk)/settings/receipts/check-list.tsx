'use client';
import { Button, EmptyState, Status, TextLink, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../_parts/use-formats';

type Check = Outputs['receipts']['list'][number];

const isOpen = ({ status }: Check): boolean => status === 'queued' || status === 'running';

/** How a check stands, in one word. */
export function CheckState({ check }: { check: Pick<Check, 'status' | 'differing'> }) {
  const t = useTranslations('rechecks.statuses');
  if (check.differing > 0) return <Status tone="danger">{t('different')}</Status>;
  if (check.status === 'done') return <Status tone="success">{t('same')}</Status>;
  if (check.status === 'failed') return <Status tone="neutral">{t('failed')}</Status>;
  return <Status tone="info">{t(check.status === 'queued' ? 'queued' : 'running')}</Status>;
}

export function CheckList({ first, mayStart }: { first: readonly Check[]; mayStart: boolean }) {
  const t = useTranslations('rechecks');
  const { moment, count } = useFormats();
  const checks = trpc.receipts.list.useQuery(undefined, { initialData: [...first], refetchInterval: ({ state }) => (state.data?.some(isOpen) === true ? 1500 : false) });
  const start = trpc.receipts.start.useMutation({
    onSuccess: () => {
      toast.success(t('started'));
      void checks.refetch();
    },
  });
  const list = checks.data;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="max-w-prose">
          <h2 className="text-lg">{t('title')}</h2>
          <p className="mt-1 text-ink-muted">{t('help')}</p>
        </div>
        {mayStart ? <Button onClick={() => start.mutate()} loading={start.isPending} disabled={list.some(isOpen)}>{t('start')}</Button> : null}
      </div>
      {list.length === 0 ? <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState> : (
        <ul className="divide-y divide-line rounded-card border bg-raised" aria-live="polite">
          {list.map((check) => (
            <li key={check.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3 sm:px-5">
              <div className="min-w-0">
                <TextLink kind="standalone" href={`/settings/receipts/${check.id}`}>{moment(check.createdAt)}</TextLink>
                <p className="text-note text-ink-muted">{check.by ?? t('byItself')}</p>
              </div>
              <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
                <span className="figures text-note text-ink-muted">{t('checked')}: {count(check.checked)}{check.differing > 0 ? ` · ${t('differing')}: ${count(check.differing)}` : ''}</span>
                <CheckState check={check} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
