import { expect, test } from 'vitest';
import { goal, limit, p90, sizeFaults } from './file-size';
import { repositoryFiles, textOf } from './repository';
import { report } from './source';

const lines = (count: number): string => 'x\n'.repeat(count);

test('no source file is longer than the limit', () => {
  const files = repositoryFiles()
    .filter((path) => /\.(?:[cm]?[jt]s|tsx|css)$/u.test(path))
    .map((path) => ({ path, text: textOf(path) }));
  console.log(`file length: p90 ${p90(files)} lines of ${files.length} files (goal ${goal}, limit ${limit})`);
  expect(report(sizeFaults(files))).toBe('');
});

test('goes red at one line too many, and not before', () => {
  expect(sizeFaults([{ path: 'a.ts', text: lines(limit) }])).toEqual([]);
  expect(report(sizeFaults([{ path: 'a.ts', text: lines(limit + 1) }]))).toContain('401 lines');
});

test('p90 is the length that one file in ten exceeds', () => {
  expect(p90(Array.from({ length: 10 }, (_, i) => ({ text: lines(i + 1) })))).toBe(10);
  expect(p90(Array.from({ length: 100 }, (_, i) => ({ text: lines(i + 1) })))).toBe(91);
});
