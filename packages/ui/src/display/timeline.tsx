import type { ReactNode } from 'react';
import { cn } from '../lib/cn';

export type TimelineItem = {
  id: string;
  /** What happened, in a sentence. */
  title: ReactNode;
  /** When, as DateText. */
  time: ReactNode;
  /** Who did it. */
  by?: ReactNode;
  children?: ReactNode;
  tone?: 'plain' | 'accent' | 'success' | 'warning' | 'danger' | 'ahead' | undefined;
};

const dots = {
  plain: 'border-line-strong bg-line-strong',
  accent: 'border-accent bg-accent',
  success: 'border-success bg-success',
  warning: 'border-warning bg-warning',
  danger: 'border-danger bg-danger',
  ahead: 'border-line-strong bg-raised',
} as const;

/** What happened to a record, newest first or last as given. `ahead` marks what is still to come. */
export function Timeline({ items, className }: { items: readonly TimelineItem[]; className?: string | undefined }) {
  return (
    <ol className={className}>
      {items.map((item, index) => (
        <li key={item.id} className="relative flex gap-3 pb-5 last:pb-0">
          {index < items.length - 1 ? <span aria-hidden="true" className="absolute top-4 bottom-0 left-[5px] w-0.5 bg-line" /> : null}
          <span aria-hidden="true" className={cn('relative mt-1.5 size-3 shrink-0 rounded-full border-2', dots[item.tone ?? 'plain'])} />
          <div className="min-w-0 flex-1">
            <div className={cn('font-semibold', item.tone === 'ahead' && 'font-normal text-ink-muted')}>{item.title}</div>
            <div className="flex flex-wrap gap-x-2 text-note text-ink-muted">
              {item.time}
              {item.by ? <span>{item.by}</span> : null}
            </div>
            {item.children ? <div className="mt-1">{item.children}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
