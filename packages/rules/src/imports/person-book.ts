import type { DateOnly } from '../periods'
import { compareNames, nameForm, streetForm } from './likeness'
import type { Name, ReviewKind } from './likeness'
import { Column } from './column'
import { NumberTable, textNumber } from './number-table'

/** What of a line tells who it is about. Texts as they stand in the line; the two keys as `cells` makes them. */
export interface PersonTraits {
  readonly firstName: string
  readonly lastName: string
  readonly embg: string | null
  readonly birthDate: DateOnly | null
  readonly emailKey: string
  readonly phoneKey: string
  readonly street: string
}

export type ExactKey = 'embg' | 'email_birthdate'

/** A line of a person that may be the one of another line. */
export interface Likeness {
  readonly person: number
  readonly kind: ReviewKind
}

/** A line as numbers, made once. */
export interface Weighed {
  readonly given: number
  readonly family: number
  readonly embg: number
  readonly born: number
  readonly email: number
  readonly phone: number
  readonly street: number
}

const bornNumber = (date: DateOnly | null): number => (date === null ? 0 : Number(date.replaceAll('-', '')))

/** The same number for a birth date and for the one with day and month changed over. */
function bornEitherWay(born: number): number {
  const [month, day] = [Math.floor(born / 100) % 100, born % 100]
  return Math.floor(born / 10_000) * 10_000 + Math.min(month, day) * 100 + Math.max(month, day)
}

/** A one in front keeps zeros that lead; 0: none. */
const embgNumber = (embg: string | null): number => (embg === null ? 0 : Number(`1${embg}`))
const joined = (a: number, b: number): number => (a % 4_294_967_291) * 2_097_152 + (b % 2_097_143)

/**
 * Everybody an import knows, from the lines before and from the tenant. Finds a line's person by exact keys, and people whom it may
 * be under another spelling. Holds numbers in flat arrays, about a hundred bytes a line, so that a million people fit an import's memory.
 */
