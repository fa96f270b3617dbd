import type { World } from '../testing';
import { forgetOutsideRoot } from './people';
import { buildPlace, type Place } from './place';

/** Both tenants with two branches each, all of them full. */
export interface Places {
  readonly mkA: Place;
  readonly mkB: Place;
  readonly ksA: Place;
  readonly ksB: Place;
}

/** Fills the test world; each place has a word of its own, which no other text contains. */
export async function buildPlaces({ mk, ks }: World): Promise<Places> {
  forgetOutsideRoot();
  return {
    mkA: await buildPlace(mk, mk.branches[0], 'Zqmkvardar'),
    mkB: await buildPlace(mk, mk.branches[1], 'Zqmkpelister'),
    ksA: await buildPlace(ks, ks.branches[0], 'Zqksdrini'),
    ksB: await buildPlace(ks, ks.branches[1], 'Zqkssharri'),
  };
}
