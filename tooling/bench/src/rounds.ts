/** One side of a comparison: works for about that long and says how much was done. */
export type Side = (milliseconds: number) => Promise<Figures>;

export interface Figures {
  readonly perSecond: number;
  /** Milliseconds, one an operation. */
  readonly p50: number;
  readonly p95: number;
}

export interface Comparison {
  readonly ours: Figures;
  readonly bare: Figures;
  /** Throughput of ours against the calibration's, median over the rounds. */
  readonly share: number;
  /** The same by the middle of the latencies: how many times slower. */
  readonly slower: number;
  /** Smallest and largest share of a round: how far the machine swayed. */
  readonly spread: readonly [number, number];
  readonly rounds: number;
}

/** The middle of a list; the lower one of two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which that share of the list lies. Throws on an empty list. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}

const middle = (list: readonly Figures[]): Figures => ({
  perSecond: median(list.map(({ perSecond }) => perSecond)), p50: median(list.map(({ p50 }) => p50)), p95: median(list.map(({ p95 }) => p95)),
});

/**
 * Measures both sides in turns, so that whatever else the machine does falls on both, and compares round by round. The order within a
 * round changes each time; the first round only warms up.
 */
export async function compare(ours: Side, bare: Side, { rounds, milliseconds }: { rounds: number; milliseconds: number }): Promise<Comparison> {
  const mine: Figures[] = [];
  const theirs: Figures[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const turns = round % 2 === 0 ? [ours, bare] : [bare, ours];
    for (const side of turns) {
      const figures = await side(milliseconds);
      if (round > 0) (side === ours ? mine : theirs).push(figures);
    }
  }
  const pairs = mine.flatMap((one, round) => {
    const other = theirs[round];
    return other === undefined ? [] : [{ share: one.perSecond / other.perSecond, slower: one.p50 / other.p50 }];
  });
  const shares = pairs.map(({ share }) => share);
  return {
    ours: middle(mine), bare: middle(theirs), share: median(shares), slower: median(pairs.map(({ slower }) => slower)), spread: [Math.min(...shares), Math.max(...shares)], rounds,
  };
}

/** A side that keeps `inFlight` calls of a function under way. */
export function looping(call: () => Promise<unknown>, inFlight: number): Side {
  return async (milliseconds) => {
    const began = performance.now();
    const until = began + milliseconds;
    const times: number[] = [];
    const lane = async (): Promise<void> => {
      while (performance.now() < until) {
        const start = performance.now();
        await call();
        times.push(performance.now() - start);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
    return { perSecond: (times.length * 1000) / (performance.now() - began), p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
  };
}
