import type { ClaimCategory } from '../claims/categories'
import type { Currency } from '../money'
import { wordKey } from './cells'

export const legacyStatuses = ['submitted', 'evaluation', 'resolved', 'rejected'] as const
export type LegacyClaimStatus = (typeof legacyStatuses)[number]
export type LegacyMethod = 'cash' | 'bank_transfer' | 'card'

/** What words of old files mean. A template may add words of its own. */
export interface ImportWords {
  readonly plans: ReadonlyMap<string, string>
  readonly categories: ReadonlyMap<string, ClaimCategory>
  readonly statuses: ReadonlyMap<string, LegacyClaimStatus>
  readonly methods: ReadonlyMap<string, LegacyMethod>
  readonly currencies: ReadonlyMap<string, Currency>
}

/** Compared without case and white space, so one spelling of each is enough. */
function wordsOf<T extends string>(list: Readonly<Partial<Record<T, readonly string[]>>>): ReadonlyMap<string, T> {
  const pairs = Object.entries<readonly string[] | undefined>(list).flatMap(([meaning, words]) => (words ?? []).map((word) => [wordKey(word), meaning as T] as const))
  return new Map(pairs)
}

/** The words that the files of the countries use. */
export const knownWords: ImportWords = {
  plans: wordsOf<string>({
    asistenca: ['Базик', 'Асистенца', 'Basic', 'Assistance', 'Asistenca'],
    asistenca_family: ['Асистенца+ Семејна', 'Assistance+ Family', 'Asistenca+ Familjare'],
    business: ['Бизнис', 'Business'],
  }),
  categories: wordsOf<ClaimCategory>({ vehicle: ['Возило'], property: ['Имот'], injury: ['Повреда'], travel: ['Патување'], consumer: ['Потрошувач'] }),
  statuses: wordsOf<LegacyClaimStatus>({ submitted: ['Поднесена'], evaluation: ['Во обработка'], resolved: ['Решена'], rejected: ['Одбиена'] }),
  methods: wordsOf<LegacyMethod>({ cash: ['Kesh', 'Готовина', 'Cash'], bank_transfer: ['Banka', 'Банка', 'Bank'], card: ['Kartelë', 'Картичка', 'Card'] }),
  currencies: wordsOf<Currency>({ MKD: ['MKD', 'ден', 'денари'], EUR: ['EUR', '€', 'euro'] }),
}
