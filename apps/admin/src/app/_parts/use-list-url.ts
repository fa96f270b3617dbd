'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useState, useTransition } from 'react';

type Changes = Readonly<Record<string, string | null>>;

const pageKeys = ['cursor', 'open'] as const;

/** The pages that were passed on the way here, per list and filters; only this tab knows them. */
function trailKey(path: string, params: URLSearchParams): string {
  const rest = new URLSearchParams(params);
  for (const key of pageKeys) rest.delete(key);
  return `trail ${path}?${rest.toString()}`;
}

function readTrail(key: string): string[] {
  try {
    const found: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}

/**
 * A list whose search, filters and page stand in the address, so that it can be saved, sent and gone back to. The rows
 * come from the server component; `pending` is true while new ones are on their way.
 */
export function useListUrl() {
  const router = useRouter();
  const path = usePathname();
  const search = useSearchParams();
  const params = useMemo(() => new URLSearchParams(search.toString()), [search]);
  const [pending, start] = useTransition();

  const go = useCallback((changes: Changes, way: 'push' | 'replace') => {
    const next = new URLSearchParams(params);
    for (const [key, value] of Object.entries(changes)) {
      if (value === null || value === '') next.delete(key);
      else next.set(key, value);
    }
    const text = next.toString();
    start(() => router[way](text === '' ? path : `${path}?${text}`, { scroll: false }));
  }, [params, path, router]);

  /** Changes filters and begins again at the first page. */
  const filter = useCallback((changes: Changes) => go({ ...changes, cursor: null, open: null }, 'replace'), [go]);

  /** Opens a record beside the list, or closes it; nothing is fetched anew. */
  const open = useCallback((id: string | null) => {
    const next = new URLSearchParams(params);
    if (id === null) next.delete('open');
    else next.set('open', id);
    const text = next.toString();
    window.history.replaceState(null, '', text === '' ? path : `${path}?${text}`);
  }, [params, path]);

  return { get: (key: string) => params.get(key) ?? '', opened: params.get('open'), filter, open, go, pending, path, params };
}

type ListUrl = ReturnType<typeof useListUrl>;

/** Paging of a keyset list: forward by the server's cursor, back along the pages that were seen. */
export function usePaging(url: ListUrl, nextCursor: string | null) {
  const cursor = url.params.get('cursor');
  const key = trailKey(url.path, url.params);
  return {
    hasPrevious: cursor !== null,
    hasNext: nextCursor !== null,
    onNext: () => {
      if (nextCursor === null) return;
      const trail = readTrail(key);
      const at = cursor === null ? -1 : trail.indexOf(cursor);
      window.sessionStorage.setItem(key, JSON.stringify([...trail.slice(0, at + 1), nextCursor].slice(-200)));
      url.go({ cursor: nextCursor, open: null }, 'push');
    },
    onPrevious: () => {
      const trail = readTrail(key);
      const at = cursor === null ? -1 : trail.indexOf(cursor);
      url.go({ cursor: at > 0 ? (trail[at - 1] ?? null) : null, open: null }, 'push');
    },
  };
}

/** The text of a search box that searches once the person has stopped typing. */
export function useSearchText(url: ListUrl, key = 'q'): [string, (text: string) => void] {
  const there = url.get(key);
  const [text, setText] = useState(there);
  const [seen, setSeen] = useState(there);
  const [mine, setMine] = useState(there);
  if (there !== seen) {
    setSeen(there);
    // changed by something else than this box: a link, the back button
    if (there !== mine) setText(there);
  }
  const { filter } = url;
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === there) return undefined;
    const timer = window.setTimeout(() => {
      setMine(wanted);
      filter({ [key]: wanted });
    }, 300);
    return () => window.clearTimeout(timer);
  }, [text, there, key, filter]);
  return [text, setText];
}
