'use client';
import type { StateFault } from '@interdomestik/rules/workflows';
import { cn } from '@interdomestik/ui';
import { TriangleAlert } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { StateMark } from '../../../../_parts/state-mark';
import { size, type Diagram as Layout, type DiagramStep } from './layout';

export type Picked = { readonly kind: 'state' | 'step'; readonly key: string } | null;

interface DiagramProps {
  readonly label: string;
  readonly statuses: 'claim' | 'membership';
  readonly layout: Layout;
  readonly initial: string;
  readonly closed: readonly string[];
  readonly faults: ReadonlyMap<string, readonly StateFault[]>;
  /** Keys of steps in which something is wrong. */
  readonly wrongSteps: ReadonlySet<string>;
  readonly picked: Picked;
  readonly onPick: (picked: Picked) => void;
  readonly stepName: (step: { readonly from: string; readonly to: string }) => string;
}

type Look = 'calm' | 'chosen' | 'wrong' | 'faint';
const strokes: Readonly<Record<Look, string>> = { calm: 'stroke-line-strong text-line-strong', chosen: 'stroke-accent text-accent', wrong: 'stroke-danger text-danger', faint: 'stroke-line text-line' };
const looks = ['calm', 'chosen', 'wrong', 'faint'] as const;

// i18n-keys: editors.workflows.unreachable, editors.workflows.noWayOut, editors.workflows.noEnd
/** The states of a workflow one below the other with the steps between them; every state and every step can be pressed. The table beside it says the same in words. */
export function Diagram({ label, statuses, layout, initial, closed, faults, wrongSteps, picked, onPick, stepName }: DiagramProps) {
  const t = useTranslations('editors.workflows');
  const id = useId();
  const touches = (step: DiagramStep): boolean => picked?.kind === 'state' && (step.from === picked.key || step.to === picked.key);
  const lookOf = (step: DiagramStep): Look =>
    picked?.kind === 'step' && picked.key === step.key ? 'chosen' : touches(step) ? 'chosen' : wrongSteps.has(step.key) ? 'wrong' : picked === null ? 'calm' : 'faint';
  // what is chosen is drawn last, above the lines that it crosses
  const drawn = layout.steps.toSorted((a, b) => Number(lookOf(a) === 'chosen') - Number(lookOf(b) === 'chosen'));
  return (
    <div className="overflow-x-auto" role="group" aria-label={label}>
      <div className="relative mx-auto" style={{ width: layout.width, height: layout.height }}>
        <svg aria-hidden="true" width={layout.width} height={layout.height} className="absolute inset-0 fill-none">
          <defs>
            {looks.map((look) => (
              <marker key={look} id={`${id}-${look}`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto" className={strokes[look]}><path d="M 0 0 L 8 4 L 0 8 z" className="fill-current stroke-none" /></marker>
            ))}
          </defs>
          {drawn.map((step) => {
            const look = lookOf(step);
            return (
              <g key={step.key} className="cursor-pointer" onClick={() => onPick({ kind: 'step', key: step.key })}>
                <path d={step.path} className="stroke-transparent" strokeWidth="14" />
                <path d={step.path} className={strokes[look]} strokeWidth={look === 'chosen' ? 2.5 : 1.5} markerEnd={`url(#${id}-${look})`} />
              </g>
            );
          })}
        </svg>
        {layout.nodes.map(({ state, x, y }) => {
          const [fault] = faults.get(state) ?? [];
          const chosen = picked?.kind === 'state' && picked.key === state;
          return (
            <button
              key={state} type="button" aria-pressed={chosen} onClick={() => onPick(chosen ? null : { kind: 'state', key: state })} style={{ left: x, top: y, width: size.node.width, height: size.node.height }}
              className={cn('absolute flex flex-col items-center justify-center rounded-control border bg-raised px-2 text-center leading-tight hover:border-ink-muted', fault !== undefined && 'border-2 border-danger bg-danger-soft', chosen && 'border-2 border-accent bg-accent-soft')}
            >
              <StateMark kind={statuses} value={state} look="plain" />
              {fault === undefined
                ? state === initial ? <Note>{t('start')}</Note> : closed.includes(state) ? <Note>{t('end')}</Note> : null
                : <span className="flex items-center gap-1 text-xs font-semibold text-danger-ink"><TriangleAlert aria-hidden="true" className="size-3.5" />{t(fault)}</span>}
            </button>
          );
        })}
        {layout.steps.map((step) => {
          const look = lookOf(step);
          return (
            <button
              key={step.key} type="button" aria-pressed={picked?.kind === 'step' && picked.key === step.key} title={stepName(step)} aria-label={t('stepNamed', { number: step.number, name: stepName(step) })}
              onClick={() => onPick({ kind: 'step', key: step.key })} style={{ left: step.at.x - 12, top: step.at.y - 12 }}
              className={cn(
                'figures absolute grid size-6 place-items-center rounded-full border bg-raised text-xs text-ink before:absolute before:-inset-0.5 hover:border-accent hover:text-accent',
                look === 'chosen' && 'border-accent bg-accent font-semibold text-accent-contrast hover:text-accent-contrast', look === 'wrong' && 'border-danger bg-danger-soft text-danger-ink', look === 'faint' && 'text-ink-muted',
              )}
            >
              {step.number}
            </button>
          );
        })}
      </div>
    </div>
  );
}

function Note({ children }: { children: string }) {
  return <span className="text-xs text-ink-muted">{children}</span>;
}
