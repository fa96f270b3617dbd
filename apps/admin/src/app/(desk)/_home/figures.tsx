'use client';
import { money, type Money } from '@interdomestik/rules/money';
import { Stat, StatRow, type StatProps } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';

type Figures = Outputs['dashboard']['figures'];
export type FigureKey = 'active' | 'joined' | 'takings' | 'openClaims' | 'overdue' | 'cash';

/** How a figure moved against the period before: in percent, or as such where there was nothing before. `show` writes the figure. */
function trendOf(value: number, before: number, percent: (basisPoints: number) => string, show: (value: number) => string, upIsGood: boolean | null): StatProps['trend'] {
  const direction = value > before ? 'up' : value < before ? 'down' : 'same';
  const text = direction === 'same' ? '0' : before === 0 ? `+${show(value)}` : percent(Math.round((Math.abs(value - before) / before) * 100) * 100);
  return upIsGood === null || direction === 'same' ? { direction, text } : { direction, text, good: (direction === 'up') === upIsGood };
}

const minorIn = (amounts: readonly Money[], currency: string | undefined): number => Number(amounts.find((amount) => amount.currency === currency)?.minor ?? 0n);

/** The figures of the person's reach, each leading to the list that it counts. */
export function FigureRow({ figures, keys, links }: { figures: Figures; keys: readonly FigureKey[]; links: Partial<Record<FigureKey, string>> }) {
  const t = useTranslations('admin.home');
  const formats = useFormats();
  // i18n-keys: admin.home.before.*
  const comparison = t(`before.${figures.period}`);
  const { takings } = figures;
  const main = takings.total[0]?.currency ?? takings.before[0]?.currency;
  const inMain = (minor: number): string => (main === undefined ? formats.count(minor) : formats.money(money(BigInt(minor), main)));
  const stats: Record<FigureKey, StatProps> = {
    active: { label: t('active'), value: formats.count(figures.activeMembers.value), trend: trendOf(figures.activeMembers.value, figures.activeMembers.before, formats.percent, formats.count, true), comparison },
    joined: { label: t('joined'), value: formats.count(figures.newMembers.value), trend: trendOf(figures.newMembers.value, figures.newMembers.before, formats.percent, formats.count, true), comparison },
    takings: { label: t('takings'), value: <Sums amounts={takings.total} />, trend: trendOf(minorIn(takings.total, main), minorIn(takings.before, main), formats.percent, inMain, true), comparison },
    openClaims: { label: t('openClaims'), value: formats.count(figures.claims.open), comparison: t('submitted', { count: figures.claims.submitted }) },
    overdue: { label: t('overdue'), value: formats.count(figures.claims.overdue), comparison: figures.claims.overdue === 0 ? t('allInTime') : t('pastTriage') },
    cash: { label: t('cash'), value: <Sums amounts={figures.cashInCustody.total} />, comparison: t('receipts', { count: figures.cashInCustody.receipts }) },
  };
  return (
    <StatRow>
      {keys.map((key) => <Stat key={key} {...stats[key]} href={links[key]} />)}
    </StatRow>
  );
}

function Sums({ amounts }: { amounts: readonly Money[] }) {
  const formats = useFormats();
  if (amounts.length === 0) return <>–</>;
  return <>{amounts.map((amount) => <span key={amount.currency} className="mr-3 inline-block whitespace-nowrap">{formats.money(amount)}</span>)}</>;
}
