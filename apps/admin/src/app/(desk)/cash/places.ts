/** The steps of collected cash as people work through them; each is a view of the list. */
export const places = ['collected', 'toConfirm', 'branch', 'banked', 'all'] as const;
export type Place = (typeof places)[number];

/** The view that an address names; cash still with its collector when it names none. */
export function placeOf(value: string | undefined): Place {
  return places.find((place) => place === value) ?? 'collected';
}

/** What the list is asked for in a view. Cash is the branch's once somebody there has confirmed it. */
export function filterOf(place: Place): { status?: ('collected' | 'handed' | 'banked')[]; confirmed?: boolean } {
  if (place === 'collected') return { status: ['collected'] };
  if (place === 'toConfirm') return { status: ['handed'], confirmed: false };
  if (place === 'branch') return { status: ['handed'], confirmed: true };
  return place === 'banked' ? { status: ['banked'] } : {};
}