export class PersonBook {
  readonly #words = new Map<string, number>()
  readonly #wordList: string[] = ['']
  readonly #forms = new Map<string, number>()
  readonly #entries = {
    person: new Column('whole'), beforeOfPerson: new Column('whole'), given: new Column('whole'), family: new Column('whole'), born: new Column('whole'),
    embg: new Column('big'), email: new Column('big'), phone: new Column('big'), street: new Column('big'),
  }
  readonly #newestOf = new Column('whole')
  readonly #byEmbg = new NumberTable()
  readonly #byEmail = new NumberTable()
  readonly #byPhone = new NumberTable()
  readonly #byStreet = new NumberTable()
  readonly #byName = new NumberTable()
  #entryCount = 0
  #personCount = 0

  get persons(): number {
    return this.#personCount
  }

  /** Turns what a line says into what is compared. */
  weigh(traits: PersonTraits): Weighed {
    const street = streetForm(traits.street)
    return {
      given: this.#form(traits.firstName), family: this.#form(traits.lastName), embg: embgNumber(traits.embg), born: bornNumber(traits.birthDate),
      email: traits.emailKey === '' ? 0 : textNumber(traits.emailKey), phone: traits.phoneKey === '' ? 0 : textNumber(traits.phoneKey), street: street === '' ? 0 : textNumber(street),
    }
  }

  /** The person that has the same EMBG; else the same e-mail and birth date, unless both have an EMBG. */
  match(line: Weighed): { readonly person: number; readonly key: ExactKey } | null {
    if (line.embg !== 0) {
      const entry = this.#byEmbg.newest(line.embg)
      if (entry >= 0) return { person: this.#entries.person.get(entry), key: 'embg' }
    }
    if (line.email === 0 || line.born === 0) return null
    for (let entry = this.#byEmail.newest(joined(line.email, line.born)); entry >= 0; entry = this.#byEmail.before(entry)) {
      const person = this.#entries.person.get(entry)
      const same = this.#entries.email.get(entry) === line.email && this.#entries.born.get(entry) === line.born
      if (same && !this.#isSomebodyElse(line, person)) return { person, key: 'email_birthdate' }
    }
    return null
  }

  /** People who may be the one of this line and share no exact key with it, each once. */
  alike(line: Weighed): Likeness[] {
    if (line.born === 0) return []
    const found = new Map<number, ReviewKind>()
    const born = bornEitherWay(line.born)
    const look = (table: NumberTable, key: number): void => {
      for (let entry = table.newest(key); entry >= 0; entry = table.before(entry)) {
        const person = this.#entries.person.get(entry)
        if (found.has(person)) continue
        const kind = this.#compare(line, entry)
        if (kind !== null && !this.#isSomebodyElse(line, person)) found.set(person, kind)
      }
    }
    if (line.phone !== 0) look(this.#byPhone, joined(line.phone, born))
    if (line.street !== 0) look(this.#byStreet, joined(line.street, born))
    look(this.#byName, joined(this.#nameNumber(line.given, line.family), born))
    return [...found].map(([person, kind]) => ({ person, kind }))
  }

  /** Adds a line to a person, or as a new one with `null`; gives the person. */
  add(line: Weighed, known: number | null): number {
    const entry = this.#entryCount
    const person = known ?? this.#personCount
    this.#entryCount += 1
    if (known === null) this.#personCount += 1
    for (const name of ['given', 'family', 'born', 'embg', 'email', 'phone', 'street'] as const) this.#entries[name].set(entry, line[name])
    this.#entries.person.set(entry, person)
    this.#entries.beforeOfPerson.set(entry, known === null ? 0 : this.#newestOf.get(person))
    this.#newestOf.set(person, entry + 1)
    if (line.embg !== 0) this.#byEmbg.add(line.embg, entry)
    if (line.born === 0) return person
    const born = bornEitherWay(line.born)
    if (line.email !== 0) this.#byEmail.add(joined(line.email, line.born), entry)
    if (line.phone !== 0) this.#byPhone.add(joined(line.phone, born), entry)
    if (line.street !== 0) this.#byStreet.add(joined(line.street, born), entry)
    this.#byName.add(joined(this.#nameNumber(line.given, line.family), born), entry)
    return person
  }

  /** The person known by an EMBG; null for nobody. */
  byEmbg(embg: string): number | null {
    const entry = this.#byEmbg.newest(embgNumber(embg))
    return entry < 0 ? null : this.#entries.person.get(entry)
  }

  /** Two valid EMBGs that differ are two people, whatever else is the same. */
  #isSomebodyElse(line: Weighed, person: number): boolean {
    if (line.embg === 0) return false
    let other = false
    for (let entry = this.#newestOf.get(person) - 1; entry >= 0; entry = this.#entries.beforeOfPerson.get(entry) - 1) {
      const embg = this.#entries.embg.get(entry)
      if (embg === line.embg) return false
      if (embg !== 0) other = true
    }
    return other
  }

  #compare(line: Weighed, entry: number): ReviewKind | null {
    const of = this.#entries
    const samePhone = line.phone !== 0 && of.phone.get(entry) === line.phone
    const sameStreet = line.street !== 0 && of.street.get(entry) === line.street
    const isReachedApart = !samePhone && !sameStreet && ((line.phone !== 0 && of.phone.get(entry) !== 0) || (line.street !== 0 && of.street.get(entry) !== 0))
    if (isReachedApart) return null
    const kind = compareNames(this.#name(line.given, line.family), this.#name(of.given.get(entry), of.family.get(entry)))
    if (kind === null) return null
    const isSwapped = of.born.get(entry) !== line.born
    if (isSwapped) return kind === 'spelling' || kind === 'name_order' || (samePhone && sameStreet) ? 'birth_date_swapped' : null
    return kind
  }

  #name(given: number, family: number): Name {
    return { given: this.#wordList[given] ?? '', family: this.#wordList[family] ?? '' }
  }

  #nameNumber(a: number, b: number): number {
    return Math.min(a, b) * 1_048_583 + Math.max(a, b)
  }

  #form(name: string): number {
    const known = this.#forms.get(name)
    if (known !== undefined) return known
    const form = nameForm(name)
    const id = form === '' ? 0 : (this.#words.get(form) ?? this.#wordList.length)
    if (id === this.#wordList.length) {
      this.#words.set(form, id)
      this.#wordList.push(form)
    }
    this.#forms.set(name, id)
    return id
  }
}
