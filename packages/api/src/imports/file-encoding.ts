import { DomainError } from '@interdomestik/rules';

/** Gives the bytes of a file from the beginning, as often as it is called. */
export type ByteSource = () => AsyncIterable<Uint8Array>;

export const fileEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'windows-1250'] as const;
export type FileEncoding = (typeof fileEncodings)[number];

export interface DetectedEncoding {
  readonly encoding: FileEncoding;
  /** False where two encodings would read it alike and a person should look. */
  readonly certain: boolean;
  readonly bytes: number;
}

/** Throws away nothing: says where, in words of a message key. */
export function refuseFile(key: string, params?: Record<string, string | number>): DomainError {
  return new DomainError('INVALID', key, { params, field: 'file' });
}

/** First bytes of files that are no text, whatever they are called. */
const magic: readonly (readonly [string, readonly number[]])[] = [
  ['ZIP', [0x50, 0x4b, 0x03, 0x04]], ['ZIP', [0x50, 0x4b, 0x05, 0x06]], ['GZIP', [0x1f, 0x8b]], ['PDF', [0x25, 0x50, 0x44, 0x46]], ['XLS', [0xd0, 0xcf, 0x11, 0xe0]],
  ['RAR', [0x52, 0x61, 0x72, 0x21]], ['7Z', [0x37, 0x7a, 0xbc, 0xaf]], ['PNG', [0x89, 0x50, 0x4e, 0x47]], ['JPEG', [0xff, 0xd8, 0xff]],
];

const headSize = 8;
const startsWith = (bytes: Uint8Array, prefix: readonly number[]): boolean => prefix.every((byte, at) => bytes[at] === byte);

function byMark(head: Uint8Array): FileEncoding | null {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (startsWith(head, [0xff, 0xfe])) return 'utf-16le';
  return startsWith(head, [0xfe, 0xff]) ? 'utf-16be' : null;
}

const isLetter = (byte: number | undefined): boolean => byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));

/** Counts what tells the two old code pages of the region apart: Cyrillic words are high bytes side by side, Latin ones have single high bytes among letters. */
class Neighbours {
  cyrillic = 0;
  latin = 0;

  look(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 1) {
      if ((bytes[at] ?? 0) < 0x80) continue;
      const [before, after] = [bytes[at - 1], bytes[at + 1]];
      if ((before ?? 0) >= 0x80 || (after ?? 0) >= 0x80) this.cyrillic += 1;
      else if (isLetter(before) || isLetter(after)) this.latin += 1;
    }
  }
}

/**
 * Reads a whole file once to say how its letters are written: a byte order mark, else UTF-8 where all of it is, else Windows-1251 or -1250 by
 * the company its letters keep. Throws INVALID for a file that is no text, that is empty, or that is larger than `maxBytes`.
 */
export async function detectEncoding(open: ByteSource, maxBytes: number): Promise<DetectedEncoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const neighbours = new Neighbours();
  let bytes = 0;
  let head = new Uint8Array();
  let marked: FileEncoding | null = null;
  let isUtf8 = true;
  for await (const chunk of open()) {
    if (head.length < headSize) {
      head = Uint8Array.from([...head, ...chunk.subarray(0, headSize)]);
      const kind = magic.find(([, prefix]) => startsWith(head, prefix))?.[0];
      if (kind !== undefined) throw refuseFile('errors.import.notText', { kind });
      marked = byMark(head);
    }
    bytes += chunk.length;
    if (bytes > maxBytes) throw refuseFile('errors.csv.tooLarge');
    if (marked !== null && marked !== 'utf-8') continue;
    if (isUtf8) {
      try {
        utf8.decode(chunk, { stream: true });
      } catch {
        isUtf8 = false;
      }
    }
    neighbours.look(chunk);
  }
  if (bytes === 0) throw refuseFile('errors.csv.noHeader');
  if (isUtf8 && !isWhole(utf8)) isUtf8 = false;
  if (marked !== null && (marked !== 'utf-8' || isUtf8)) return { encoding: marked, certain: true, bytes };
  if (isUtf8) return { encoding: 'utf-8', certain: true, bytes };
  const { cyrillic, latin } = neighbours;
  return { encoding: cyrillic >= latin ? 'windows-1251' : 'windows-1250', certain: Math.max(cyrillic, latin) >= 4 * Math.min(cyrillic, latin) && cyrillic + latin >= 8, bytes };
}

function isWhole(decoder: InstanceType<typeof TextDecoder>): boolean {
  try {
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** The text of a file in pieces, without its byte order mark and with one kind of line end. */
export async function* textOf(open: ByteSource, encoding: FileEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let endsInReturn = false;
  const tidy = (text: string): string => {
    const whole = endsInReturn ? `\r${text}` : text;
    endsInReturn = whole.endsWith('\r');
    return (endsInReturn ? whole.slice(0, -1) : whole).replace(/\r\n?/gu, '\n');
  };
  try {
    for await (const chunk of open()) {
      const text = tidy(decoder.decode(chunk, { stream: true }));
      if (text !== '') yield text;
    }
    const rest = tidy(decoder.decode()) + (endsInReturn ? '\n' : '');
    if (rest !== '') yield rest;
  } catch (error) {
    if (error instanceof TypeError) throw refuseFile('errors.csv.encoding');
    throw error;
  }
}
