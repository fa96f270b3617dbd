import { parse, TYPE } from '@formatjs/icu-messageformat-parser'
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { describe, expect, it } from 'vitest'
import { languageTag, loadAreas, loadMessages, locales } from '.'
import type { Locale } from '.'

type Tree = { readonly [key: string]: string | Tree }

function flatten(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flatten(value, `${path}${key}.`),
  )
}

const messages = Object.fromEntries(locales.map((locale) => [locale, new Map(flatten(loadMessages(locale)))])) as Record<
  Locale,
  Map<string, string>
>

function parseMessage(text: string): MessageFormatElement[] {
  return parse(text, { shouldParseSkeletons: false, requiresOtherClause: true })
}

function walk(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      return [element, ...Object.values(element.options).flatMap(({ value }) => walk(value))]
    }
    return element.type === TYPE.tag ? [element, ...walk(element.children)] : [element]
  })
}

/** Argument names with what kind of value each takes. */
function argumentsOf(text: string): string[] {
  const all = walk(parseMessage(text)).flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    return [`${element.value}:${element.type === TYPE.plural ? 'number' : element.type === TYPE.tag ? 'tag' : 'value'}`]
  })
  return [...new Set(all)].toSorted()
}

function lettersOf(text: string): string {
  return walk(parseMessage(text))
    .map((element) => (element.type === TYPE.literal ? element.value : ' '))
    .join('')
}

/** Names and marks that Macedonian keeps in Latin letters. */
const latinNames = /Interdomestik|Paddle|\bAPI\b|\bsandbox\b|\b(?:test|live)_|IBAN|SWIFT|\bRF\b|\bISO\b|PDF|JPG|PNG|UTF-8|CSV|JSON|ZIP|kB|MB|XK|Europe\/Skopje|tenant_|https:\/\/|ime@primer\.com|#0f6b62|F-\{year\}-\{n:6\}/gu

describe('messages', () => {
  it.each(locales)('%s has the keys of Macedonian, none missing and none more', (locale) => {
    expect([...messages[locale].keys()].toSorted()).toEqual([...messages.mk.keys()].toSorted())
  })

  it.each(locales)('%s parses, says something and has no stray spaces', (locale) => {
    const faults = [...messages[locale]].filter(([, text]) => {
      parseMessage(text)
      return text.trim() !== text || text === '' || /  /u.test(text)
    })
    expect(faults).toEqual([])
  })

  it.each(locales)('%s takes the same values as Macedonian', (locale) => {
    const differing = [...messages[locale]].filter(
      ([key, text]) => argumentsOf(text).join() !== argumentsOf(messages.mk.get(key) ?? '').join(),
    )
    expect(differing).toEqual([])
  })

  it.each(locales)('%s has every plural form its grammar asks for', (locale) => {
    const wanted = new Intl.PluralRules(languageTag(locale)).resolvedOptions().pluralCategories
    const faults = [...messages[locale]].flatMap(([key, text]) =>
      walk(parseMessage(text)).flatMap((element) => {
        if (element.type !== TYPE.plural) return []
        const forms = Object.keys(element.options).filter((form) => !form.startsWith('='))
        const unknown = forms.filter((form) => !wanted.some((category) => category === form))
        // One form alone is a word that does not change with the number.
        const missing = forms.length === 1 ? [] : wanted.filter((category) => !forms.includes(category))
        return [...unknown, ...missing].map((form) => `${key}: ${form}`)
      }),
    )
    expect(faults).toEqual([])
  })

  it('Macedonian is in Cyrillic, but for names', () => {
    const faults = [...messages.mk].filter(([, text]) => /\p{Script=Latin}/u.test(lettersOf(text).replace(latinNames, '')))
    expect(faults).toEqual([])
  })

  it.each(['sq', 'sr', 'en'] as const)('%s has no Cyrillic letter', (locale) => {
    expect([...messages[locale]].filter(([, text]) => /\p{Script=Cyrillic}/u.test(text))).toEqual([])
  })

  it('no sentence of a language is left over from another one', () => {
    const same = [...messages.en].filter(([key, text]) =>
      (['sq', 'sr'] as const).some((locale) => messages[locale].get(key) === text && text.split(' ').length > 2),
    )
    expect(same.filter(([, text]) => /\p{L}{3,}/u.test(lettersOf(text)))).toEqual([])
  })

  it('formal address: Macedonian and Albanian write Вие and Ju with a capital', () => {
    expect([...messages.mk].filter(([, text]) => /(?<!\p{L})(вие|ваш\p{L}*|вам|вас)(?!\p{L})/u.test(text))).toEqual([])
    expect([...messages.sq].filter(([, text]) => /(?<!\p{L})(juaj|tuaj\p{L}*|juve)(?!\p{L})/u.test(text))).toEqual([])
  })

  it.each([
    ['mk', /^(?:Внеси|Избери|Земи|Врати|Обнови|Провери|Испрати|Откажи|Погледни|Додај|Зачувај|Означи|Отвори|Преземи|Прочитај|Плати|Затвори|Продолжи|Почни|Побарај|Прифати|Одбиј|Напиши|Запиши|Отпиши|Тргни|Смени|Пробај|Најди)(?!\p{L})/u],
    ['sq', /^(?:Lexo|Zgjidh|Kthe|Merr|Dërgo|Shkarko|Paguaj|Fillo|Shëno|Refuzo|Prano|Shto|Ruaj|Kërko|Vazhdo|Anulo|Provo|Mbyll|Shiko|Largo|Fshi|Ndrysho|Rinovo|Lidh|Hiq|Shkruaj|Kontrollo|Krijo)(?!\p{L})/u],
    ['sr', /^(?:Pročitaj|Otvori|Izaberi|Vrati|Uzmi|Pošalji|Preuzmi|Plati|Počni|Označi|Odbij|Prihvati|Dodaj|Sačuvaj|Nastavi|Otkaži|Pokušaj|Zatvori|Pogledaj|Ukloni|Obriši|Promeni|Obnovi|Unesi|Otpiši|Potvrdi)(?!\p{L})/u],
  ] as const)('formal address: buttons of %s ask politely', (locale, familiar) => {
    expect([...messages[locale]].filter(([, text]) => familiar.test(text))).toEqual([])
  })

  it('a page can take only the areas it shows', () => {
    expect(Object.keys(loadAreas('sq', ['common', 'errors']))).toEqual(['common', 'errors'])
  })
})
