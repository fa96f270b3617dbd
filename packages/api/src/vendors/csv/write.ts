import { exponentOf, type Locale, type Money } from '@interdomestik/rules';
import Papa from 'papaparse';

/** An exact amount in digits, with the decimal sign of the reader's spreadsheet. */
export type CsvDecimal = { readonly decimal: string };

/** What a cell may hold. Numbers stay numeric columns; `null` is an empty cell. */
export type CsvValue = string | number | bigint | boolean | CsvDecimal | null;

/** One column: its header and how to read its value from a row. */
export type CsvColumn<Row> = { readonly header: string; readonly value: (row: Row) => CsvValue };

export type CsvOptions = {
  /** `;` opens in columns in the spreadsheets of both countries; `,` is RFC 4180. */
  readonly delimiter?: ';' | ',' | '\t';
  /** A byte order mark, without which Excel reads Cyrillic as noise. */
  readonly bom?: boolean;
};

/** Digits with the decimal sign that a spreadsheet of the language expects, and nothing else. */
export function decimalOf({ minor, currency }: Money, locale: Locale): CsvDecimal {
  const exponent = exponentOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const sign = minor < 0n ? '-' : '';
  return { decimal: exponent === 0 ? `${sign}${whole}` : `${sign}${whole}${locale === 'en' ? '.' : ','}${digits.slice(-exponent)}` };
}

/** `;` where the decimal sign is a comma, so that the spreadsheets of the language open the file in columns. */
export const delimiterOf = (locale: Locale): ';' | ',' => (locale === 'en' ? ',' : ';');

// A spreadsheet runs a cell that begins with one of these, also when spaces, quotes or wide forms stand before it.
const invisible = String.raw`[\s\u00a0\u200b-\u200f\u2060\ufeff"'\u2018-\u201f\u00ab\u00bb]*`;
const formula = new RegExp(String.raw`^(?:${invisible}[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n\u0000]|[ ]*[\t\r\u0000])`, 'u');

/** Makes text harmless in a spreadsheet: one `'` before what would run as a formula, nothing before other text. */
export function protectCell(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** Takes back exactly the one quote that `protectCell` put there. */
export function unprotectCell(text: string): string {
  return text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
}

function cell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return protectCell(value);
  if (typeof value === 'object') {
    if (!/^-?\d+(?:[.,]\d+)?$/u.test(value.decimal)) throw new RangeError('a decimal in a CSV is digits alone');
    return value.decimal;
  }
  // Digits of our own making: a minus before them is a number, not a formula.
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('a number in a CSV must be finite');
  return String(value);
}

const lines = (data: readonly string[][], delimiter: string): string => `${Papa.unparse(data as string[][], { delimiter, newline: '\r\n', escapeFormulae: false })}\r\n`;

/** The head of a CSV that is written piece by piece. */
export const csvHead = <Row>(columns: readonly CsvColumn<Row>[], { delimiter = ';', bom = true }: CsvOptions = {}): string =>
  `${bom ? '\uFEFF' : ''}${lines([columns.map((column) => protectCell(column.header))], delimiter)}`;

/** Rows of a CSV that is written piece by piece, as `toCsv` writes them; nothing for none. */
export function csvRows<Row>(rows: readonly Row[], columns: readonly CsvColumn<Row>[], { delimiter = ';' }: CsvOptions = {}): string {
  return rows.length === 0 ? '' : lines(rows.map((row) => columns.map(({ value }) => cell(value(row)))), delimiter);
}

/**
 * Writes rows as CSV (CRLF, quoted where needed). Text is safe to open in a spreadsheet; numbers, also negative ones,
 * stay numbers. Throws RangeError on a number that is not finite or a decimal that is none.
 */
export function toCsv<Row>(rows: Iterable<Row>, columns: readonly CsvColumn<Row>[], options: CsvOptions = {}): string {
  return `${csvHead(columns, options)}${csvRows([...rows], columns, options)}`;
}
