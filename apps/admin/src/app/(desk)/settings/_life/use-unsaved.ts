'use client';
import { useEffect, useState } from 'react';

/** What this tab kept of a draft that was typed and not saved. */
export interface Kept {
  readonly id: string | null;
  readonly revision: number | null;
  readonly value: unknown;
  readonly note: string;
}

const keyOf = (place: string): string => `rule-draft ${place}`;

/** What is kept for a rule, or null. Signing out forgets it. */
export function readKept(place: string): Kept | null {
  try {
    const found: unknown = JSON.parse(window.sessionStorage.getItem(keyOf(place)) ?? 'null');
    return typeof found === 'object' && found !== null && 'value' in found && 'note' in found ? (found as Kept) : null;
  } catch {
    return null;
  }
}

export function dropKept(place: string): void {
  window.sessionStorage.removeItem(keyOf(place));
}

/** Keeps in this tab what is typed and not saved, so that a reload, a lost session or the back button loses nothing. */
export function useKeep(place: string, dirty: boolean, kept: Kept): void {
  useEffect(() => {
    if (dirty) window.sessionStorage.setItem(keyOf(place), JSON.stringify(kept));
  }, [place, dirty, kept]);
}

/** While something is unsaved: asks before the tab closes, and holds a link that leads away until it is decided about. Gives that link. */
export function useLeaveGuard(dirty: boolean): { readonly wanted: string | null; readonly stay: () => void } {
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (!dirty) return undefined;
    const onClose = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      const to = new URL(link.href);
      if (to.origin !== window.location.origin || (to.pathname === window.location.pathname && to.search === window.location.search)) return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(`${to.pathname}${to.search}`);
    };
    window.addEventListener('beforeunload', onClose);
    document.addEventListener('click', onClick, true);
    return () => {
      window.removeEventListener('beforeunload', onClose);
      document.removeEventListener('click', onClick, true);
    };
  }, [dirty]);
  return { wanted, stay: () => setWanted(null) };
}
