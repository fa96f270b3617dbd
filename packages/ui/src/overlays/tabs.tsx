'use client';
import type { ReactNode } from 'react';
import { Tabs as Radix } from 'radix-ui';
import { UiLink } from '../context/link';
import { cn } from '../lib/cn';

const tab =
  'relative -mb-px inline-flex min-h-control shrink-0 items-center gap-2 border-b-2 border-transparent px-1 font-semibold whitespace-nowrap text-ink-muted transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink focus-visible:-outline-offset-2';
const bar = 'flex gap-5 overflow-x-auto border-b [scrollbar-width:none]';

export type TabItem = { value: string; label: ReactNode; count?: ReactNode; content: ReactNode };

export type TabsProps = {
  /** What the tabs choose between; read aloud. */
  label: string;
  items: readonly TabItem[];
  value?: string | undefined;
  defaultValue?: string | undefined;
  onValueChange?: ((value: string) => void) | undefined;
  className?: string | undefined;
};

/** Parts of one thing, one seen at a time. Arrows move between them. */
export function Tabs({ label, items, value, defaultValue, onValueChange, className }: TabsProps) {
  const first = defaultValue ?? items[0]?.value;
  return (
    <Radix.Root
      {...(value === undefined ? (first === undefined ? {} : { defaultValue: first }) : { value })}
      {...(onValueChange ? { onValueChange } : {})}
      className={className}
    >
      <Radix.List aria-label={label} className={bar}>
        {items.map((item) => (
          <Radix.Trigger key={item.value} value={item.value} className={tab}>
            {item.label}
            {item.count !== undefined ? <span className="figures font-normal text-ink-muted">{item.count}</span> : null}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {items.map((item) => (
        <Radix.Content key={item.value} value={item.value} className="pt-4">
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

export type TabLink = { href: string; label: ReactNode; count?: ReactNode; current?: boolean | undefined };

/** The same look for parts that are pages of their own. */
export function TabLinks({ label, items, className }: { label: string; items: readonly TabLink[]; className?: string | undefined }) {
  return (
    <nav aria-label={label} className={cn(bar, className)}>
      {items.map((item) => (
        <UiLink key={item.href} href={item.href} aria-current={item.current ? 'page' : undefined} className={tab}>
          {item.label}
          {item.count !== undefined ? <span className="figures font-normal text-ink-muted">{item.count}</span> : null}
        </UiLink>
      ))}
    </nav>
  );
}
