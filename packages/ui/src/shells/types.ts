import type { ReactNode } from 'react';

export type NavItem = {
  href: string;
  label: string;
  icon?: ReactNode;
  /** A small number beside it, such as what waits. */
  count?: ReactNode;
};
export type NavGroup = { heading?: string | undefined; items: readonly NavItem[] };
/** Whose place this is, always in the head. `country` is an ISO 3166 code (XK for Kosovo). */
export type TenantMark = { name: string; country: string };

/** The href that `path` lies under: the longest that matches whole segments. Null when none does. */
export function currentHref(path: string, hrefs: readonly string[]): string | null {
  const clean = (value: string): string => value.split(/[?#]/)[0]?.replace(/\/+$/, '') || '/';
  const here = clean(path);
  let best: string | null = null;
  for (const href of hrefs) {
    const base = clean(href);
    const fits = here === base || (base !== '/' && here.startsWith(`${base}/`));
    if (fits && (best === null || base.length > clean(best).length)) best = href;
  }
  return best;
}
