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

/**
 * Writes rows as CSV (CRLF, quoted where needed). Text is safe to open in a spreadsheet; numbers, also negative ones,
 * stay numbers. Throws RangeError on a number that is not finite or a decimal that is none.
 */
export function toCsv<Row>(rows: Iterable<Row>, columns: readonly CsvColumn<Row>[], options: CsvOptions = {}): string {
  const { delimiter = ';', bom = true } = options;
  const data = Array.from(rows, (row) => columns.map(({ value }) => cell(value(row))));
  const header = columns.map((column) => protectCell(column.header));
  const text = Papa.unparse([header, ...data], { delimiter, newline: '\r\n', escapeFormulae: false });
  return `${bom ? '\uFEFF' : ''}${text}\r\n`;
}
