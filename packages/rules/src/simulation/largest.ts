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

type Weighed = { readonly row: TrialRow; readonly weight: bigint }

const size = (weight: bigint): bigint => (weight < 0n ? -weight : weight)
const byWeight = (a: Weighed, b: Weighed): number => {
  const [left, right] = [size(a.weight), size(b.weight)]
  if (left !== right) return left > right ? -1 : 1
  return a.row.entityId < b.row.entityId ? -1 : 1
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

  add(row: TrialRow, weight: bigint): void {
    this.#count += 1
    const kept = this.#byCurrency.get(row.currency ?? '') ?? []
    this.#byCurrency.set(row.currency ?? '', kept)
    kept.push({ row, weight })
    // cut now and then, so that a figure of a million rows keeps twice as many as asked at most
    if (kept.length >= this.#most * 2) kept.sort(byWeight).splice(this.#most)
  }

  /** What is kept, in its order. */
  rows(): TrialRow[] {
    const ranked = [...this.#byCurrency].flatMap(([currency, kept]) => kept.toSorted(byWeight).slice(0, this.#most).map(({ row }, rank) => ({ row, rank, currency })))
    return ranked.toSorted((a, b) => a.rank - b.rank || (a.currency < b.currency ? -1 : 1)).slice(0, this.#most).map(({ row }) => row)
  }
}
