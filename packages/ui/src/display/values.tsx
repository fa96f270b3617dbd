import type { ReactNode } from 'react';
import { cn } from '../lib/cn';
import { initials } from '../lib/initials';

export type MoneyProps = {
  /** The amount, formatted by the app. */
  children: ReactNode;
  tone?: 'plain' | 'good' | 'bad' | 'muted' | undefined;
  strong?: boolean | undefined;
  className?: string | undefined;
};

/** An amount: figures of equal width, never broken over two lines. */
export function Money({ children, tone = 'plain', strong, className }: MoneyProps) {
  return (
    <span className={cn('figures whitespace-nowrap', strong && 'font-semibold', tone === 'good' && 'text-success-ink', tone === 'bad' && 'text-danger-ink', tone === 'muted' && 'text-ink-muted', className)}>
      {children}
    </span>
  );
}

/** A day or a moment. `iso` is for machines, the words inside for people. */
export function DateText({ iso, children, className }: { iso: string; children: ReactNode; className?: string | undefined }) {
  return <time dateTime={iso} className={cn('figures whitespace-nowrap', className)}>{children}</time>;
}

/** The initials of a person. Decoration: the name stands beside it. */
export function Avatar({ name, size = 'normal', className }: { name: string; size?: 'small' | 'normal' | 'large' | undefined; className?: string | undefined }) {
  return (
    <span
      aria-hidden="true"
      data-initials={initials(name)}
      className={cn(
        'inline-grid before:content-[attr(data-initials)] shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent',
        size === 'small' ? 'size-6 text-[0.625rem]' : size === 'large' ? 'size-12 text-base' : 'size-8 text-xs',
        className,
      )}
    />
  );
}

export type KeyValueItem = { label: ReactNode; value: ReactNode; /** At the end, such as a "Change" link. */ action?: ReactNode };

/** Names and values, as on a summary to check. `stacked` puts the value under its name. */
export function KeyValue({ items, stacked, className }: { items: readonly KeyValueItem[]; stacked?: boolean | undefined; className?: string | undefined }) {
  return (
    <dl className={cn('divide-y divide-line', className)}>
      {items.map((item, index) => (
        <div key={index} className={cn('grid gap-x-4 py-2.5', stacked ? 'grid-cols-1' : 'grid-cols-1 min-[26rem]:grid-cols-[minmax(7rem,2fr)_3fr]')}>
          <dt className="text-ink-muted">{item.label}</dt>
          <dd className="flex min-w-0 items-baseline justify-between gap-3">
            <span className="min-w-0">{item.value}</span>
            {item.action}
          </dd>
        </div>
      ))}
    </dl>
  );
}
