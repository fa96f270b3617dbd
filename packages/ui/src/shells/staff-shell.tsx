'use client';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Menu as MenuIcon, PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { IconButton } from '../actions/button';
import { useWords } from '../context/words';
import { cn } from '../lib/cn';
import { useMedia } from '../lib/use-media';
import { SidePanel } from '../overlays/dialog';
import { SkipLink, TenantName } from './parts';
import { RailNav } from './rail-nav';
import { currentHref } from './types';
import type { NavGroup, TenantMark } from './types';

export type StaffShellProps = {
  tenant: TenantMark;
  /** The branch one works in, or a Select to change it. Always visible. */
  branch?: ReactNode;
  homeHref?: string | undefined;
  /** The person's own areas only. */
  nav: readonly NavGroup[];
  path: string;
  /** CommandTrigger. */
  command?: ReactNode;
  /** LanguageSwitch, UserMenu. */
  tools?: ReactNode;
  /** A Banner above everything, such as the loud one of a super admin inside a tenant. */
  banner?: ReactNode;
  children: ReactNode;
};

/** The staff's desk: areas on the left, tenant and branch always in the head. The rail folds to icons on a tablet. */
export function StaffShell({ tenant, branch, homeHref = '/', nav, path, command, tools, banner, children }: StaffShellProps) {
  const words = useWords();
  const roomy = useMedia('(min-width: 64rem)');
  const [folded, setFolded] = useState<boolean | null>(null);
  const [drawer, setDrawer] = useState(false);
  const narrow = folded ?? !roomy;
  const current = currentHref(path, nav.flatMap((group) => group.items.map((item) => item.href)));
  const foldLabel = narrow ? words.expandNavigation : words.collapseNavigation;
  return (
    <div data-portal="staff" className="min-h-dvh [--head-height:3.25rem]">
      <SkipLink />
      {banner}
      <header className="sticky top-0 z-30 flex h-13 print:hidden items-center gap-1 border-b bg-paper px-2 sm:gap-2 sm:px-3">
        <IconButton className="md:hidden" label={words.openNavigation} icon={<MenuIcon />} onClick={() => setDrawer(true)} />
        <div className="flex min-w-0 flex-1 flex-col justify-center md:flex-row md:items-center md:justify-start md:gap-2">
          <TenantName tenant={tenant} href={homeHref} className="min-h-6 px-1 md:min-h-control md:shrink-0" />
          {branch ? (
            <>
              <span aria-hidden="true" className="hidden text-line-strong md:inline">/</span>
              <div className="min-w-0 truncate px-1 text-xs text-ink-muted md:text-body md:font-semibold">{branch}</div>
            </>
          ) : null}
        </div>
        <div className="flex shrink-0 items-center sm:gap-1">
          {command}
          {tools}
        </div>
      </header>
      <div className="flex">
        <aside className={cn('sticky top-13 hidden h-[calc(100dvh-3.25rem)] shrink-0 flex-col border-r bg-paper md:flex print:hidden', folded === null ? 'w-14 lg:w-58' : narrow ? 'w-14' : 'w-58')}>
          <nav aria-label={words.mainNavigation} className="min-h-0 flex-1 overflow-y-auto px-2 py-3">
            <RailNav groups={nav} current={current} narrow={narrow} />
          </nav>
          <div className={cn('flex border-t p-2', !narrow && 'justify-end')}>
            <IconButton label={foldLabel} icon={narrow ? <PanelLeftOpen /> : <PanelLeftClose />} onClick={() => setFolded(!narrow)} />
          </div>
        </aside>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 py-5 outline-none lg:px-6">
          {children}
        </main>
      </div>
      <SidePanel open={drawer} onOpenChange={setDrawer} side="left" title={tenant.name}>
        <nav aria-label={words.mainNavigation}>
          <RailNav groups={nav} current={current} narrow={false} onGo={() => setDrawer(false)} />
        </nav>
      </SidePanel>
    </div>
  );
}
