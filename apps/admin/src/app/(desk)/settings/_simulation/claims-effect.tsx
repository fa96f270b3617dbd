'use client';
import { BarChart, Stat } from '@interdomestik/ui';
import type { TrialFigure } from '@interdomestik/rules/simulation';
import { useTranslations } from 'next-intl';
import { useFormats } from '../../../_parts/use-formats';
import { useFigureHref, type Figures, type Result } from './shared';

/** At most six figures of a workflow: routes, deadlines, refused steps, documents, and what would have been late. */
export function ClaimsStats({ figures }: { figures: Figures }) {
  const t = useTranslations('simulation');
  const formats = useFormats();
  const hrefOf = useFigureHref();
  if (figures.claims === null) return null;
  const { compared, route, dueSooner, dueLater, blocked, documents, lateBefore, lateAfter } = figures.claims.total;
  // i18n-keys: simulation.figures.*
  const stat = (figure: TrialFigure, count: number) => (
    <Stat label={t(`figures.${figure}`)} value={formats.count(count)} href={count === 0 ? undefined : hrefOf(figure)} comparison={t('ofClaims', { count: compared })} />
  );
  const worse = lateAfter - lateBefore;
  return (
    <>
      {stat('route', route)}
      {stat('due_sooner', dueSooner)}
      {stat('due_later', dueLater)}
      {stat('blocked', blocked)}
      {stat('documents', documents)}
      <Stat
        label={t('late')} value={formats.count(lateAfter)} comparison={t('fromTo', { before: formats.count(lateBefore), after: formats.count(lateAfter) })}
        trend={{ direction: worse > 0 ? 'up' : worse < 0 ? 'down' : 'same', text: formats.count(Math.abs(worse)), good: worse === 0 ? undefined : worse < 0 }}
      />
    </>
  );
}

/** The same by branch. */
export function ClaimsByBranch({ result: { figures, branches } }: { result: Result }) {
  const t = useTranslations('simulation');
  const formats = useFormats();
  if (figures === null || figures.claims === null) return null;
  return (
    <BarChart
      title={t('chartClaims')} labelHeader={t('byBranch')} format={formats.count}
      data={figures.claims.byBranch.map(({ branchId, effect }) => ({
        label: branches.find(({ id }) => id === branchId)?.name ?? '–', values: { route: effect.route, sooner: effect.dueSooner, later: effect.dueLater, blocked: effect.blocked },
      }))}
      series={[{ key: 'route', label: t('figures.route') }, { key: 'sooner', label: t('figures.due_sooner') }, { key: 'later', label: t('figures.due_later') }, { key: 'blocked', label: t('figures.blocked') }]}
    />
  );
}
