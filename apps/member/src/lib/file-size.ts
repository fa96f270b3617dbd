'use client';
import { useFormatter } from 'next-intl';
import { useCallback } from 'react';

/** Says the size of a file in words of this language: `1,2 MB`. */
export function useFileSize(): (bytes: number) => string {
  const format = useFormatter();
  return useCallback((bytes) => {
    if (bytes < 1_000_000) return `${format.number(Math.max(1, Math.round(bytes / 1000)))} kB`;
    return `${format.number(bytes / 1_000_000, { maximumFractionDigits: 1 })} MB`;
  }, [format]);
}
