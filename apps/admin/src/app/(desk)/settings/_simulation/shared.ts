'use client';
import type { TrialFigure } from '@interdomestik/rules/simulation';
import { usePathname, useSearchParams } from 'next/navigation';
import type { Outputs } from '@/trpc/outputs';

export type Result = Outputs['simulation']['get'];
export type TrialRecord = Outputs['simulation']['rows']['items'][number];
export type Figures = NonNullable<Result['figures']>;

/** Which figure's list is open, in the address. */
export const figureParameter = 'figure';

/** Where a figure's list opens: the same page with the figure in its address. */
export function useFigureHref(): (figure: TrialFigure | null) => string {
  const path = usePathname();
  const query = useSearchParams();
  return (figure) => {
    const next = new URLSearchParams(query);
    if (figure === null) next.delete(figureParameter);
    else next.set(figureParameter, figure);
    const text = next.toString();
    return text === '' ? path : `${path}?${text}`;
  };
}
