import { describe, expect, it } from 'vitest';
import { currentHref } from '../shells/types';
import { nextSort, stepRow, toggled, toggledAll } from '../table/types';
import { cn } from './cn';
import { formatDateText, parseDateText } from './dates';
import { fill } from './fill';
import { initials } from './initials';

describe('dates as people type them', () => {
  it.each([
    ['31.12.2025', '2025-12-31'], ['1.2.2025.', '2025-02-01'], ['31/12/2025', '2025-12-31'], [' 31-12-2025 ', '2025-12-31'],
    ['31 12 2025', '2025-12-31'], ['31. 12. 2025', '2025-12-31'], ['31122025', '2025-12-31'], ['2025-12-31', '2025-12-31'], ['29.2.2024', '2024-02-29'],
  ])('%s', (text, value) => expect(parseDateText(text)).toBe(value));
  it.each(['', '31.2.2025', '29.2.2023', '1.13.2025', '31.12.25', 'утре', '2025-13-01', '1.1.0001'])('refuses %s', (text) => expect(parseDateText(text)).toBeNull());
  it('shows them clean', () => {
    expect(formatDateText('2025-12-01')).toBe('01.12.2025');
    expect(formatDateText('сега')).toBe('сега');
  });
});

describe('words', () => {
  it('fills gaps and leaves unknown ones visible', () => expect(fill('Чекор {n} од {m}, {x}', { n: 2, m: 4 })).toBe('Чекор 2 од 4, {x}'));
  it('takes first and last initials in the own alphabet', () => {
    expect(initials('Ѓорѓи Трајан Њаголов')).toBe('ЃЊ');
    expect(initials('çlirim')).toBe('Ç');
    expect(initials('  ')).toBe('');
  });
  it('lets the last class win and tells sizes from colours', () => expect(cn('text-body text-ink', 'text-note', 'min-h-control min-h-0')).toBe('text-ink text-note min-h-0'));
});

describe('table state', () => {
  it('sorts up, down, not', () => {
    const up = nextSort(null, 'a');
    expect([up, nextSort(up, 'a'), nextSort({ id: 'a', desc: true }, 'a'), nextSort(up, 'b')]).toEqual([
      { id: 'a', desc: false }, { id: 'a', desc: true }, null, { id: 'b', desc: false },
    ]);
  });
  it('selects without touching other pages', () => {
    const other = new Set(['z']);
    const all = toggledAll(other, ['a', 'b']);
    expect([...all]).toEqual(['z', 'a', 'b']);
    expect([...toggledAll(all, ['a', 'b'])]).toEqual(['z']);
    expect([...toggledAll(toggled(all, 'a'), ['a', 'b'])].sort()).toEqual(['a', 'b', 'z']);
    expect([...other]).toEqual(['z']);
  });
  it('stops at the ends', () => {
    expect([stepRow('ArrowDown', 4, 5), stepRow('ArrowUp', 0, 5), stepRow('End', 0, 5), stepRow('x', 2, 5)]).toEqual([4, 0, 4, 2]);
  });
});

describe('where one is', () => {
  const ways = ['/', '/claims', '/claims/new', '/card'];
  it.each([['/', '/'], ['/claims/12?tab=a', '/claims'], ['/claims/new', '/claims/new'], ['/claimsy', null], ['/card/', '/card']])('%s is under %s', (path, href) =>
    expect(currentHref(path, ways)).toBe(href));
});
