import { readDate } from '../imports/cells'
import type { DateStyle, DecimalStyle } from '../imports/cells'
import { nameForm } from '../imports/likeness'
import { exponentOf, isCurrency, money } from '../money'
import type { Currency, Money } from '../money'
import type { DateOnly } from '../periods'

/** What a line of a bank statement may say. `amount` bears its sign; banks that have two columns have `credit` for what came in and `debit` for what went out. */
export const statementFields = ['bookedOn', 'amount', 'credit', 'debit', 'currency', 'payer', 'payerAccount', 'purpose', 'reference', 'bankId'] as const
export type StatementField = (typeof statementFields)[number]
/** The field of each column; null: not read. */
export type StatementMapping = readonly (StatementField | null)[]

/** Headers as the banks of the countries have them, compared without case, marks, script and punctuation. */
const headers: Readonly<Record<StatementField, readonly string[]>> = {
  bookedOn: ['Датум', 'Датум на книжење', 'Датум на валута', 'Датум на трансакција', 'Data', 'Data e transaksionit', 'Data e kontabilizimit', 'Data valutë', 'Datum', 'Datum knjiženja', 'Datum valute', 'Datum transakcije', 'Date', 'Booking date', 'Value date', 'Transaction date', 'Posting date'],
  amount: ['Износ', 'Износ на трансакција', 'Shuma', 'Shuma e transaksionit', 'Iznos', 'Amount', 'Transaction amount'],
  credit: ['Прилив', 'Побарува', 'Уплата', 'Кредит', 'Kreditim', 'Kredi', 'Kredit', 'Hyrje', 'Hyrëse', 'Potražuje', 'Uplata', 'Priliv', 'Credit', 'Credit amount', 'Paid in', 'Money in'],
  debit: ['Одлив', 'Должи', 'Исплата', 'Дебит', 'Debitim', 'Debi', 'Debit', 'Dalje', 'Dalëse', 'Duguje', 'Isplata', 'Odliv', 'Debit amount', 'Paid out', 'Money out'],
  currency: ['Валута', 'Valuta', 'Monedha', 'Currency', 'Ccy'],
  payer: ['Налогодавач', 'Уплаќач', 'Назив', 'Назив на налогодавач', 'Име на уплаќач', 'Комитент', 'Paguesi', 'Urdhëruesi', 'Emri i paguesit', 'Pala', 'Uplatilac', 'Nalogodavac', 'Naziv', 'Payer', 'Payer name', 'Counterparty', 'Name', 'Ordering party', 'Sender'],
  payerAccount: ['Сметка', 'Сметка на налогодавач', 'Сметка на уплаќач', 'Llogaria', 'Llogaria e paguesit', 'Račun', 'Račun nalogodavca', 'Account', 'Payer account', 'Counterparty account', 'IBAN'],
  purpose: ['Цел на дознака', 'Опис', 'Цел', 'Намена', 'Përshkrimi', 'Qëllimi', 'Qëllimi i pagesës', 'Svrha', 'Svrha plaćanja', 'Opis', 'Description', 'Purpose', 'Details', 'Remittance information', 'Narrative'],
  reference: ['Повикување на број', 'Повик на број', 'Повикување', 'Референца', 'Referenca', 'Nr. i referencës', 'Numri i referencës', 'Referenca e pagesës', 'Poziv na broj', 'Referenca plaćanja', 'Reference', 'Payment reference', 'Reference number'],
  bankId: ['Број на налог', 'Број на трансакција', 'Реден број на трансакција', 'Nr. i transaksionit', 'Numri i transaksionit', 'ID e transaksionit', 'Broj transakcije', 'Broj naloga', 'Transaction id', 'Transaction number', 'Transaction reference', 'Bank reference'],
}

const known = new Map(statementFields.flatMap((field) => headers[field].map((header) => [nameForm(header), field] as const)))

/** The field of each column by its header; of two columns with one field the first has it. */
export function suggestStatementMapping(header: readonly string[]): (StatementField | null)[] {
  const taken = new Set<StatementField>()
  return header.map((text) => {
    const field = known.get(nameForm(text))
    if (field === undefined || taken.has(field)) return null
    taken.add(field)
    return field
  })
}

/** Fields that a line cannot be read without and no column has. */
export function missingColumns(mapping: StatementMapping): StatementField[] {
  const has = (field: StatementField): boolean => mapping.includes(field)
  return [...(has('bookedOn') ? [] : ['bookedOn' as const]), ...(has('amount') || has('credit') ? [] : ['amount' as const])]
}

export type StatementStyle = { readonly dates: DateStyle; readonly decimals: DecimalStyle }

const sums: readonly StatementField[] = ['amount', 'credit', 'debit']
const bareSum = (cell: string): string => cell.replace(/[\s  +\-−–]/gu, '').replace(/\p{L}+\.?|€/gu, '')

