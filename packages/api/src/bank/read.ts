import { createHash } from 'node:crypto';
import {
  detectStatementStyle, DomainError, isCurrency, missingColumns, readStatementLine, statementFields, suggestStatementMapping, type Currency, type StatementField, type StatementLine, type StatementMapping, type StatementProblem, type StatementReading,
} from '@interdomestik/rules';
import { z } from 'zod';
import { detectEncoding, textOf, type FileEncoding } from '../imports/file-encoding';
import { delimiterOf, readRecords, type FileRecord } from '../imports/file-records';

/** As much as one request carries; a statement of a month of a busy account is a tenth of it. */
export const maxStatementBytes = 700_000;
const maxLines = 5_000;
const maxColumns = 60;
/** Banks write who they are, the account and the balances above the table. */
const mostAbove = 40;
const delimiters = [';', ',', '\t', '|'] as const;

/** A file as far as it says by itself what it is. */
export interface SurveyedStatement {
  readonly encoding: FileEncoding;
  readonly isEncodingCertain: boolean;
  readonly header: readonly string[];
  readonly records: readonly FileRecord[];
  readonly hash: string;
}

const refuse = (key: string, params?: Record<string, string | number>): DomainError => new DomainError('INVALID', key, { field: 'file', params });

function delimiterIn(text: string): { delimiter: string; declared: boolean } {
  const first = delimiterOf(text);
  if (first.declared) return first;
  const top = text.split('\n').slice(0, mostAbove).join('\n').replace(/"[^"]*"/gu, '');
  const counts = delimiters.map((delimiter) => ({ delimiter, count: top.split(delimiter).length }));
  return { delimiter: counts.reduce((best, each) => (each.count > best.count ? each : best)).delimiter, declared: false };
}

/** The row that names the columns: the first that names what a line needs, else the first of most cells. */
function headerAt(records: readonly FileRecord[]): number {
  const top = records.slice(0, mostAbove);
  const named = top.findIndex(({ cells }) => missingColumns(suggestStatementMapping(cells)).length === 0);
  if (named >= 0) return named;
  const filled = (cells: readonly string[]): number => cells.filter((cell) => cell !== '').length;
  const most = Math.max(...top.map(({ cells }) => filled(cells)));
  return top.findIndex(({ cells }) => filled(cells) === most);
}

/** Reads a statement's bytes: encoding, delimiter, where its table begins. Throws INVALID with the place for what is no table of text. */
export async function surveyStatement(bytes: Uint8Array): Promise<SurveyedStatement> {
  // eslint-disable-next-line @typescript-eslint/require-await
  const open = async function* (): AsyncGenerator<Uint8Array> { yield bytes; };
  const { encoding, certain } = await detectEncoding(open, maxStatementBytes);
  let text = '';
  for await (const piece of textOf(open, encoding)) text += piece;
  const all: FileRecord[] = [];
  for await (const records of readRecords(open, { encoding, ...delimiterIn(text) })) {
    all.push(...records);
    if (all.length > maxLines + mostAbove) throw refuse('errors.bank.tooLong', { most: maxLines });
  }
  const at = all.length === 0 ? -1 : headerAt(all);
  const header = all[at]?.cells ?? [];
  if (header.length < 2) throw refuse('errors.csv.noHeader');
  if (header.length > maxColumns) throw refuse('errors.import.columns', { count: header.length, most: maxColumns });
  const records = all.slice(at + 1);
  if (records.length === 0) throw refuse('errors.csv.noRows');
  return { encoding, isEncodingCertain: certain, header, records, hash: createHash('sha256').update(bytes).digest('hex') };
}

export const storedReading = z.object({ header: z.array(z.string()), mapping: z.array(z.enum(statementFields).nullable()), dates: z.enum(['dmy', 'iso']), decimals: z.enum(['comma', 'point']) });
export type StoredReading = z.output<typeof storedReading>;

/** How a file is read: as the last one with the same columns was, else as its headers and cells say, and over it what a person says. */
export function readingOf({ header, records }: SurveyedStatement, before: StoredReading | null, wish: { readonly mapping?: readonly (StatementField | null)[] | undefined }): StoredReading {
  const known = before !== null && before.header.join('\u001F') === header.join('\u001F') ? before : null;
  const mapping = wish.mapping !== undefined && wish.mapping.length === header.length ? [...wish.mapping] : (known?.mapping ?? suggestStatementMapping(header));
  const style = known !== null && wish.mapping === undefined ? { dates: known.dates, decimals: known.decimals } : detectStatementStyle(mapping, records.slice(0, 200).map(({ cells }) => cells));
  return { header: [...header], mapping, ...style };
}

// i18n-keys: errors.bank.column.*
/** Throws INVALID where a line cannot be read without a column that nobody named, or two columns are one thing. */
export function assertReadable(mapping: StatementMapping): void {
  const [missing] = missingColumns(mapping);
  if (missing !== undefined) throw new DomainError('INVALID', `errors.bank.column.${missing}`, { field: 'mapping' });
  const used = mapping.filter((field) => field !== null);
  if (new Set(used).size < used.length) throw new DomainError('INVALID', 'errors.bank.columnTwice', { field: 'mapping' });
}

export interface NumberedLine extends StatementLine {
  /** Line of the file. */
  readonly at: number;
  readonly key: string;
}

export interface ReadLines {
  readonly lines: readonly NumberedLine[];
  readonly problems: readonly { readonly line: number; readonly problem: StatementProblem }[];
}

/**
 * What makes a movement this one and no other: the bank's own number where it gives one, else all that it says, and which of several alike it is. So a line that stands in two
 * statements has one key, and two payments alike on one day have two.
 */
function keyOf(line: StatementLine, alike: Map<string, number>): string {
  const { bookedOn, amount, bankId } = line;
  const said = bankId === '' ? [line.payer, line.payerAccount, line.purpose, line.reference] : [bankId];
  const body = createHash('sha256').update([bookedOn, amount.minor.toString(), amount.currency, ...said].join('\u001F')).digest('base64url');
  const before = alike.get(body) ?? 0;
  alike.set(body, before + 1);
  return `${body}:${String(before + 1)}`;
}

/** Every line of a statement, and those that cannot be understood: a statement is taken in whole or not at all. */
export function readLines({ records }: SurveyedStatement, { mapping, dates, decimals }: StoredReading, currency: string): ReadLines {
  if (!isCurrency(currency)) throw new Error('a payment account has an unknown currency');
  const reading: StatementReading = { mapping, dates, decimals, currency: currency satisfies Currency };
  const alike = new Map<string, number>();
  const lines: NumberedLine[] = [];
  const problems: { line: number; problem: StatementProblem }[] = [];
  const width = mapping.findLastIndex((field) => field !== null) + 1;
  for (const { line: at, cells } of records) {
    // sums and greetings below the table
    if (cells.filter((cell) => cell !== '').length < 2 || cells.length < Math.min(2, width)) continue;
    const read = readStatementLine(cells, reading);
    if (read === null) continue;
    if (read.ok) lines.push({ ...read.line, at, key: keyOf(read.line, alike) });
    else if (problems.length < 20) problems.push({ line: at, problem: read.problem });
  }
  return { lines, problems };
}
