import { longer } from './number-table'

const grownNumbers = (list: Float64Array<ArrayBuffer>, index: number): Float64Array<ArrayBuffer> => {
  const grown = new Float64Array(Math.max(list.length * 2, index + 1))
  grown.set(list)
  return grown
}

/** One column of whole or big numbers, a place for every entry. */
export class Column {
  #big: Float64Array<ArrayBuffer> | null
  #whole = new Int32Array(0)

  constructor(kind: 'big' | 'whole') {
    this.#big = kind === 'big' ? new Float64Array(1024) : null
  }

  get(at: number): number {
    return (this.#big === null ? this.#whole[at] : this.#big[at]) ?? 0
  }

  set(at: number, value: number): void {
    if (this.#big === null) {
      if (at >= this.#whole.length) this.#whole = longer(this.#whole, at)
      this.#whole[at] = value
    } else {
      if (at >= this.#big.length) this.#big = grownNumbers(this.#big, at)
      this.#big[at] = value
    }
  }
}
