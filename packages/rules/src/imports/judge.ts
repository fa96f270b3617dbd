import type { ClaimCategory } from '../claims/categories'
import type { Country } from '../country-packs'
import type { Currency } from '../money'
import type { DateOnly } from '../periods'
import { bareNumber, emailKey, isScientific, phoneKey, readAmount, readDate, readEmbg, wordKey } from './cells'
import type { DateStyle, DecimalStyle } from './cells'
import type { AnyField, Columns } from './fields'
import type { Repairer } from './repairs'
import type { ImportWords, LegacyClaimStatus, LegacyMethod } from './words'

/** Why a line is refused. */
export const refusalReasons = [
  'wrong_column_count', 'missing_required', 'embg_scientific', 'bad_embg', 'bad_date', 'bad_amount', 'unknown_plan', 'unsupported_category', 'unknown_status',
  'unknown_currency', 'unknown_method', 'unknown_member', 'receipt_conflict',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** One thing wrong with a line; `column` is the place in the line, -1 for the line as a whole. */
export interface LineProblem {
  readonly reason: RefusalReason
  readonly column: number
}

/** How a file writes what it writes. */
export interface FileStyle {
  readonly dates: DateStyle
  readonly decimals: DecimalStyle
  /** Currency of amounts that do not name one. */
  readonly currency: Currency
  /** Whose personal numbers and phones the file holds. */
  readonly country: Country
}

export interface Reading {
  readonly columns: Columns
  readonly style: FileStyle
  readonly words: ImportWords
  /** What is corrected before a line is judged; null: nothing. */
  readonly repair: Repairer | null
}

export interface MemberLine {
  readonly number: string
  readonly firstName: string
  readonly lastName: string
  readonly embg: string | null
  readonly embgRepaired: boolean
  readonly birthDate: DateOnly | null
  readonly street: string
  readonly city: string
  readonly phone: string
  readonly phoneKey: string
  readonly email: string
  readonly emailKey: string
  readonly planCode: string
  readonly startsOn: DateOnly
  /** Last day of cover, inclusive. */
  readonly endsOn: DateOnly
  readonly amountMinor: bigint
  readonly currency: Currency
  readonly method: LegacyMethod | null
  readonly agent: string
  readonly branch: string
  readonly note: string
}

/** Who a claim or a payment is about, as the line says it. */
export type MemberReference = { readonly by: 'embg' | 'number'; readonly value: string }

export interface ClaimLine {
  readonly number: string
  readonly member: MemberReference
  readonly category: ClaimCategory
  readonly incidentOn: DateOnly
  readonly reportedOn: DateOnly | null
  readonly counterparty: string
  readonly status: LegacyClaimStatus
  readonly askedMinor: bigint
  /** Null: nothing recovered. */
  readonly recoveredMinor: bigint | null
  readonly currency: Currency
  readonly note: string
}

export interface PaymentLine {
  readonly number: string
  readonly paidOn: DateOnly
  readonly member: MemberReference
  readonly amountMinor: bigint
  readonly currency: Currency
  readonly method: LegacyMethod
  readonly agent: string
  readonly branch: string
  readonly note: string
}

/** A line that was read, or everything that is wrong with it, the reason that counts first. */
export type Judged<L> = { readonly ok: true; readonly line: L } | { readonly ok: false; readonly problems: readonly LineProblem[] }

const noProblems: readonly LineProblem[] = []

/** Problems of a line in the order in which they were asked for. */
class Faults {
  #list: LineProblem[] | null = null

  add(reason: RefusalReason, column: number): void {
    ;(this.#list ??= []).push({ reason, column })
  }

  get list(): readonly LineProblem[] {
    return this.#list ?? noProblems
  }
}

type Cell = (field: AnyField) => string

const cellsOf = (cells: readonly string[], columns: Columns): Cell => (field) => {
  const at = columns[field]
  return at < 0 ? '' : (cells[at] ?? '')
}

const wrongCount: Judged<never> = { ok: false, problems: [{ reason: 'wrong_column_count', column: -1 }] }

function requireCells(faults: Faults, cell: Cell, columns: Columns, fields: readonly AnyField[]): void {
  for (const field of fields) if (cell(field) === '') faults.add('missing_required', columns[field])
}

function requireName(faults: Faults, cell: Cell, columns: Columns): void {
  if (columns.surnameFirst >= 0) requireCells(faults, cell, columns, ['surnameFirst'])
  else if (columns.nameFirst >= 0) requireCells(faults, cell, columns, ['nameFirst'])
  else requireCells(faults, cell, columns, ['firstName', 'lastName'])
}

function namesOf(cell: Cell, columns: Columns): { firstName: string; lastName: string } {
  const whole = columns.surnameFirst >= 0 ? cell('surnameFirst') : columns.nameFirst >= 0 ? cell('nameFirst') : null
  if (whole === null) return { firstName: tidy(cell('firstName')), lastName: tidy(cell('lastName')) }
  return splitName(whole, columns.surnameFirst >= 0 ? 'surnameFirst' : 'nameFirst')
}

const tidy = (name: string): string => name.normalize('NFC').replace(/\s+/gu, ' ')

/** Takes a whole name apart: one word is the first name, whatever else there is the surname. */
export function splitName(whole: string, order: 'surnameFirst' | 'nameFirst'): { firstName: string; lastName: string } {
  const words = tidy(whole.trim()).split(' ')
  if (words.length === 1) return { firstName: '', lastName: words[0] ?? '' }
  const first = (order === 'surnameFirst' ? words.pop() : words.shift()) ?? ''
  return { firstName: first, lastName: words.join(' ') }
}

const noEmbg = { kind: 'none', value: null, birthDate: null } as const

function readEmbgCell(faults: Faults, cell: string, { personalNumbers }: Country, column: number) {
  if (cell === '') return noEmbg
  const embg = readEmbg(cell, personalNumbers)
  if (embg.kind === 'valid' || embg.kind === 'repaired') return embg
  faults.add(embg.kind === 'scientific' ? 'embg_scientific' : 'bad_embg', column)
  return noEmbg
}

function readDateCell(faults: Faults, cell: string, style: DateStyle, column: number): DateOnly | null {
  if (cell === '') return null
  const date = readDate(cell, style)
  if (date === null) faults.add('bad_date', column)
  return date
}

function readAmountCell(faults: Faults, cell: string, style: DecimalStyle, column: number): bigint | null {
  if (cell === '') return null
  const amount = readAmount(cell, style)
  if (amount === null) faults.add('bad_amount', column)
  return amount
}

function readReference(faults: Faults, cell: string, country: Country, column: number): MemberReference {
  const bare = bareNumber(cell)
  if (isScientific(bare)) faults.add('embg_scientific', column)
  else if (/^\d{10,}$/u.test(bare)) return { by: 'embg', value: readEmbgCell(faults, cell, country, column).value ?? '' }
  return { by: 'number', value: bare.toLowerCase() }
}

function readWord<T>(faults: Faults, words: ReadonlyMap<string, T>, cell: string, reason: RefusalReason, column: number): T | undefined {
  const meaning = words.get(wordKey(cell))
  if (meaning === undefined && cell !== '') faults.add(reason, column)
  return meaning
}

/** Reads the trimmed cells of a line of members. */
export function judgeMember(cells: readonly string[], { columns, style, words }: Reading): Judged<MemberLine> {
  if (cells.length !== columns.count) return wrongCount
  const cell = cellsOf(cells, columns)
  const faults = new Faults()
  requireName(faults, cell, columns)
  requireCells(faults, cell, columns, ['plan', 'startsOn', 'endsOn', 'amount'])
  if (cell('embg') === '' && cell('birthDate') === '') faults.add('missing_required', columns.embg >= 0 ? columns.embg : columns.birthDate)
  const embg = readEmbgCell(faults, cell('embg'), style.country, columns.embg)
  const birth = readDateCell(faults, cell('birthDate'), style.dates, columns.birthDate)
  const startsOn = readDateCell(faults, cell('startsOn'), style.dates, columns.startsOn)
  const endsOn = readDateCell(faults, cell('endsOn'), style.dates, columns.endsOn)
  const amountMinor = readAmountCell(faults, cell('amount'), style.decimals, columns.amount)
  const planCode = readWord(faults, words.plans, cell('plan'), 'unknown_plan', columns.plan)
  if (faults.list.length > 0 || startsOn === null || endsOn === null || amountMinor === null || planCode === undefined) return { ok: false, problems: faults.list }
  return {
    ok: true,
    line: {
      number: cell('number'), ...namesOf(cell, columns), embg: embg.value, embgRepaired: embg.kind === 'repaired',
      birthDate: birth ?? embg.birthDate, street: cell('street'), city: cell('city'),
      phone: cell('phone'), phoneKey: phoneKey(cell('phone'), style.country.phone.callingCode), email: cell('email'), emailKey: emailKey(cell('email')),
      planCode, startsOn, endsOn, amountMinor, currency: style.currency, method: words.methods.get(wordKey(cell('method'))) ?? null,
      agent: cell('agent'), branch: cell('branch'), note: cell('note'),
    },
  }
}

/** Reads the trimmed cells of a line of claims; whom it is about is looked up by the caller. */
export function judgeClaim(cells: readonly string[], { columns, style, words }: Reading): Judged<ClaimLine> {
  if (cells.length !== columns.count) return wrongCount
  const cell = cellsOf(cells, columns)
  const faults = new Faults()
  requireCells(faults, cell, columns, ['number', 'member', 'category', 'incidentOn', 'status', 'asked'])
  const member = readReference(faults, cell('member'), style.country, columns.member)
  const incidentOn = readDateCell(faults, cell('incidentOn'), style.dates, columns.incidentOn)
  const reportedOn = readDateCell(faults, cell('reportedOn'), style.dates, columns.reportedOn)
  const askedMinor = readAmountCell(faults, cell('asked'), style.decimals, columns.asked)
  const recoveredMinor = readAmountCell(faults, cell('recovered'), style.decimals, columns.recovered)
  const category = readWord(faults, words.categories, cell('category'), 'unsupported_category', columns.category)
  const status = readWord(faults, words.statuses, cell('status'), 'unknown_status', columns.status)
  if (faults.list.length > 0 || incidentOn === null || askedMinor === null || category === undefined || status === undefined) return { ok: false, problems: faults.list }
  const text = { number: cell('number'), counterparty: cell('counterparty'), note: cell('note') }
  return { ok: true, line: { ...text, member, category, incidentOn, reportedOn, status, askedMinor, recoveredMinor, currency: style.currency } }
}

/** Reads the trimmed cells of a line of payments; whom it is about is looked up by the caller. */
export function judgePayment(cells: readonly string[], { columns, style, words }: Reading): Judged<PaymentLine> {
  if (cells.length !== columns.count) return wrongCount
  const cell = cellsOf(cells, columns)
  const faults = new Faults()
  requireCells(faults, cell, columns, ['number', 'member', 'paidOn', 'amount', 'currency', 'method'])
  const member = readReference(faults, cell('member'), style.country, columns.member)
  const paidOn = readDateCell(faults, cell('paidOn'), style.dates, columns.paidOn)
  const amountMinor = readAmountCell(faults, cell('amount'), style.decimals, columns.amount)
  if (amountMinor === 0n) faults.add('bad_amount', columns.amount)
  const currency = readWord(faults, words.currencies, cell('currency'), 'unknown_currency', columns.currency)
  const method = readWord(faults, words.methods, cell('method'), 'unknown_method', columns.method)
  if (faults.list.length > 0 || paidOn === null || amountMinor === null || currency === undefined || method === undefined) return { ok: false, problems: faults.list }
  const text = { number: cell('number'), agent: cell('agent'), branch: cell('branch'), note: cell('note') }
  return { ok: true, line: { ...text, member, paidOn, amountMinor, currency, method } }
}
