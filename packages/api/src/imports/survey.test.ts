import { readFileSync } from 'node:fs';
import { DomainError, importPieceBytes } from '@interdomestik/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxBodyBytes } from '../http';
import type { ByteSource, FileEncoding } from './file-encoding';
import { dataLines, surveyFile } from './survey';

/** A file as it comes from a disk or a request: in pieces that end anywhere. */
const fileOf = (bytes: Uint8Array, size = 65_536): ByteSource => async function* () {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
};
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const oldPage = new Map<FileEncoding, Map<string, number>>();

/** Writes a text in one of the old code pages of the region. */
function encoded(text: string, encoding: 'windows-1250' | 'windows-1251'): Uint8Array {
  const table = oldPage.get(encoding) ?? new Map([...new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))].map((letter, byte) => [letter, byte]));
  oldPage.set(encoding, table);
  return Uint8Array.from([...text].map((letter) => table.get(letter) ?? 0x3f));
}

function utf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  [...`\uFEFF${text}`].forEach((letter, at) => { view.setUint16(at * 2, letter.charCodeAt(0), little); });
  return bytes;
}

async function cellsOf(bytes: Uint8Array, size?: number): Promise<readonly (readonly string[])[]> {
  const open = fileOf(bytes, size);
  const survey = await surveyFile(open);
  const lines = [];
  for await (const records of dataLines(open, survey)) lines.push(...records.map(({ cells }) => cells));
  return lines;
}

async function refusalOf(bytes: Uint8Array, limits?: { maxBytes: number; maxColumns: number }): Promise<unknown> {
  try {
    await surveyFile(fileOf(bytes), limits);
  } catch (error) {
    if (error instanceof DomainError) return { key: error.messageKey, ...error.params };
    throw error;
  }
  return 'accepted';
}

describe('M-03 encodings', () => {
  const cyrillic = 'Име;Град\r\nЃорѓи Ќосев;Куманово\r\nЉупчо Њ. Џамбаз;Ѓевгелија\r\n';
  const latin = 'Emri;Qyteti\r\nËngjëll Çela;Prishtinë\r\nŽarko Šašić;Čačak\r\n';

  it.each([
    ['utf-8', utf8(cyrillic)], ['utf-8', utf8(`\uFEFF${cyrillic}`)], ['windows-1251', encoded(cyrillic, 'windows-1251')], ['utf-16le', utf16(cyrillic, true)], ['utf-16be', utf16(cyrillic, false)],
  ])('reads Macedonian in %s', async (encoding, bytes) => {
    expect((await surveyFile(fileOf(bytes))).encoding).toBe(encoding);
    expect(await cellsOf(bytes, 7)).toEqual([['Ѓорѓи Ќосев', 'Куманово'], ['Љупчо Њ. Џамбаз', 'Ѓевгелија']]);
  });

  it.each([['utf-8', utf8(latin)], ['windows-1250', encoded(latin, 'windows-1250')], ['utf-16le', utf16(latin, true)]])('reads Albanian and Serbian in %s', async (encoding, bytes) => {
    expect((await surveyFile(fileOf(bytes))).encoding).toBe(encoding);
    expect(await cellsOf(bytes, 5)).toEqual([['Ëngjëll Çela', 'Prishtinë'], ['Žarko Šašić', 'Čačak']]);
  });

  it('says when nobody can tell, and takes what a person says', async () => {
    const bytes = encoded('Emri;x\nÇ;1\n', 'windows-1250');
    expect(await surveyFile(fileOf(bytes))).toMatchObject({ isEncodingCertain: false });
    expect(await surveyFile(fileOf(bytes), undefined, 'windows-1250')).toMatchObject({ isEncodingCertain: true, encoding: 'windows-1250' });
  });
});

describe('reading', () => {
  it.each([
    ['a;b\n1;2\n', ';'], ['a,b\r\n1,2\r\n', ','], ['a\tb\r1\t2\r', '\t'], ['sep=;\r\na;b\r\n1;2\r\n', ';'], ['"sep=,"\r\na,b\n1,2', ','], ['a|b\n1|2', '|'],
    ['\r\n;\r\na;b\r\n\r\n ; \r\n1;2\n\r\n', ';'],
  ])('M-02 %j', async (text, delimiter) => {
    for (const size of [1, 3, 1000]) {
      expect(await surveyFile(fileOf(utf8(text), size))).toMatchObject({ delimiter, header: ['a', 'b'], lines: 1 });
      expect(await cellsOf(utf8(text), size)).toEqual([['1', '2']]);
    }
  });

  it('keeps quoted delimiters and line breaks, and says on which line of the file a record begins', async () => {
    const bytes = utf8('sep=;\na;b\n"x;\n""y""\n";2\n\n3;4\n');
    const { sample } = await surveyFile(fileOf(bytes, 2));
    expect(sample).toEqual([{ line: 3, cells: ['x;\n"y"', '2'] }, { line: 7, cells: ['3', '4'] }]);
  });

  it('leaves a line with a cell too many or too few as it is, for its own outcome', async () => {
    expect(await cellsOf(utf8('a;b\n1\n1;2;\n'))).toEqual([['1'], ['1', '2', '']]);
  });

  it('takes back the one quote with which an export keeps a formula from running', async () => {
    expect(await cellsOf(utf8("a;b\n'=1+1;''=1\n"))).toEqual([['=1+1', "'=1"]]);
  });

  it('M-07 knows the same cells again, renamed, encoded and cut otherwise', async () => {
    const hashOf = async (bytes: Uint8Array) => (await surveyFile(fileOf(bytes))).hash;
    const first = await hashOf(utf8('Име;Град\nЃорѓи;Куманово\n'));
    expect(await Promise.all([encoded('sep=,\r\nИме,Град\r\nЃорѓи,Куманово', 'windows-1251'), utf16('Име;Град\n\nЃорѓи;Куманово\n', true)].map(hashOf))).toEqual([first, first]);
    expect(await hashOf(utf8('Име;Град\nЃорѓи;Куманова\n'))).not.toBe(first);
  });

  it('any cells come back as they were, however the pieces fall', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ж', ' ', '"', ';', '\n', 'ë') }).map((text) => text.trim());
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 9 }), async (rows, size) => {
      fc.pre(rows.every((row) => row.some((text) => text !== '')));
      const text = rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(';')).join('\n');
      expect(await cellsOf(utf8(`x;y\n${text}\n`), size)).toEqual(rows);
    }), { numRuns: 60 });
  });
});

