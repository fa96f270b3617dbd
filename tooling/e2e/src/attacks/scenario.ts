import type { Journey } from '../journey';
import type { Product } from '../stack';

/** An attack by the catalogue's name, run as a journey of its own against the built product. */
export type Scenario = readonly [name: string, attack: (product: Product) => Journey];

/** Names an attack; the ids in its name are the cases of the catalogue that it covers. */
export const scenario = (name: string, attack: (product: Product) => Journey): Scenario => [name, attack];

/** Ends the journey with everything that was found; nothing found is what every attack hopes for. */
export function nothingFound(found: readonly string[], what: string): void {
  if (found.length > 0) throw new Error(`${what}, ${String(found.length)} times:\n${found.slice(0, 40).join('\n')}`);
}

/** The same work for many things, a few at a time. */
export async function each<T>(things: readonly T[], work: (thing: T) => Promise<void>, atOnce = 4): Promise<void> {
  const waiting = things.values();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const thing of waiting) await work(thing);
  }));
}

/** The middle one of some durations, for the report. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
