import { DomainError } from '@interdomestik/rules';
import Papa from 'papaparse';
import { unprotectCell } from './write';

/** A row by column name, with the line of the file it begins on (the header is line 1). */
export type CsvRow = { readonly line: number; readonly values: ReadonlyMap<string, string> };
export type CsvTable = { readonly columns: readonly string[]; readonly rows: readonly CsvRow[]; readonly delimiter: string };

export type ParseLimits = { readonly maxCharacters?: number; readonly maxColumns?: number };

const delimiters = [';', ',', '\t', '|'] as const;

function refuse(key: string, params?: Record<string, string | number>): DomainError {
  return new DomainError('INVALID', key, { params, field: 'file' });
}

/** The delimiter that Excel's `sep=` line names, and how long that line is. */
function declaredDelimiter(text: string): { delimiter: string | undefined; length: number } {
  const match = /^"?sep=([;,|\t])"?(?:\r\n|\r|\n)/iu.exec(text);
  return { delimiter: match?.[1], length: match?.[0].length ?? 0 };
}

/** The delimiter that stands most often, outside quotes, in the first line that says anything. */
function commonDelimiter(text: string): string {
  const first = /^[^\r\n]*[^\s;,|][^\r\n]*/mu.exec(text)?.[0].replace(/"[^"]*"/gu, '') ?? '';
  const counts = delimiters.map((delimiter) => ({ delimiter, count: first.split(delimiter).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).delimiter;
}

function checkHeader(columns: readonly string[]): void {
  const seen = new Set<string>();
  for (const [index, column] of columns.entries()) {
    const name = column.toLowerCase();
    if (column === '' || seen.has(name) || ['__proto__', 'constructor', 'prototype'].includes(name)) {
      throw refuse('errors.csv.header', { column: column === '' ? index + 1 : column.slice(0, 60) });
    }
    seen.add(name);
  }
}

/**
 * Reads a small CSV text (already decoded) with a header row: any of `; , tab |`, a byte order mark and Excel's `sep=`
 * line understood, blank lines skipped, our own formula guard taken off. Nothing is guessed or dropped silently:
 * throws DomainError INVALID `errors.csv.noHeader`, `.header`, `.row` with its line (an unclosed quote or another number
 * of columns), `.noRows`, `.encoding` or `.tooLarge`. Files of more than `maxCharacters` belong to the import's stream.
 */
export function parseCsv(text: string, limits: ParseLimits = {}): CsvTable {
  const { maxCharacters = 5_000_000, maxColumns = 200 } = limits;
  if (text.length > maxCharacters) throw refuse('errors.csv.tooLarge');
  if (text.includes('\0') || text.includes('\uFFFD')) throw refuse('errors.csv.encoding');
  const body = text.replace(/^\uFEFF/u, '');
  const declared = declaredDelimiter(body);
  const content = body.slice(declared.length);
  const delimiter = declared.delimiter ?? commonDelimiter(content);
  const { data, errors } = Papa.parse<string[]>(content, {
    header: false,
    delimiter,
    // Kept here and skipped below, so that line numbers stay those of the file.
    skipEmptyLines: false,
  });
  const skipped = declared.length === 0 ? 0 : 1;
  // A quoted cell may hold line breaks: count them, so that a refusal names the line a person sees.
  let line = 1 + skipped;
  const located = data.map((cells) => {
    const at = line;
    line += 1 + cells.reduce((sum, each) => sum + (each.match(/\r\n|\r|\n/gu)?.length ?? 0), 0);
    return { line: at, cells };
  });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken !== undefined) throw refuse('errors.csv.row', { line: located[broken.row ?? 0]?.line ?? 1 });
  const [header, ...rest] = located.filter(({ cells }) => cells.some((each) => each.trim() !== ''));
  if (header === undefined) throw refuse('errors.csv.noHeader');
  if (header.cells.length > maxColumns) throw refuse('errors.csv.tooLarge');
  const columns = header.cells.map((each) => unprotectCell(each.trim()));
  checkHeader(columns);
  if (rest.length === 0) throw refuse('errors.csv.noRows');
  const rows = rest.map(({ line: at, cells }): CsvRow => {
    if (cells.length !== columns.length) throw refuse('errors.csv.row', { line: at });
    return { line: at, values: new Map(columns.map((column, index) => [column, unprotectCell(cells[index] ?? '')])) };
  });
  return { columns, rows, delimiter };
}