/** How a statement writes dates and amounts, by most of the cells of a sample of its lines. */
export function detectStatementStyle(mapping: StatementMapping, sample: readonly (readonly string[])[]): StatementStyle {
  const cellsOf = (fields: readonly StatementField[]): string[] =>
    sample.flatMap((line) => mapping.flatMap((field, at) => (field !== null && fields.includes(field) ? [line[at] ?? ''] : []))).filter((cell) => cell !== '')
  const days = cellsOf(['bookedOn']).map(dayIn)
  const amounts = cellsOf(sums).map(bareSum)
  const more = <T extends string>(cells: readonly string[], first: T, second: T, speaks: (cell: string, style: T) => boolean): T => {
    const count = (style: T): number => cells.filter((cell) => speaks(cell, style)).length
    return count(second) > count(first) ? second : first
  }
  return {
    dates: more<DateStyle>(days, 'dmy', 'iso', (cell, style) => readDate(cell, style) !== null),
    // one mark before three digits may group thousands and says nothing
    decimals: more<DecimalStyle>(amounts, 'comma', 'point', (cell, style) => /[.,]\d{1,2}$/u.test(cell) && written[style].test(cell)),
  }
}

/** A day without the time that some banks write behind it. */
const dayIn = (cell: string): string => cell.replace(/^(\S+)[\sT]\d{1,2}:\d{2}.*$/u, '$1').replace(/^(\d{1,2}\.\d{1,2}\.\d{4})\.$/u, '$1').replace(/^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/u, '$1.$2.$3')

const written: Readonly<Record<DecimalStyle, RegExp>> = {
  comma: /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,3}))?$/u,
  point: /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,3}))?$/u,
}
const maxDigits = 15

function readSum(cell: string, style: DecimalStyle, currency: Currency): bigint | null {
  const negative = /^[\s+]*[-−–(]|[-−–]\s*$/u.test(cell)
  const parts = written[style].exec(bareSum(cell).replace(/[()]/gu, ''))
  const exponent = exponentOf(currency)
  const fraction = parts?.[2] ?? ''
  if (parts === null || fraction.length > exponent) return null
  const digits = `${(parts[1] ?? '').replace(/[.,]/gu, '')}${fraction.padEnd(exponent, '0')}`
  if (digits.replace(/^0+/u, '').length > maxDigits) return null
  return negative ? -BigInt(digits) : BigInt(digits)
}

/** A line of a statement as it is understood. The amount is below nothing where money went out. */
export type StatementLine = {
  readonly bookedOn: DateOnly
  readonly amount: Money
  readonly payer: string
  readonly payerAccount: string
  readonly purpose: string
  readonly reference: string
  /** The bank's own number of the movement; empty where it gives none. */
  readonly bankId: string
}
export type StatementReading = StatementStyle & { readonly mapping: StatementMapping; readonly currency: Currency }
export type StatementProblem = 'date' | 'amount' | 'currency'

const mostText = 500

function amountOf(cellOf: (field: StatementField) => string, { decimals, currency }: StatementReading): bigint | null {
  if (cellOf('amount') !== '') return readSum(cellOf('amount'), decimals, currency)
  const [incoming, outgoing] = [cellOf('credit'), cellOf('debit')].map((cell) => (cell === '' ? 0n : readSum(cell, decimals, currency)))
  if (incoming === undefined || outgoing === undefined || incoming === null || outgoing === null) return null
  const out = outgoing < 0n ? -outgoing : outgoing
  return incoming - out
}

/** Reads one line, or says what of it cannot be understood. Movements of nothing are no lines: null. */
export function readStatementLine(cells: readonly string[], reading: StatementReading): { readonly ok: true; readonly line: StatementLine } | { readonly ok: false; readonly problem: StatementProblem } | null {
  const cellOf = (field: StatementField): string => (cells[reading.mapping.indexOf(field)] ?? '').replace(/\s+/gu, ' ').trim()
  const said = cellOf('currency').toUpperCase()
  if (said !== '' && said !== reading.currency && (isCurrency(said) || /^[A-Z]{3}$/u.test(said))) return { ok: false, problem: 'currency' }
  const bookedOn = readDate(dayIn(cellOf('bookedOn')), reading.dates)
  if (bookedOn === null) return { ok: false, problem: 'date' }
  const minor = amountOf(cellOf, reading)
  if (minor === null) return { ok: false, problem: 'amount' }
  if (minor === 0n) return null
  const text = (field: StatementField): string => cellOf(field).slice(0, mostText)
  return {
    ok: true,
    line: { bookedOn, amount: money(minor, reading.currency), payer: text('payer'), payerAccount: text('payerAccount'), purpose: text('purpose'), reference: text('reference'), bankId: text('bankId') },
  }
}
