'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../_parts/use-formats';

type Simulation = Outputs['simulation']['list'][number];

/** How far a simulation has come, how fast it goes, and how long it may still take. */
export function SimulationProgress({ simulation: { done, total, elapsedMs }, onEnd }: { simulation: Simulation; onEnd: () => void }) {
  const t = useTranslations('simulation');
  const formats = useFormats();
  // it is shown while the simulation runs, so going away is its end
  const end = useRef(onEnd);
  useEffect(() => { end.current = onEnd; }, [onEnd]);
  useEffect(() => () => end.current(), []);
  const share = total === null || total === 0 ? 0 : Math.min(1, done / total);
  const perSecond = elapsedMs === null || elapsedMs < 300 || done === 0 ? null : (done * 1000) / elapsedMs;
  return (
    <div className="mt-6 max-w-xl">
      <div className="flex flex-wrap justify-between gap-x-4 text-note">
        <span role="status" className="font-semibold">{total === null ? t('queued') : t('running')}</span>
        {total === null ? null : <span className="figures text-ink-muted">{t('progress', { done: formats.count(done), total: formats.count(total) })}</span>}
      </div>
      <progress aria-label={t('running')} value={share} max={1} className="mt-2 block h-2 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent" />
      <p className="figures mt-1 min-h-5 text-note text-ink-muted">
        {perSecond === null || total === null ? null : `${t('rate', { rate: formats.count(Math.round(perSecond)) })} · ${t('timeLeft', { seconds: Math.ceil((total - done) / perSecond) })}`}
      </p>
    </div>
  );
}
