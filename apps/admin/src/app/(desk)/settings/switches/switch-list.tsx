'use client';
import { Button, Status } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../_parts/use-formats';
import { SwitchDialog } from './switch-dialog';

export type Switch = Outputs['flags']['list'][number];

// i18n-keys: switches.flags.*
export function SwitchList({ switches, mayChange }: { switches: readonly Switch[]; mayChange: boolean }) {
  const t = useTranslations('switches');
  const { moment } = useFormats();
  const [chosen, setChosen] = useState<Switch | null>(null);
  const story = ({ since, by }: Switch): string => {
    if (since === null) return t('never');
    return by === null ? t('since', { at: moment(since) }) : t('sinceBy', { at: moment(since), name: by });
  };
  return (
    <>
      <ul className="divide-y divide-line rounded-card border bg-raised">
        {switches.map((one) => (
          <li key={one.key} className="flex flex-col gap-3 px-4 py-4 sm:flex-row sm:items-start sm:justify-between sm:gap-6 sm:px-5">
            <div className="min-w-0 max-w-prose space-y-1">
              <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold">{t(`flags.${one.key}.name`)}<Status tone={one.on ? 'success' : 'warning'}>{t(one.on ? 'on' : 'off')}</Status></h3>
              <p className="text-ink-muted">{t(`flags.${one.key}.does`)}</p>
              <p className="text-note text-ink-muted">{story(one)}{one.note === '' ? null : <span className="block text-ink">„{one.note}“</span>}</p>
            </div>
            {mayChange ? <Button className="shrink-0 self-start" variant="secondary" onClick={() => setChosen(one)}>{t(one.on ? 'stop' : 'start')}<span className="sr-only">: {t(`flags.${one.key}.name`)}</span></Button> : null}
          </li>
        ))}
      </ul>
      {chosen === null ? null : <SwitchDialog key={chosen.key} chosen={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}
