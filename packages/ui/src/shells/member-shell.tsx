'use client';
import type { ReactNode } from 'react';
import { UiLink } from '../context/link';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';
import { SkipLink, TenantName } from './parts';
import { currentHref } from './types';
import type { NavItem, TenantMark } from './types';

export type MemberShellProps = {
  tenant: TenantMark;
  homeHref?: string | undefined;
  /** At most five. */
  nav: readonly NavItem[];
  /** The path of the page, to mark where one is. */
  path: string;
  /** LanguageSwitch, UserMenu. */
  tools?: ReactNode;
  /** A Banner above everything. */
  banner?: ReactNode;
  children: ReactNode;
};

/** The member's portal: the thumb's reach on a phone, the same column with the ways on top on a desk. */
export function MemberShell({ tenant, homeHref = '/', nav, path, tools, banner, children }: MemberShellProps) {
  const words = useWords();
  const items = nav.slice(0, 5);
  const current = currentHref(path, items.map((item) => item.href));
  return (
    <div data-portal="member" className="flex min-h-dvh flex-col [--head-height:3.5rem]">
      <SkipLink />
      {banner}
      <header className="sticky top-0 z-30 border-b bg-paper">
        <div className="mx-auto flex h-14 max-w-4xl items-center gap-2 px-4">
          <TenantName tenant={tenant} href={homeHref} className="mr-auto" />
          <nav aria-label={words.mainNavigation} className="hidden self-stretch md:flex">
            {items.map((item) => (
              <UiLink
                key={item.href}
                href={item.href}
                aria-current={item.href === current ? 'page' : undefined}
                className="-mb-px inline-flex items-center gap-2 border-b-2 border-transparent px-3 text-sm font-semibold whitespace-nowrap text-ink-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:text-ink"
              >
                {item.label}
                <Count value={item.count} />
              </UiLink>
            ))}
          </nav>
          {tools}
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-4xl flex-1 px-4 pt-6 pb-28 outline-none md:pb-16">
        {children}
      </main>
      <nav aria-label={words.mainNavigation} className="fixed inset-x-0 bottom-0 z-30 border-t bg-raised pb-[env(safe-area-inset-bottom)] md:hidden">
        <ul className="mx-auto flex max-w-lg">
          {items.map((item) => (
            <li key={item.href} className="min-w-0 flex-1">
              <UiLink
                href={item.href}
                aria-current={item.href === current ? 'page' : undefined}
                className={cn(
                  'relative flex h-16 flex-col items-center justify-center gap-1 px-0.5 text-xs text-ink-muted focus-visible:-outline-offset-2 [&_svg]:size-6',
                  'aria-[current=page]:font-semibold aria-[current=page]:text-accent',
                  'before:absolute before:inset-x-4 before:top-0 before:h-0.5 aria-[current=page]:before:bg-accent',
                )}
              >
                <span className="relative" aria-hidden={item.count === undefined ? true : undefined}>
                  {item.icon}
                  {item.count === undefined || item.count === null ? null : <span className="absolute -top-1.5 left-3.5"><Count value={item.count} /></span>}
                </span>
                <span className="max-w-full truncate max-[26rem]:tracking-tighter">{item.label}</span>
              </UiLink>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

function Count({ value }: { value: ReactNode }) {
  if (value === undefined || value === null) return null;
  return <span className="figures inline-grid min-w-5 place-items-center rounded-full bg-signal-ink px-1 text-xs font-semibold text-paper">{value}</span>;
}
