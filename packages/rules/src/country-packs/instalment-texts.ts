import type { Locale } from '../locales'

/** What the packs' plan of instalments is called. No figures of money or time: those come from the rule's own fields. */
export const inFourTitles: { readonly [L in Locale]: string } = {
  mk: 'Плаќање на четири рати',
  sq: 'Pagesë me katër këste',
  sr: 'Plaćanje u četiri rate',
  en: 'Payment in four parts',
}