describe('M-02 what is refused, and where', () => {
  const many = 'x;1\n'.repeat(100_000);
  it.each<[string, Uint8Array, Record<string, unknown>]>([
    ['nothing', utf8(''), { key: 'errors.csv.noHeader' }],
    ['blank lines', utf8('\n;;\n'), { key: 'errors.csv.noHeader' }],
    ['a header alone', utf8('a;b\n'), { key: 'errors.csv.noRows' }],
    ['a heading twice', utf8('a;A\n1;2'), { key: 'errors.import.header', column: 2, name: 'A' }],
    ['a heading of nothing', utf8('a;\n1;2'), { key: 'errors.import.header', column: 2, name: '' }],
    ['a heading of objects', utf8('a;__proto__\n1;2'), { key: 'errors.import.header', column: 2, name: '__proto__' }],
    ['a thousand headings', utf8(`${Array.from({ length: 1000 }, (_, at) => `c${String(at)}`).join(';')}\n1`), { key: 'errors.import.columns', count: 1000, most: 200 }],
    ['an open quote in the second of many lines', utf8(`a;b\nx;"1\n${many}`), { key: 'errors.import.quote', line: 2, column: 3 }],
    ['an open quote at the end', utf8('a;b\n1;2\n"x;3'), { key: 'errors.import.quote', line: 3, column: 1 }],
    ['a quote inside a quoted cell', utf8('a;b\n1;2\n1;"x" y\n3;4'), { key: 'errors.import.quote', line: 3 }],
    ['a NUL', utf8('a;b\n1;2\n1;x\0'), { key: 'errors.import.character', line: 3, column: 4 }],
    ['a letter that was lost before', utf8('a;b\n1;\uFFFD\n'), { key: 'errors.import.character', line: 2, column: 3 }],
    ['half a UTF-16 letter', Uint8Array.from([...utf16('a;b\n1;', true), 0x00, 0xd8, 0x0a, 0x00]), { key: 'errors.csv.encoding' }],
    ['a line without end', utf8(`a;b\n${'x'.repeat(1_200_000)}`), { key: 'errors.import.longLine', line: 2 }],
    ['a workbook called CSV', Uint8Array.from([0x50, 0x4b, 3, 4, 1]), { key: 'errors.import.notText', kind: 'ZIP' }],
    ['a packed file', Uint8Array.from([0x1f, 0x8b, 8]), { key: 'errors.import.notText', kind: 'GZIP' }],
    ['a PDF', utf8('%PDF-1.7'), { key: 'errors.import.notText', kind: 'PDF' }],
  ])('%s', async (_, bytes, expected) => {
    expect(await refusalOf(bytes)).toMatchObject(expected);
  });

  it('M-15 more than its limit, by what is read and not by what is declared', async () => {
    expect(await refusalOf(utf8(`a;b\n${many}`), { maxBytes: 1000, maxColumns: 200 })).toEqual({ key: 'errors.csv.tooLarge' });
  });
});

describe('the old files', () => {
  const folder = new URL('../../../rules/src/imports/testing/legacy-mk/', import.meta.url);
  const { files } = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as { files: Record<string, { encoding: string; delimiter: string; columns: number; total_data_lines: number }> };

  it.each(Object.entries(files))('%s is seen as what it is', async (name, expected) => {
    const survey = await surveyFile(fileOf(readFileSync(new URL(name, folder))));
    expect(survey).toMatchObject({ encoding: expected.encoding, delimiter: expected.delimiter, lines: expected.total_data_lines, isEncodingCertain: true });
    expect(survey.header).toHaveLength(expected.columns);
  });
});

it('a piece of a file fits into a request, as text and with what stands around it', () => {
  expect(JSON.stringify({ json: { id: 'x'.repeat(36), position: 10_000, data: Buffer.alloc(importPieceBytes).toString('base64') } }).length).toBeLessThan(maxBodyBytes);
});
