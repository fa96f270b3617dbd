import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines, diffWords, type DiffPart } from './text-diff';

const marked = (parts: readonly DiffPart[]): string => parts.map(({ kind, text }) => (kind === 'added' ? `{+${text}+}` : kind === 'removed' ? `{-${text}-}` : text)).join('');
const without = (parts: readonly DiffPart[], kind: DiffPart['kind']): string => parts.filter((part) => part.kind !== kind).map(({ text }) => text).join('');

describe('diffWords', () => {
  it.each([
    ['Рокот е 30 дена.', 'Рокот е 14 дена.', 'Рокот е {-30-}{+14+} дена.'],
    ['a b c', 'a b c', 'a b c'],
    ['', 'new', '{+new+}'],
    ['old', '', '{-old-}'],
    ['paguani brenda 7 ditësh', 'paguani brenda 14 ditësh', 'paguani brenda {-7-}{+14+} ditësh'],
    ['one two three', 'one three', 'one {-two -}three'],
  ])('%s > %s', (before, after, expected) => {
    expect(marked(diffWords(before, after))).toBe(expected);
  });

  const text = fc.array(fc.constantFrom('a', 'b', 'во', 'ё', ' ', '\n', ',', '12'), { maxLength: 40 }).map((parts) => parts.join(''));

  it('gives both texts back, letter for letter', () => {
    fc.assert(fc.property(text, text, (before, after) => {
      const parts = diffWords(before, after);
      expect(without(parts, 'added')).toBe(before);
      expect(without(parts, 'removed')).toBe(after);
    }));
  });

  it('lines give both texts back, and a text is the same as itself', () => {
    fc.assert(fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      expect(lines.filter(({ kind }) => kind !== 'added').map(({ parts }) => without(parts, 'added')).join('\n')).toBe(before);
      expect(lines.filter(({ kind }) => kind !== 'removed').map(({ parts }) => without(parts, 'removed')).join('\n')).toBe(after);
      expect(diffLines(before, before).every(({ kind }) => kind === 'same')).toBe(true);
    }));
  });
});

describe('diffLines', () => {
  it('words within a reworded line, whole lines where nothing is left', () => {
    const lines = diffLines('# Terms\nYou pay within 30 days.\nGone entirely.', '# Terms\nYou pay within 14 days.\nNothing alike whatsoever!\nMore.');
    expect(lines.map(({ kind, parts }) => `${kind} ${marked(parts)}`)).toEqual([
      'same # Terms', 'changed You pay within {-30-}{+14+} days.', 'removed {-Gone entirely.-}', 'added {+Nothing alike whatsoever!+}', 'added {+More.+}',
    ]);
  });

  it('stays quick on texts as long as a rule allows', () => {
    const long = Array.from({ length: 2000 }, (_, index) => `line ${String(index)} with some words of law`).join('\n');
    const other = Array.from({ length: 2000 }, (_, index) => `row ${String(index * 7)} of something else altogether`).join('\n');
    const from = performance.now();
    expect(diffLines(long, other).length).toBeGreaterThan(2000);
    expect(performance.now() - from).toBeLessThan(2000);
  });
});
