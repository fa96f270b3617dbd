import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run that everybody waits for: of long lists it tries a part. The slow run tries all. */
    readonly quick?: boolean;
  }
}

/** Of cases that are many and alike: every `oneIn`-th in the quick run, from `from` on, and all of them in the slow one. */
export function sampleOf<T>(cases: readonly T[], oneIn: number, from = 0): readonly T[] {
  return inject('quick') === true ? cases.filter((_, index) => index % oneIn === from % oneIn) : cases;
}
