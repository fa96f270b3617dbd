import * as z from 'zod'

const cyrillic: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', ѓ: 'gj', ђ: 'gj', е: 'e', ѐ: 'e', ж: 'z', з: 'z', ѕ: 'dz', и: 'i', ѝ: 'i',
  ј: 'j', й: 'j', к: 'k', л: 'l', љ: 'l', м: 'm', н: 'n', њ: 'nj', о: 'o', п: 'p', р: 'r', с: 's', т: 't', ќ: 'c',
  ћ: 'c', у: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'c', џ: 'dz', ш: 's', щ: 's', ы: 'i', э: 'e', ю: 'ju', я: 'ja',
}

/** Spellings of one sound in Macedonian, Albanian, Serbian and passport Latin, folded to one. Order matters. */
const latinFolds: readonly (readonly [RegExp, string])[] = [
  [/đ|dj/gu, 'gj'],
  [/dzh|xh|x/gu, 'dz'],
  [/kj|q|ch/gu, 'c'],
  [/sh/gu, 's'],
  [/zh/gu, 'z'],
  [/dh/gu, 'd'],
  [/th/gu, 't'],
  [/lj/gu, 'l'],
  [/w/gu, 'v'],
  [/y/gu, 'i'],
  [/ł/gu, 'l'],
  [/ß/gu, 's'],
]

/**
 * The form of a text under which people are searched: lower case, Cyrillic to Latin, marks dropped, digraphs folded,
 * doubled letters made one. `Ѓорѓи Шаќири`, `Gjorgji Shaqiri` and `Đorđi Šaćiri` give the same.
 */
export function foldName(text: string): string {
  const latin = [...text.normalize('NFC').toLowerCase()].map((letter) => cyrillic[letter] ?? letter).join('')
  const bare = latin.normalize('NFKD').replace(/\p{M}/gu, '')
  const folded = latinFolds.reduce((result, [pattern, to]) => result.replace(pattern, to), bare)
  return folded.replace(/([a-z])\1+/gu, '$1')
}

/** The distinct search words of a name, in order; apostrophes join, everything else separates. */
export function nameTokens(name: string): string[] {
  const words = foldName(name).replace(/['’ʼ`´]/gu, '').split(/[^\p{L}\p{N}]+/u)
  return [...new Set(words.filter((word) => word !== ''))]
}

const refusedInNames = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Nd}<>@{}[\]\\/|=_^~"`*#%&$!?;:+]/u

/** First or last name: letters of any script with spaces, hyphens, apostrophes and dots; NFC, single spaces. */
export const nameSchema = z
  .string()
  .transform((text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(80)
      .refine((text) => text === '' || (/\p{L}/u.test(text) && !refusedInNames.test(text)), { error: 'errors.name' }),
  )

/** `Arta Krasniqi` */
export function fullName(person: { readonly firstName: string; readonly lastName: string }): string {
  return `${person.firstName} ${person.lastName}`.trim()
}
