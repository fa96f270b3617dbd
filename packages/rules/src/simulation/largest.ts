import type { Json } from '../rule-sets'

/** One record behind a figure: how it was and how it would have been. */
export type TrialRow = {
  readonly entity: 'membership' | 'claim'
  readonly entityId: string
  readonly branchId: string
  readonly currency: string | null
  readonly beforeMinor: bigint | null
  readonly afterMinor: bigint | null
  readonly before: Json
  readonly after: Json
}

/** What a row is about; the row itself is written when it is known to be kept. */
export type Ranked = { readonly entityId: string; readonly currency: string | null; readonly weight: bigint }

type Weighed = { readonly entityId: string; readonly size: bigint; readonly write: () => TrialRow }

const bySize = (a: Weighed, b: Weighed): number => {
  if (a.size !== b.size) return a.size > b.size ? -1 : 1
  return a.entityId < b.entityId ? -1 : 1
}

/**
 * The rows of one figure, the largest differences first, of which it keeps `most` and counts the others. Amounts of two currencies are not
 * held against each other: the largest of each comes first, then the second of each.
 */
export class LargestRows {
  readonly #most: number
  readonly #byCurrency = new Map<string, Weighed[]>()
  #count = 0

  constructor(most: number) {
    this.#most = most
  }

  get count(): number {
    return this.#count
  }

  add({ entityId, currency, weight }: Ranked, write: () => TrialRow): void {
    this.#count += 1
    const kept = this.#byCurrency.get(currency ?? '') ?? []
    this.#byCurrency.set(currency ?? '', kept)
    kept.push({ entityId, size: weight < 0n ? -weight : weight, write })
    // cut now and then, so that a figure of a million rows keeps a few times as many as asked at most
    if (kept.length >= this.#most * 4) kept.sort(bySize).splice(this.#most)
  }

  /** What is kept, in its order. */
  rows(): TrialRow[] {
    const ranked = [...this.#byCurrency].flatMap(([currency, kept]) => kept.toSorted(bySize).slice(0, this.#most).map(({ write }, rank) => ({ write, rank, currency })))
    return ranked.toSorted((a, b) => a.rank - b.rank || (a.currency < b.currency ? -1 : 1)).slice(0, this.#most).map(({ write }) => write())
  }
}
