import type { Locale } from '../locales'

/** Add-ons whose words a pack carries. */
export type AddonTextCode = 'roadside' | 'extraMatter'

type AddonText = { readonly title: string; readonly summary: string }

/** The words of the add-ons in each language. No figures: those come from the rule's own fields. */
export const addonTexts: { readonly [L in Locale]: { readonly [C in AddonTextCode]: AddonText } } = {
  mk: {
    roadside: { title: 'Помош на пат', summary: 'Ви организираме влечна служба и превоз до дома кога возилото ќе застане.' },
    extraMatter: { title: 'Уште еден случај', summary: 'Уште еден случај во годината, покрај оние од планот.' },
  },
  sq: {
    roadside: { title: 'Ndihmë në rrugë', summary: 'Ju organizojmë karrotrecin dhe kthimin në shtëpi kur automjeti mbetet në rrugë.' },
    extraMatter: { title: 'Edhe një rast', summary: 'Edhe një rast në vit, krahas atyre të planit.' },
  },
  sr: {
    roadside: { title: 'Pomoć na putu', summary: 'Organizujemo Vam šlep službu i prevoz do kuće kada vozilo stane.' },
    extraMatter: { title: 'Još jedan slučaj', summary: 'Još jedan slučaj u godini, pored onih iz plana.' },
  },
  en: {
    roadside: { title: 'Roadside help', summary: 'We arrange a tow and your way home when the vehicle breaks down.' },
    extraMatter: { title: 'One more matter', summary: 'One more matter a year, on top of those in the plan.' },
  },
}
