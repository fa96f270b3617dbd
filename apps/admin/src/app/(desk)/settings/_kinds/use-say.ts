'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useFormats } from '../../../_parts/use-formats';
import { sayOf, type Dynamic, type Say } from './say';

/** The words and formats of this page, as `sayer` gives them to server components. */
export function useSay(): Say {
  const t = useTranslations() as unknown as Dynamic;
  const formats = useFormats();
  return useMemo(() => sayOf(t, formats), [t, formats]);
}
