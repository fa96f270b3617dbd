'use client';
import type { ReactNode } from 'react';
import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import { UiLink } from '../context/link';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';
import { statGrid } from './stat-grid';

export type StatProps = {
  label: ReactNode;
  /** The figure, formatted. */
  value: ReactNode;
  /** The list behind the figure. */
  href?: string | undefined;
  trend?: { direction: 'up' | 'down' | 'same'; /** Formatted, such as "12 %". */ text: string; /** Whether this direction is good. Left out: neither. */ good?: boolean | undefined } | undefined;
  /** With what it is compared, such as "against October". */
  comparison?: ReactNode;
  className?: string | undefined;
};

/** One figure of a dashboard with its trend, and the way to its list. */
export function Stat({ label, value, href, trend, comparison, className }: StatProps) {
  const words = useWords();
  const Mark = trend?.direction === 'up' ? ArrowUpRight : trend?.direction === 'down' ? ArrowDownRight : ArrowRight;
  const body = (
    <>
      <span className="block text-note text-ink-muted">{label}</span>
      <span className="figures mt-1 block text-xl font-bold">{value}</span>
      {trend || comparison ? (
        <span className="mt-1 flex flex-wrap items-center gap-x-1.5 text-note text-ink-muted">
          {trend ? (
            <span className={cn('figures inline-flex items-center gap-0.5 font-semibold', trend.good === true && 'text-success-ink', trend.good === false && 'text-danger-ink')}>
              <Mark className="size-4" aria-hidden="true" />
              <span className="sr-only">{words[trend.direction]} </span>
              {trend.text}
            </span>
          ) : null}
          {comparison}
        </span>
      ) : null}
    </>
  );
  const look = cn('block rounded-card border bg-raised p-4', className);
  return href ? (
    <UiLink href={href} className={cn(look, 'no-underline transition-colors hover:border-line-strong')}>{body}</UiLink>
  ) : (
    <div className={look}>{body}</div>
  );
}

/** The grid figures stand in: at most six, in rows that come out even. */
export function StatRow({ children }: { children: ReactNode }) {
  return (
    <div className="@container">
      <div className={statGrid}>{children}</div>
    </div>
  );
}
