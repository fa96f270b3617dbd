import Papa from 'papaparse';
import { unprotectCell } from '../vendors/csv';
import { refuseFile, textOf, type ByteSource, type FileEncoding } from './file-encoding';

/** A record of the file: the line on which it begins, and its cells, trimmed. */
export interface FileRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** How a file is cut into cells. */
export interface FileForm {
  readonly encoding: FileEncoding;
  readonly delimiter: string;
  /** Whether Excel's `sep=` line stands before the header. */
  readonly declared: boolean;
}

const maxRecord = 1_000_000;
const delimiters = [';', ',', '\t', '|'] as const;

/** Whole records and the line on which the first of them begins. */
interface Block {
  readonly text: string;
  readonly line: number;
}

/** Cuts text between records, so that no quoted cell is torn and one without an end is found where it began. */
class Cutter {
  #carry = '';
  #blockLine = 1;
  #line = 1;
  #column = 0;
  #isQuoted = false;
  #isClosing = false;
  #isAtStart = true;
  #quote = { line: 0, column: 0 };
  readonly #delimiter: number;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  push(piece: string): Block | null {
    const text = this.#carry + piece;
    let cut = 0;
    let lineAtCut = this.#line;
    for (let at = this.#carry.length; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      this.#column += 1;
      if (code === 0 || code === 0xfffd) throw refuseFile('errors.import.character', { line: this.#line, column: this.#column });
      const isEnd = this.#step(code);
      if (code !== 10) continue;
      this.#line += 1;
      this.#column = 0;
      if (isEnd) [cut, lineAtCut] = [at + 1, this.#line];
    }
    this.#carry = text.slice(cut);
    if (this.#carry.length > maxRecord) throw this.#tooLong(lineAtCut);
    if (cut === 0) return null;
    const block = { text: text.slice(0, cut), line: this.#blockLine };
    this.#blockLine = lineAtCut;
    return block;
  }

  rest(): Block | null {
    if (this.#isQuoted && !this.#isClosing) throw refuseFile('errors.import.quote', this.#quote);
    return this.#carry === '' ? null : { text: `${this.#carry}\n`, line: this.#blockLine };
  }

  /** Whether a record ends with this character. */
  #step(code: number): boolean {
    if (this.#isQuoted) {
      if (this.#isClosing && code === 34) this.#isClosing = false;
      else if (this.#isClosing) [this.#isQuoted, this.#isClosing] = [false, false];
      else {
        this.#isClosing = code === 34;
        return false;
      }
      if (this.#isQuoted) return false;
    } else if (code === 34 && this.#isAtStart) {
      this.#isQuoted = true;
      this.#isAtStart = false;
      this.#quote = { line: this.#line, column: this.#column };
      return false;
    }
    this.#isAtStart = code === this.#delimiter || code === 10;
    return code === 10;
  }

  #tooLong(line: number) {
    return this.#isQuoted ? refuseFile('errors.import.quote', this.#quote) : refuseFile('errors.import.longLine', { line });
  }
}

const breaks = (text: string): number => text.split('\n').length - 1;

function recordsOf({ text, line }: Block, delimiter: string): FileRecord[] {
  const { data, errors } = Papa.parse<string[]>(text.slice(0, -1), { delimiter, newline: '\n', header: false, skipEmptyLines: false });
  const isMarked = /\p{M}/u.test(text);
  let next = line;
  const records = data.map((cells) => {
    const at = next;
    next += 1;
    for (const cell of cells) if (cell.includes('\n')) next += breaks(cell);
    return { line: at, cells: cells.map((cell) => unprotectCell((isMarked ? cell.normalize('NFC') : cell).trim())) };
  });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken !== undefined) throw refuseFile('errors.import.quote', placeOf(text, records[broken.row ?? 0]?.line ?? line, line));
  return records;
}

/** Where in a record a quote stands that neither opens nor closes a cell. */
function placeOf(text: string, line: number, first: number): { line: number; column: number } {
  const start = text.split('\n')[line - first] ?? '';
  return { line, column: Math.max(1, start.search(/"(?![;,\t|"]|$)(?<!^")/u) + 1) };
}

/** The delimiter that Excel's `sep=` line names, else the one that stands most often, outside quotes, in the first line that says anything. */
export function delimiterOf(text: string): { readonly delimiter: string; readonly declared: boolean } {
  const declared = /^"?sep=([;,|\t])"?(?:\n|$)/iu.exec(text)?.[1];
  if (declared !== undefined) return { delimiter: declared, declared: true };
  const first = /^[^\n]*[^\s;,|][^\n]*/mu.exec(text)?.[0].replace(/"[^"]*"/gu, '') ?? '';
  const counts = delimiters.map((delimiter) => ({ delimiter, count: first.split(delimiter).length }));
  return { delimiter: counts.reduce((best, each) => (each.count > best.count ? each : best)).delimiter, declared: false };
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell === '');

/**
 * Every record of a file that says anything, the header first, in bounded memory. Throws INVALID with line and column for a character that cannot be
 * kept, a quote without its end and a line without end.
 */
export async function* readRecords(open: ByteSource, { encoding, delimiter, declared }: FileForm, onBlank: () => void = () => undefined): AsyncGenerator<readonly FileRecord[]> {
  const cutter = new Cutter(delimiter);
  let isFirst = declared;
  const spoken = (block: Block | null): FileRecord[] => {
    if (block === null) return [];
    const records = recordsOf(block, delimiter);
    if (isFirst) records.shift();
    isFirst = false;
    return records.filter(({ cells }) => {
      const blank = isBlank(cells);
      if (blank) onBlank();
      return !blank;
    });
  };
  for await (const piece of textOf(open, encoding)) {
    const records = spoken(cutter.push(piece));
    if (records.length > 0) yield records;
  }
  const rest = spoken(cutter.rest());
  if (rest.length > 0) yield rest;
}
