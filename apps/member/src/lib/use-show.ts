'use client';
import { useLocale, useNow, useTimeZone } from 'next-intl';
import { useMemo } from 'react';
import { showFor, type Show } from './show';

/** `showFor` of this page, for client components. */
export function useShow(): Show {
  const tag = useLocale();
  const zone = useTimeZone() ?? 'UTC';
  const now = useNow();
  return useMemo(() => showFor(tag, zone, now), [tag, zone, now]);
}
