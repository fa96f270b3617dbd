import type { Locale } from '../locales'

type Names = { readonly [L in Exclude<Locale, 'en'>]: string }

/** What the almanac leaves untranslated or writes in another script, by its English name. */
export const holidayNames: Readonly<Record<string, Names | undefined>> = {
  "New Year's Day": { mk: 'Нова година', sq: 'Viti i Ri', sr: 'Nova godina' },
  'Orthodox Christmas': { mk: 'Божик', sq: 'Krishtlindjet ortodokse', sr: 'Pravoslavni Božić' },
  'Christmas Day': { mk: 'Католички Божик', sq: 'Krishtlindjet katolike', sr: 'Katolički Božić' },
  'Easter Sunday': { mk: 'Католички Велигден', sq: 'Pashkët katolike', sr: 'Katolički Uskrs' },
  'Orthodox Easter': { mk: 'Велигден', sq: 'Pashkët ortodokse', sr: 'Pravoslavni Uskrs' },
  'Orthodox Easter Monday': { mk: 'Велигден, втор ден', sq: 'E hëna e Pashkëve ortodokse', sr: 'Pravoslavni Uskrs, drugi dan' },
  'End of Ramadan (Eid al-Fitr)': { mk: 'Рамазан Бајрам', sq: 'Fitër Bajrami', sr: 'Ramazanski bajram' },
  'Feast of the Sacrifice (Eid al-Adha)': { mk: 'Курбан Бајрам', sq: 'Kurban Bajrami', sr: 'Kurban-bajram' },
  'Labour Day': { mk: 'Ден на трудот', sq: 'Dita Ndërkombëtare e Punës', sr: 'Praznik rada' },
  'Saints Cyril and Methodius Day': { mk: 'Св. Кирил и Методиј', sq: 'Shën Cirili dhe Metodi', sr: 'Sveti Ćirilo i Metodije' },
  'Day of the Republic': { mk: 'Ден на Републиката', sq: 'Dita e Republikës', sr: 'Dan Republike' },
  'Independence Day': { mk: 'Ден на независноста', sq: 'Dita e Pavarësisë', sr: 'Dan nezavisnosti' },
  'Revolution Day': { mk: 'Ден на народното востание', sq: 'Dita e Kryengritjes Popullore', sr: 'Dan narodnog ustanka' },
  'Day of the Macedonian Revolutionary Struggle': { mk: 'Ден на македонската револуционерна борба', sq: 'Dita e Luftës Revolucionare Maqedonase', sr: 'Dan makedonske revolucionarne borbe' },
  'Saint Clement of Ohrid Day': { mk: 'Св. Климент Охридски', sq: 'Shën Klimenti i Ohrit', sr: 'Sveti Kliment Ohridski' },
  'Constitution Day': { mk: 'Ден на Уставот', sq: 'Dita e Kushtetutës', sr: 'Dan Ustava' },
  'Europe Day': { mk: 'Ден на Европа', sq: 'Dita e Evropës', sr: 'Dan Evrope' },
}

/** Said of the working day that is free because the holiday fell on a Sunday. */
export const substituteWords: { readonly [L in Locale]: string } = { mk: 'заменски неработен ден', sq: 'ditë zëvendësuese', sr: 'zamenski neradni dan', en: 'substitute day' }

const latin: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', ђ: 'đ', е: 'e', ж: 'ž', з: 'z', и: 'i', ј: 'j', к: 'k', л: 'l', љ: 'lj', м: 'm', н: 'n', њ: 'nj', о: 'o', п: 'p', р: 'r', с: 's', т: 't', ћ: 'ć', у: 'u', ф: 'f',
  х: 'h', ц: 'c', ч: 'č', џ: 'dž', ш: 'š',
}

/** Serbian Cyrillic in Latin letters. */
export function latinOf(text: string): string {
  return text.replace(/\p{Script=Cyrillic}/gu, (letter) => {
    const small = letter.toLowerCase()
    const written = latin[small] ?? letter
    return small === letter ? written : `${written.slice(0, 1).toUpperCase()}${written.slice(1)}`
  })
}
