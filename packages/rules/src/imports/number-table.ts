/**
 * Finds the entries of a list by a number that each has: open addressing over flat arrays, because a million keys in a Map of
 * strings take more memory than an import may use. Several entries may share a number; they come back newest first.
 */
export class NumberTable {
  #keys = new Float64Array(1024)
  /** Newest entry of the key plus one; 0: the slot is free. */
  #heads = new Int32Array(1024)
  /** For each entry the one before it under the same key plus one. */
  #before = new Int32Array(1024)
  #used = 0

  /** The newest entry under `key`, or -1. */
  newest(key: number): number {
    return (this.#heads[this.#slot(key)] ?? 0) - 1
  }

  /** The entry before `entry` under the same key, or -1. */
  before(entry: number): number {
    return (this.#before[entry] ?? 0) - 1
  }

  add(key: number, entry: number): void {
    if (this.#used * 2 >= this.#keys.length) this.#grow()
    if (entry >= this.#before.length) this.#before = longer(this.#before, entry)
    const slot = this.#slot(key)
    const head = this.#heads[slot] ?? 0
    if (head === 0) {
      this.#keys[slot] = key
      this.#used += 1
    }
    this.#before[entry] = head
    this.#heads[slot] = entry + 1
  }

  #slot(key: number): number {
    const mask = this.#keys.length - 1
    let slot = spread(key) & mask
    while (this.#heads[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const keys = this.#keys
    const heads = this.#heads
    this.#keys = new Float64Array(keys.length * 2)
    this.#heads = new Int32Array(heads.length * 2)
    for (let old = 0; old < keys.length; old += 1) {
      if (heads[old] === 0) continue
      const key = keys[old] ?? 0
      const slot = this.#slot(key)
      this.#keys[slot] = key
      this.#heads[slot] = heads[old] ?? 0
    }
  }
}

function spread(key: number): number {
  const high = Math.imul((key / 4_294_967_296) | 0, 0x9e37_79b1)
  const low = Math.imul(key >>> 0, 0x85eb_ca6b)
  const mixed = high ^ low
  return mixed ^ (mixed >>> 15)
}

/** The same list with room for `index`. */
export function longer(list: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(Math.max(list.length * 2, index + 1))
  grown.set(list)
  return grown
}

/** 53 bits of a text that differ wherever the text differs, but for one case in nine thousand million million. */
export function textNumber(text: string, seed = 0): number {
  let a = 0xdead_beef ^ seed
  let b = 0x41c6_ce57 ^ seed
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 2_654_435_761)
    b = Math.imul(b ^ code, 1_597_334_677)
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0)
}
