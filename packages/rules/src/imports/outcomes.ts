import { wordKey } from './cells'
import { Column } from './column'
import type { ClaimLine, LineProblem, MemberLine, MemberReference, PaymentLine } from './judge'
import { PersonBook } from './person-book'
import type { ExactKey, Likeness } from './person-book'

/** What becomes of a line; every line has exactly one. */
export const lineOutcomes = ['valid_new', 'duplicate_in_file', 'renewal', 'probable_duplicate', 'rejected'] as const
export type LineOutcome = (typeof lineOutcomes)[number]

export type MemberOutcome =
  | { readonly outcome: 'valid_new'; readonly person: number }
  | { readonly outcome: 'probable_duplicate'; readonly person: number; readonly alike: readonly Likeness[] }
  | { readonly outcome: 'duplicate_in_file' | 'renewal'; readonly person: number; readonly key: ExactKey }

export type ReferringOutcome =
  | { readonly outcome: 'valid_new' | 'duplicate_in_file'; readonly person: number }
  | { readonly outcome: 'rejected'; readonly problems: readonly LineProblem[] }

/** Everybody and every number that lines are compared with: what the tenant knew before, and what this file has brought so far. */
export class Known {
  readonly people = new PersonBook()
  readonly #numbers = new Map<string, number>()
  readonly #claims = new Set<string>()
  readonly #receipts = new Map<string, string>()
  /** The file in which each person has an accepted line, the latest one. */
  #inFile = new Set<number>()

  readonly #files: string[] = []
  readonly #fileOf = new Column('whole')
  readonly #recordOf = new Column('whole')

  /** Remembers which record of which file is the first of a person. */
  setPlace(person: number, file: string, record: number): void {
    const known = this.#files.lastIndexOf(file)
    this.#fileOf.set(person, known < 0 ? this.#files.push(file) : known + 1)
    this.#recordOf.set(person, record)
  }

  /** Null for somebody who came by no file. */
  placeOf(person: number): { readonly file: string; readonly record: number } | null {
    const file = this.#files[this.#fileOf.get(person) - 1]
    return file === undefined ? null : { file, record: this.#recordOf.get(person) }
  }

  /** Begins a file: who is known from here on counts as known before. */
  beginFile(): void {
    this.#inFile = new Set()
  }

  /** Puts somebody into the book whom the tenant knows already. */
  addPerson(line: Parameters<PersonBook['weigh']>[0], numbers: readonly string[], known: number | null = null): number {
    const person = this.people.add(this.people.weigh(line), known)
    for (const number of numbers) this.#remember(number, person)
    return person
  }

  addClaim(number: string): void {
    this.#claims.add(number.toLowerCase())
  }

  addPayment(line: Pick<PaymentLine, 'number' | 'paidOn' | 'amountMinor' | 'currency'>, person: number): void {
    this.#receipts.set(line.number.toLowerCase(), receiptKey(line, person))
  }

  /** What becomes of a line of members that was read; the line is known from here on. */
  placeMember(line: MemberLine): MemberOutcome {
    const weighed = this.people.weigh(line)
    const match = this.people.match(weighed)
    const alike = match === null ? this.people.alike(weighed) : []
    const person = this.people.add(weighed, match?.person ?? null)
    const wasInFile = this.#inFile.has(person)
    this.#inFile.add(person)
    this.#remember(line.number, person)
    if (match !== null) return { outcome: wasInFile ? 'duplicate_in_file' : 'renewal', person, key: match.key }
    return alike.length > 0 ? { outcome: 'probable_duplicate', person, alike } : { outcome: 'valid_new', person }
  }

  /** What becomes of a claim that was read. `column` is where the line names its member. */
  placeClaim(line: ClaimLine, column: number): ReferringOutcome {
    const person = this.find(line.member)
    if (person === null) return unknownMember(column)
    const number = line.number.toLowerCase()
    if (this.#claims.has(number)) return { outcome: 'duplicate_in_file', person }
    this.#claims.add(number)
    return { outcome: 'valid_new', person }
  }

  /** What becomes of a payment that was read. The columns are where the line names its member and its receipt. */
  placePayment(line: PaymentLine, columns: { readonly member: number; readonly number: number }): ReferringOutcome {
    const person = this.find(line.member)
    if (person === null) return unknownMember(columns.member)
    const known = this.#receipts.get(line.number.toLowerCase())
    if (known === undefined) {
      this.addPayment(line, person)
      return { outcome: 'valid_new', person }
    }
    if (known === receiptKey(line, person)) return { outcome: 'duplicate_in_file', person }
    return { outcome: 'rejected', problems: [{ reason: 'receipt_conflict', column: columns.number }] }
  }

  /** Whom a line means; null: nobody known. */
  find({ by, value }: MemberReference): number | null {
    return by === 'embg' ? this.people.byEmbg(value) : (this.#numbers.get(value) ?? null)
  }

  #remember(number: string, person: number): void {
    if (number !== '') this.#numbers.set(wordKey(number), person)
  }
}

const unknownMember = (column: number): ReferringOutcome => ({ outcome: 'rejected', problems: [{ reason: 'unknown_member', column }] })

const receiptKey = (line: Pick<PaymentLine, 'paidOn' | 'amountMinor' | 'currency'>, person: number): string =>
  `${line.paidOn} ${line.amountMinor.toString()} ${line.currency} ${String(person)}`
