'use client';
import { Button, EmptyState, ErrorState, Notice, SkeletonStats, StatRow } from '@interdomestik/ui';
import { ChartColumn } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useRouter, useSearchParams } from 'next/navigation';
import { trialFigures } from '@interdomestik/rules/simulation';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { ClaimsByBranch, ClaimsStats } from './claims-effect';
import { LeftOut } from './left-out';
import { RecordList } from './record-list';
import { figureParameter, useFigureHref, type Figures } from './shared';
import { SalesGroups, SalesSentences, SalesStats } from './sales-effect';

function comparedIn({ sales, claims, fees, uncompared }: Figures): number {
  const sold = sales?.total.reduce((sum, { compared, unsellable, sellable }) => sum + compared + unsellable.count + sellable.count, 0) ?? 0;
  const paid = fees?.total.reduce((sum, { compared }) => sum + compared, 0) ?? 0;
  return sold + paid + (claims?.total.compared ?? 0) + uncompared.reduce((sum, { count }) => sum + count, 0);
}

/** What a simulation found out: figures in words, by branch and plan, the list behind each, and what could not be told. */
export function SimulationResult({ id }: { id: string }) {
  const t = useTranslations('simulation');
  const errorText = useErrorText();
  const router = useRouter();
  const query = useSearchParams();
  const hrefOf = useFigureHref();
  const result = trpc.simulation.get.useQuery({ id }, { staleTime: Infinity });
  if (result.isPending) return <SkeletonStats />;
  if (result.isError) return <ErrorState title={errorText(result.error)} onRetry={() => void result.refetch()} retrying={result.isFetching} />;
  const { figures } = result.data;
  if (figures === null) return null;
  const compared = comparedIn(figures);
  if (compared === 0) return <div className="rounded-card border bg-raised px-5"><EmptyState icon={<ChartColumn />} title={t('emptyTitle')}>{t('emptyHelp')}</EmptyState></div>;
  const open = trialFigures.find((figure) => figure === query.get(figureParameter) && figures.lists.some((list) => list.figure === figure));
  const differs = figures.lists.some(({ figure }) => figure !== 'uncompared');
  const uncompared = figures.uncompared.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="space-y-6">
      {differs ? (
        <>
          <StatRow>{figures.sales === null ? <ClaimsStats figures={figures} /> : <SalesStats kind={result.data.kind} figures={figures} />}</StatRow>
          <SalesSentences figures={figures} />
        </>
      ) : <Notice tone="success" title={t('nothingTitle')}>{t('nothingHelp', { count: compared - uncompared })}</Notice>}
      {open === undefined ? null : (
        <RecordList key={`${id} ${open}`} result={result.data} figure={open} close={<Button variant="ghost" size="small" onClick={() => router.replace(hrefOf(null), { scroll: false })}>{t('closeList')}</Button>} />
      )}
      {differs ? (figures.claims === null ? <SalesGroups result={result.data} /> : <ClaimsByBranch result={result.data} />) : null}
      <LeftOut figures={figures} />
    </div>
  );
}
