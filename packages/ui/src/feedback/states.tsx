'use client';
import type { ReactNode } from 'react';
import { CircleAlert } from 'lucide-react';
import { Button } from '../actions/button';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';

export type EmptyStateProps = {
  /** What will be here. */
  title: ReactNode;
  /** How it comes here. */
  children?: ReactNode;
  /** The first step. */
  action?: ReactNode;
  icon?: ReactNode;
  className?: string | undefined;
};

/** Nothing here yet: what will be, and the first step towards it. */
export function EmptyState({ title, children, action, icon, className }: EmptyStateProps) {
  return (
    <div className={cn('max-w-prose py-8', className)}>
      {icon ? <div className="mb-3 grid size-12 place-items-center rounded-full bg-accent-soft text-accent [&_svg]:size-6" aria-hidden="true">{icon}</div> : null}
      <p className="text-section font-semibold">{title}</p>
      {children ? <div className="mt-1 text-ink-muted">{children}</div> : null}
      {action ? <div className="mt-4 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}

export type ErrorStateProps = {
  /** What did not work, in plain words. */
  title: ReactNode;
  /** What the person can do; that nothing was lost, when that is so. */
  children?: ReactNode;
  onRetry?: (() => void) | undefined;
  retrying?: boolean | undefined;
  /** A number to tell when asking for help. Small, never alone. */
  reference?: ReactNode;
  className?: string | undefined;
};

/** Something failed: what, what to do, and a way to try again. */
export function ErrorState({ title, children, onRetry, retrying, reference, className }: ErrorStateProps) {
  const words = useWords();
  return (
    <div role="alert" className={cn('max-w-prose py-8', className)}>
      <div className="mb-3 grid size-12 place-items-center rounded-full bg-danger-soft text-danger-ink" aria-hidden="true"><CircleAlert className="size-6" /></div>
      <p className="text-section font-semibold">{title}</p>
      {children ? <div className="mt-1 text-ink-muted">{children}</div> : null}
      {onRetry ? <div className="mt-4"><Button variant="secondary" loading={retrying} onClick={onRetry}>{words.retry}</Button></div> : null}
      {reference ? <p className="figures mt-4 text-note text-ink-muted">{reference}</p> : null}
    </div>
  );
}
