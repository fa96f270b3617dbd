'use client';
import { encodeMessage, useErrorText } from '@/trpc/errors';
import type { ReactNode } from 'react';
import { useFieldLife } from '../fields';

/** What is wrong exactly at a place that is no field of its own, such as a list. Null when nothing is. */
export function useErrorsAt(path: string): ReactNode {
  const { issues } = useFieldLife();
  const errorText = useErrorText();
  const own = issues.filter(({ field }) => field === path);
  if (own.length === 0) return null;
  return <>{own.map(({ key, params }) => <p key={key} className="mt-1.5 text-note font-semibold text-danger-ink">{errorText(encodeMessage(key, params))}</p>)}</>;
}
