import type { ReactNode } from 'react';
import { CircleAlert, CircleCheck, Info, ShieldAlert, TriangleAlert } from 'lucide-react';
import { cn } from '../lib/cn';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

const marks = { neutral: Info, info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert } as const;
const grounds: Record<Tone, string> = {
  neutral: 'border-line bg-sunken',
  info: 'border-info/40 bg-info-soft',
  success: 'border-success/40 bg-success-soft',
  warning: 'border-warning/50 bg-warning-soft',
  danger: 'border-danger/45 bg-danger-soft',
};
const inks: Record<Tone, string> = { neutral: 'text-ink-muted', info: 'text-info-ink', success: 'text-success-ink', warning: 'text-warning-ink', danger: 'text-danger-ink' };

export type NoticeProps = {
  tone?: Tone | undefined;
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons or links: what to do about it. */
  actions?: ReactNode;
  /** Announces itself when it appears later than the page. */
  live?: boolean | undefined;
  className?: string | undefined;
};

/** Something to know, in place. */
export function Notice({ tone = 'info', title, children, actions, live, className }: NoticeProps) {
  const Mark = marks[tone];
  return (
    <div role={live ? (tone === 'danger' ? 'alert' : 'status') : undefined} className={cn('flex gap-3 rounded-control border p-4', grounds[tone], className)}>
      <Mark className={cn('mt-0.5 size-5 shrink-0', inks[tone])} aria-hidden="true" />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className={cn('text-ink', title ? 'mt-0.5' : undefined)}>{children}</div> : null}
        {actions ? <div className="mt-3 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}

export type BannerProps = {
  tone?: 'info' | 'warning' | 'impersonation' | undefined;
  children: ReactNode;
  /** A button at the end, such as "Leave". */
  action?: ReactNode;
};

/** Across the whole width, above everything. `impersonation` is loud on purpose: someone is inside a tenant that is not theirs. */
export function Banner({ tone = 'info', children, action }: BannerProps) {
  const loud = tone === 'impersonation';
  const Mark = loud ? ShieldAlert : tone === 'warning' ? TriangleAlert : Info;
  return (
    <div
      role={loud ? 'alert' : 'status'}
      className={cn(
        'flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2',
        loud ? 'border-danger-solid bg-danger-solid font-semibold text-on-danger' : tone === 'warning' ? 'bg-warning-soft' : 'bg-info-soft',
      )}
    >
      <Mark className="size-5 shrink-0" aria-hidden="true" />
      <div className="min-w-0 flex-1 basis-56">{children}</div>
      {action}
    </div>
  );
}
