'use client';
import type { ReactNode } from 'react';
import { UiLink } from '../context/link';
import { useWords } from '../context/words';
import { SkipLink, TenantName } from './parts';
import { currentHref } from './types';
import type { NavItem, TenantMark } from './types';

export type PublicShellProps = {
  tenant: TenantMark;
  homeHref?: string | undefined;
  nav?: readonly NavItem[] | undefined;
  path?: string | undefined;
  /** LanguageSwitch. */
  language?: ReactNode;
  /** Sign in, Join: at most one primary. */
  actions?: ReactNode;
  /** Legal links and contact. */
  footer?: ReactNode;
  banner?: ReactNode;
  children: ReactNode;
};

/** The public pages: head, page at full width (use PageColumn), footer. */
export function PublicShell({ tenant, homeHref = '/', nav = [], path = '', language, actions, footer, banner, children }: PublicShellProps) {
  const words = useWords();
  const current = currentHref(path, nav.map((item) => item.href));
  const links = nav.map((item) => (
    <UiLink key={item.href} href={item.href} aria-current={item.href === current ? 'page' : undefined} className="inline-flex min-h-control items-center rounded-small px-2 text-sm font-semibold whitespace-nowrap text-ink-muted hover:text-ink aria-[current=page]:text-ink aria-[current=page]:underline aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-8">
      {item.label}
    </UiLink>
  ));
  return (
    <div data-portal="member" className="flex min-h-dvh flex-col">
      <SkipLink />
      {banner}
      <header className="border-b bg-paper">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-2 px-4 py-2">
          <TenantName tenant={tenant} href={homeHref} className="mr-auto" />
          {nav.length > 0 ? (
            <>
              {/* On a phone the ways and the language take a row of their own, under the name and the one thing to do. */}
              <span aria-hidden="true" className="order-2 h-0 basis-full md:hidden" />
              <nav aria-label={words.mainNavigation} className="order-3 -ml-2 flex min-w-0 grow basis-40 overflow-x-auto [scrollbar-width:none] md:order-none md:ml-0 md:grow-0 md:basis-auto">{links}</nav>
            </>
          ) : null}
          <div className={nav.length > 0 ? 'order-4 md:order-none' : undefined}>{language}</div>
          <div className="order-1 flex items-center gap-2 md:order-none">{actions}</div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="flex-1 outline-none">{children}</main>
      {footer ? <footer className="border-t bg-sunken"><div className="mx-auto max-w-6xl px-4 py-8 text-note text-ink-muted">{footer}</div></footer> : null}
    </div>
  );
}

/** A column of a public page. `text` is as wide as is good to read. */
export function PageColumn({ width = 'normal', children, className = '' }: { width?: 'text' | 'normal' | 'wide' | undefined; children: ReactNode; className?: string | undefined }) {
  const widths = { text: 'max-w-2xl', normal: 'max-w-4xl', wide: 'max-w-6xl' } as const;
  return <div className={`mx-auto w-full px-4 py-8 ${widths[width]} ${className}`}>{children}</div>;
}

export type AuthShellProps = {
  /** Left out on a host that belongs to no tenant. */
  tenant?: TenantMark | undefined;
  /** Shown when there is no tenant: the platform's name. */
  name?: string | undefined;
  homeHref?: string | undefined;
  language?: ReactNode;
  title: ReactNode;
  help?: ReactNode;
  children: ReactNode;
  /** Under the form: other ways. */
  footer?: ReactNode;
  /** Density. Default member. */
  portal?: 'member' | 'staff' | undefined;
};

/** Signing in and everything around it: one narrow column, one thing to do. */
export function AuthShell({ tenant, name, homeHref = '/', language, title, help, children, footer, portal = 'member' }: AuthShellProps) {
  return (
    <div data-portal={portal} className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="mx-auto flex w-full max-w-md items-center justify-between gap-2 px-4 pt-3">
        {tenant ? <TenantName tenant={tenant} href={homeHref} /> : <span className="font-bold">{name}</span>}
        {language}
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-md flex-1 px-4 pt-8 pb-16 outline-none sm:pt-14">
        <h1 className="text-page">{title}</h1>
        {help ? <div className="mt-2 text-ink-muted">{help}</div> : null}
        <div className="mt-6">{children}</div>
        {footer ? <div className="mt-8 border-t pt-4">{footer}</div> : null}
      </main>
    </div>
  );
}

/** A page of one message: not found, unknown host, something failed. */
export function PlainPage({ title, children, actions, head }: { title: ReactNode; children?: ReactNode; actions?: ReactNode; head?: ReactNode }) {
  return (
    <main id="content" className="mx-auto flex min-h-dvh w-full max-w-xl flex-col justify-center px-4 py-16">
      {head ? <div className="mb-6">{head}</div> : null}
      <h1 className="text-page">{title}</h1>
      {children ? <div className="mt-3 text-ink-muted">{children}</div> : null}
      {actions ? <div className="mt-6 flex flex-wrap gap-2">{actions}</div> : null}
    </main>
  );
}
