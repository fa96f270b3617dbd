import { foldName } from '../people'

/** In what two lines differ that may be one person. */
export const reviewKinds = ['spelling', 'typo', 'name_order', 'surname_changed', 'birth_date_swapped'] as const
export type ReviewKind = (typeof reviewKinds)[number]

/** A name as it is compared: its words in one script, without marks. */
export function nameForm(name: string): string {
  return foldName(name).replace(/['’ʼ`´]/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

const streetWords = new Set(['ul', 'ulica', 'bul', 'bulevar', 'rr', 'rruga', 'str', 'street'])

/** An address as it is compared: street and number without the word for street, flat, floor and entrance. Empty for none. */
export function streetForm(address: string): string {
  const parts = address.split(/[;,"„“]/u)
  const numbered = parts.findIndex((part) => /\d/u.test(part))
  const words = nameForm(parts.slice(0, numbered + 1).join(' ')).split(' ')
  if (numbered < 0) return ''
  return (streetWords.has(words[0] ?? '') ? words.slice(1) : words).join(' ')
}

/** Whether one slip of the keyboard makes one word of the other: a letter too many, too few, another one, or two that changed places. Long words may have two. */
export function isSlip(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length)
  if (a === b || length < 4) return false
  return editsBetween(a, b, length >= 10 ? 2 : 1) <= (length >= 10 ? 2 : 1)
}

/** Edits from one word to the other, neighbours that changed places being one; more than `most` is not told apart. */
function editsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    let smallest = i
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      let edits = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits = Math.min(edits, (before[j - 2] ?? 0) + 1)
      row.push(edits)
      smallest = Math.min(smallest, edits)
    }
    if (smallest > most) return most + 1
    before = last
    last = row
  }
  return last[b.length] ?? most + 1
}

/** `ivan` and `ivana`, `arben` and `arbena`: two people of one family rather than a slip. */
function areTwoGenders(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (long.length === short.length + 1) return long.startsWith(short) && /[aeo]$/u.test(long)
  return a.length === b.length && a.slice(0, -1) === b.slice(0, -1) && /[aeiou]$/u.test(a) && /[aeiou]$/u.test(b)
}

/** Albanian first names have a form with -ë and one with -a: `Enkeledë`, `Enkeleda`. */
function isSameGiven(a: string, b: string): boolean {
  return a === b || (a.length > 3 && a.length === b.length && /[ae]$/u.test(a) && /[ae]$/u.test(b) && a.slice(0, -1) === b.slice(0, -1))
}

export interface Name {
  readonly given: string
  readonly family: string
}

const sortedWords = ({ given, family }: Name): string => `${given} ${family}`.split(' ').toSorted().join(' ')

/**
 * How one name can be the other: `spelling` the same once written in one script, `name_order` its words in another order, `typo` a slip in one of its
 * parts, `surname_changed` only the first name the same. Null: another name.
 */
export function compareNames(a: Name, b: Name): Exclude<ReviewKind, 'birth_date_swapped'> | null {
  if (a.given === '' || b.given === '') return sortedWords(a) === sortedWords(b) ? 'name_order' : null
  if (isSameGiven(a.given, b.given)) return a.family === b.family ? 'spelling' : isSlip(a.family, b.family) ? 'typo' : 'surname_changed'
  if (sortedWords(a) === sortedWords(b)) return 'name_order'
  if (a.family === b.family && isSlip(a.given, b.given) && !areTwoGenders(a.given, b.given)) return 'typo'
  return null
}
