import { beforeAll } from 'vitest';
import type { useWorld } from '../testing';
import { actorsAgainst, type Actor } from './actors';
import { buildPlaces, type Places } from './ground';

export interface AttackGround {
  readonly places: Places;
  /** Everybody, as they stand to the first branch of KS. */
  readonly actors: readonly Actor[];
}

/** The places of a test file's world and everybody who calls at the first branch of KS; there from its first test on. */
export function useGround(world: ReturnType<typeof useWorld>): AttackGround {
  let ground: AttackGround | undefined;
  beforeAll(async () => {
    const places = await buildPlaces(world.current);
    ground = { places, actors: await actorsAgainst(places.ksA, places.ksB, places.mkA) };
  }, 60_000);
  const made = (): AttackGround => {
    if (ground === undefined) throw new Error('the places stand once the tests have begun');
    return ground;
  };
  return { get places() { return made().places; }, get actors() { return made().actors; } };
}
