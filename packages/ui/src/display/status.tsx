import type { ReactNode } from 'react';
import { cn } from '../lib/cn';
import type { Tone } from '../feedback/notice';

export type StatusTone = Tone | 'accent';
/** The shape says the same as the colour: done ●✓, going ◐, waiting ○, warns ▲, failed ✕, ended ■. */
export type StatusShape = 'done' | 'going' | 'waiting' | 'warning' | 'failed' | 'ended';

const soft: Record<StatusTone, string> = {
  neutral: 'bg-sunken', info: 'bg-info-soft', success: 'bg-success-soft', warning: 'bg-warning-soft', danger: 'bg-danger-soft', accent: 'bg-accent-soft',
};
const ink: Record<StatusTone, string> = {
  neutral: 'text-ink-muted', info: 'text-info-ink', success: 'text-success-ink', warning: 'text-warning-ink', danger: 'text-danger-ink', accent: 'text-accent',
};
const usual: Record<StatusTone, StatusShape> = { neutral: 'ended', info: 'going', success: 'done', warning: 'warning', danger: 'failed', accent: 'going' };

function Shape({ shape, className }: { shape: StatusShape; className?: string | undefined }) {
  const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.8, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={cn('size-3 shrink-0', className)}>
      {shape === 'done' ? <path d="M2 6.5 5 9.2 10 3.2" {...line} strokeWidth={2} /> : null}
      {shape === 'going' ? (<><circle cx="6" cy="6" r="4.4" {...line} strokeWidth={1.5} /><path d="M6 1.6a4.4 4.4 0 0 1 0 8.8z" fill="currentColor" /></>) : null}
      {shape === 'waiting' ? <circle cx="6" cy="6" r="4.3" {...line} strokeDasharray="2.2 2.3" /> : null}
      {shape === 'warning' ? <path d="M6 1.8 11 10.4H1z" fill="currentColor" stroke="currentColor" strokeWidth={1} strokeLinejoin="round" /> : null}
      {shape === 'failed' ? <path d="M2.6 2.6 9.4 9.4M9.4 2.6 2.6 9.4" {...line} strokeWidth={2} /> : null}
      {shape === 'ended' ? <rect x="2" y="2" width="8" height="8" rx="1.5" fill="currentColor" /> : null}
    </svg>
  );
}

export type StatusProps = {
  tone: StatusTone;
  /** Default by tone. */
  shape?: StatusShape | undefined;
  /** The word. */
  children: ReactNode;
  /** `plain` has no ground: for tables, where a column of grounds would be noise. */
  look?: 'soft' | 'plain' | undefined;
  className?: string | undefined;
};

/** A status: a word, a shape and a colour, never the colour alone. */
export function Status({ tone, shape, children, look = 'soft', className }: StatusProps) {
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', look === 'soft' && cn('rounded-small px-2 py-0.5 text-note font-semibold', soft[tone]), ink[tone], className)}>
      <Shape shape={shape ?? usual[tone]} />
      <span className={look === 'plain' ? 'text-ink' : undefined}>{children}</span>
    </span>
  );
}

/** A short word beside another, such as "new" or a count. No meaning in its colour. */
export function Badge({ children, tone = 'neutral', className }: { children: ReactNode; tone?: StatusTone | undefined; className?: string | undefined }) {
  return <span className={cn('figures inline-flex items-center rounded-small px-1.5 text-note font-semibold', soft[tone], ink[tone], className)}>{children}</span>;
}
