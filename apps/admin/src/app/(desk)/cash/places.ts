import type { Outputs } from '@/trpc/outputs';

/** The views of cash, in the order in which it moves; the overview stands before them, the papers behind. */
export const places = ['overview', 'collected', 'toConfirm', 'branch', 'banked', 'handovers', 'all'] as const;
export type Place = (typeof places)[number];
export type ReceiptPlace = 'collected' | 'all';
export type HandoverPlace = 'toConfirm' | 'branch' | 'handovers';

/** What an agent looks at: the own receipts, and what was handed over. */
const ownPlaces = ['collected', 'handovers', 'all'] as const satisfies readonly Place[];

/** The views that somebody has: who only collects sees the own alone. */
export const placesFor = (verifies: boolean): readonly Place[] => (verifies ? places : ownPlaces);

/** The view that an address names; the first one when it names none of theirs. */
export function placeOf(value: string | undefined, verifies: boolean): Place {
  const theirs = placesFor(verifies);
  return theirs.find((place) => place === value) ?? (verifies ? 'overview' : 'collected');
}

/** What the list of handovers is asked for in a view. */
export function handoverFilter(place: HandoverPlace): { state?: Outputs['cash']['handovers']['items'][number]['state'] } {
  if (place === 'toConfirm') return { state: 'waiting' };
  return place === 'branch' ? { state: 'in_branch' } : {};
}
