import { createHash } from 'node:crypto';
import { detectEncoding, refuseFile, textOf, type ByteSource, type FileEncoding } from './file-encoding';
import { delimiterOf, readRecords, type FileForm, type FileRecord } from './file-records';

export interface SurveyLimits {
  readonly maxBytes: number;
  readonly maxColumns: number;
}

export const importLimits: SurveyLimits = { maxBytes: 256 * 1024 * 1024, maxColumns: 200 };

/** What is known of a file before anything is mapped. */
export interface FileSurvey extends FileForm {
  readonly isEncodingCertain: boolean;
  readonly bytes: number;
  readonly header: readonly string[];
  /** Records after the header that say anything. */
  readonly lines: number;
  /** Records without a single word, which are passed over. */
  readonly skipped: Readonly<{ blank?: number }>;
  /** The first of them. */
  readonly sample: readonly FileRecord[];
  /** The same for the same cells, whatever the file is called and however it is encoded. */
  readonly hash: string;
}

const sampleSize = 200;
const beginning = 65_536;

/** Says where a header cannot be mapped: no name, a name twice, or one that objects have by themselves. */
function checkHeader(header: readonly string[], { maxColumns }: SurveyLimits): void {
  if (header.length > maxColumns) throw refuseFile('errors.import.columns', { count: header.length, most: maxColumns });
  const seen = new Set<string>();
  for (const [at, text] of header.entries()) {
    const name = text.toLowerCase();
    if (name === '' || seen.has(name) || ['__proto__', 'constructor', 'prototype'].includes(name)) {
      throw refuseFile('errors.import.header', { column: at + 1, name: text.slice(0, 60) });
    }
    seen.add(name);
  }
}

/** Enough of a file to see its header. */
async function beginningOf(open: ByteSource, encoding: FileEncoding): Promise<string> {
  let text = '';
  for await (const piece of textOf(open, encoding)) {
    text += piece;
    if (text.length > beginning) break;
  }
  return text;
}

/**
 * Reads a file through once: encoding, delimiter, header, number of lines, and a hash of its cells. Throws INVALID with the place of what makes it no table:
 * nothing of a broken file is taken over.
 */
export async function surveyFile(open: ByteSource, limits: SurveyLimits = importLimits, wished?: FileEncoding): Promise<FileSurvey> {
  const { encoding: detected, certain, bytes } = await detectEncoding(open, limits.maxBytes);
  const encoding = wished ?? detected;
  const form = { encoding, ...delimiterOf(await beginningOf(open, encoding)) };
  const hash = createHash('sha256');
  let header: readonly string[] | null = null;
  let lines = 0;
  let blank = 0;
  const sample: FileRecord[] = [];
  for await (const records of readRecords(open, form, () => { blank += 1; })) {
    for (const record of records) {
      hash.update(`${record.cells.join('\u001F')}\u001E`);
      if (header === null) {
        header = record.cells;
        checkHeader(header, limits);
        continue;
      }
      lines += 1;
      if (sample.length < sampleSize) sample.push(record);
    }
  }
  if (header === null) throw refuseFile('errors.csv.noHeader');
  if (lines === 0) throw refuseFile('errors.csv.noRows');
  return { ...form, isEncodingCertain: wished !== undefined || certain, bytes, header, lines, skipped: blank === 0 ? {} : { blank }, sample, hash: hash.digest('hex') };
}

/** The records of a surveyed file after its header, each with its number from 1. */
export async function* dataLines(open: ByteSource, form: FileForm): AsyncGenerator<readonly (FileRecord & { readonly record: number })[]> {
  let next = 0;
  for await (const records of readRecords(open, form)) {
    const numbered = records.map((record) => ({ ...record, record: next++ }));
    yield numbered[0]?.record === 0 ? numbered.slice(1) : numbered;
  }
}
