import { DomainError } from '@interdomestik/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv, protectCell, toCsv, unprotectCell } from '.';
import type { CsvColumn } from '.';

type Row = { readonly name: string; readonly amount: number };
const columns: readonly CsvColumn<Row>[] = [
  { header: 'Име', value: (row) => row.name },
  { header: 'Износ', value: (row) => row.amount },
];

/** Cells that a spreadsheet would run, with what people have hidden them behind. */
const payloads = [
  '=1+1', '+1', '-1', '@SUM(A1)', '=cmd|\' /C calc\'!A0', '=HYPERLINK("http://evil","x")', '=IMPORTXML("http://evil")', '\t=1', '\r=1', '\n=1',
  '\u0000=1', ' =1+1', '   +1', '"=1+1', "'=1+1", '"" =1', '\u00a0=1', '\ufeff=1', '\u200b=1', '＝1+1', '＋1', '－1', '＠SUM', ' ＝1',
  '“=1”', '‘=1', '«=1', '−1', '-2+3+cmd|x!A0', '@', '=', '+389 70 123 456', '-- ', '\t', '\r', '\n', '\u0000', '   \t=1', '"\'＝1',
];

function refusal(text: string, limits = {}): unknown {
  try {
    parseCsv(text, limits);
  } catch (error) {
    if (error instanceof DomainError) return { key: error.messageKey, ...error.params };
    throw error;
  }
  return 'accepted';
}

describe('toCsv', () => {
  it('writes what spreadsheets of both countries open in columns', () => {
    expect(toCsv([{ name: 'Ѓорѓи; Џ. "Ќ"', amount: -12.5 }], columns)).toBe('\uFEFFИме;Износ\r\n"Ѓорѓи; Џ. ""Ќ""";-12.5\r\n');
    expect(toCsv([{ name: 'Çlirim, ë', amount: 3 }], columns, { delimiter: ',', bom: false })).toBe('Име,Износ\r\n"Çlirim, ë",3\r\n');
    expect(toCsv([], columns, { bom: false })).toBe('Име;Износ\r\n');
  });

  it.each(payloads)('M-13 %j is text for a spreadsheet and comes back as it was', (name) => {
    const text = toCsv([{ name, amount: -1 }], columns, { bom: false });
    const written = text.slice('Име;Износ\r\n'.length).replace(/^"/u, '');
    expect(written.startsWith("'")).toBe(true);
    expect(unprotectCell(protectCell(name))).toBe(name);
  });

  it('M-13 numbers stay numbers, also negative and large ones', () => {
    const text = toCsv([null], [{ header: 'a', value: () => -7 }, { header: 'b', value: () => -9_007_199_254_740_993n }, { header: 'c', value: () => null }], { bom: false });
    expect(text).toBe('a;b;c\r\n-7;-9007199254740993;\r\n');
    expect(toCsv([null], [{ header: 'a', value: () => ({ decimal: '-1234,50' }) }, { header: 'b', value: () => ({ decimal: '0.05' }) }], { bom: false })).toBe('a;b\r\n-1234,50;0.05\r\n');
    expect(() => toCsv([null], [{ header: 'a', value: () => Number.NaN }])).toThrow(RangeError);
    for (const decimal of ['=1', '1,2,3', '-', '1 000', '']) expect(() => toCsv([null], [{ header: 'a', value: () => ({ decimal }) }])).toThrow(RangeError);
  });

  it('M-13 headers are guarded too', () => {
    expect(toCsv([], [{ header: '=1', value: () => null }], { bom: false })).toBe("'=1\r\n");
  });

  it('M-13 any text survives the way out and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom(';', ',', '\t'), (name, delimiter) => {
        fc.pre(!name.includes('\0') && !name.includes('\uFFFD'));
        const table = parseCsv(toCsv([{ name, amount: 1 }], columns, { delimiter }));
        expect(table.rows[0]?.values.get('Име')).toBe(name);
      }),
    );
  });
});

describe('parseCsv', () => {
  it.each([
    ['\uFEFFa;b\r\n1;2\r\n', ';'],
    ['a,b\n1,2', ','],
    ['sep=;\r\na;b\r\n1;2\r\n', ';'],
    ['a\tb\r1\t2\r', '\t'],
    ['\r\n\r\na;b\r\n;\r\n\r\n1;2\r\n  ;  \r\n', ';'],
  ])('M-02 reads %j', (text, delimiter) => {
    const table = parseCsv(text);
    expect(table.delimiter).toBe(delimiter);
    expect(table.columns).toEqual(['a', 'b']);
    expect(table.rows.map(({ values }) => [...values.values()])).toEqual([['1', '2']]);
  });

  it('keeps leading zeros and line numbers of the file', () => {
    const table = parseCsv('sep=;\nembg;note\n0101990450007;"two\nlines"\n\n0202990450002;x\n');
    expect(table.rows.map(({ line, values }) => [line, values.get('embg')])).toEqual([
      [3, '0101990450007'],
      [6, '0202990450002'],
    ]);
  });

  it.each([
    ['', { key: 'errors.csv.noHeader' }],
    ['  \r\n;;\r\n', { key: 'errors.csv.noHeader' }],
    ['a;b\r\n', { key: 'errors.csv.noRows' }],
    ['a;a\r\n1;2', { key: 'errors.csv.header', column: 'a' }],
    ['a;A\r\n1;2', { key: 'errors.csv.header', column: 'A' }],
    ['a;\r\n1;2', { key: 'errors.csv.header', column: 2 }],
    ['a;__proto__\r\n1;2', { key: 'errors.csv.header', column: '__proto__' }],
    ['a;b\r\n1;2;3\r\n', { key: 'errors.csv.row', line: 2 }],
    ['a;b\r\n1;2\r\n1\r\n', { key: 'errors.csv.row', line: 3 }],
    ['a;b\r\n1;2\r\n"open;3\r\n4;5\r\n', { key: 'errors.csv.row', line: 3 }],
    ['a;b\r\n1;\u0000\r\n', { key: 'errors.csv.encoding' }],
    ['a;b\r\n1;\uFFFD\r\n', { key: 'errors.csv.encoding' }],
  ])('M-02 refuses %j with its place', (text, expected) => {
    expect(refusal(text)).toEqual(expected);
  });

  it('M-02 refuses what is too large before reading it', () => {
    expect(refusal('a;b\r\n1;2', { maxCharacters: 5 })).toEqual({ key: 'errors.csv.tooLarge' });
    expect(refusal(`${Array.from({ length: 201 }, (_, index) => `c${index}`).join(';')}\r\n1`)).toEqual({ key: 'errors.csv.tooLarge' });
  });
});
