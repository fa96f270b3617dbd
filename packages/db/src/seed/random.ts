const codeLetters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const hex = '0123456789abcdef';

function hashOf(text: string): () => number {
  let h = 1_779_033_703 ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    h = Math.imul(h ^ text.charCodeAt(index), 3_432_918_353);
    h = (h << 13) | (h >>> 19);
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2_246_822_507);
    h = Math.imul(h ^ (h >>> 13), 3_266_489_909);
    return (h ^= h >>> 16) >>> 0;
  };
}

/** Repeatable chance: the same words give the same sequence on every machine (sfc32). Never for secrets. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(words: string) {
    const next = hashOf(words);
    [this.#a, this.#b, this.#c, this.#d] = [next(), next(), next(), next()];
    for (let round = 0; round < 15; round += 1) this.next();
  }

  /** At least 0, below 1. */
  next(): number {
    const sum = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum | 0;
    return (sum >>> 0) / 4_294_967_296;
  }

  /** A whole number of both ends and all between. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.next() * list.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }

  /** One of the words by weight. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
    const entries = Object.entries(weights) as [T, number][];
    let left = this.next() * entries.reduce((total, [, weight]) => total + weight, 0);
    for (const [word, weight] of entries) {
      left -= weight;
      if (left < 0) return word;
    }
    throw new Error('no weights');
  }

  /** A uuid v7 of that instant. */
  id(at: Date): string {
    const time = at.getTime().toString(16).padStart(12, '0');
    let tail = '';
    for (let index = 0; index < 18; index += 1) tail += hex.charAt(Math.floor(this.next() * 16));
    const variant = hex.charAt(8 + Math.floor(this.next() * 4));
    return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-${variant}${tail.slice(3, 6)}-${tail.slice(6)}`;
  }

  /** Letters and digits without look-alikes. */
  code(length: number): string {
    let code = '';
    while (code.length < length) code += codeLetters.charAt(Math.floor(this.next() * codeLetters.length));
    return code;
  }
}
