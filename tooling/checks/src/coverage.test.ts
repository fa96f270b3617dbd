import { expect, test } from 'vitest';
import { coveredNow, idsIn, idsOf, remember, unremembered, vanished, type Covered } from './coverage';
import { sources, textOf } from './repository';
import { source } from './source';

const covered = JSON.parse(textOf('tooling/checks/covered.json')) as Covered;

test('no covered case of the catalogue has lost its test', () => {
  const now = coveredNow(sources());
  console.log(`catalogue: ${Object.keys(now).length} cases have a test`);
  expect(vanished(covered, now)).toEqual([]);
});

test('every case with a test is remembered; otherwise: npm run generate', () => {
  expect(unremembered(covered, coveredNow(sources()))).toEqual([]);
});

test('goes red when a case vanishes, and a written reason lets it go', () => {
  const before: Covered = { cases: { 'I-08': ['a.int.test.ts'], 'P-01': ['b.test.ts'] }, retired: {} };
  const now = { 'P-01': ['b.test.ts'], 'P-02': ['b.test.ts'] };
  expect(vanished(before, now)).toEqual(['I-08']);
  expect(unremembered(before, now)).toEqual(['P-02']);
  expect(vanished({ ...before, retired: { 'I-08': 'replaced by I-14' } }, now)).toEqual([]);
  expect(vanished({ ...before, retired: { 'I-08': '' } }, now)).toEqual(['I-08']);
  // generating again does not forget it
  expect(vanished(remember(before, now), now)).toEqual(['I-08']);
});

test('ids are read from the names of tests, not from anything else in the file', () => {
  const text = `
    // I-01 in a comment
    const note = 'I-02 in a string';
    describe('I-03 guards', () => {
      test('I-04 views', () => {});
      test.each([1])('I-05 keys %s', () => {});
      test(\`I-06 of \${table}\`, () => {});
    });`;
  expect(idsOf(source('packages/db/src/a.int.test.ts', text))).toEqual(['I-03', 'I-04', 'I-05', 'I-06']);
  expect(idsOf(source('packages/db/src/a.ts', text))).toEqual([]);
});

test('an id that the catalogue does not have is none', () => {
  expect(idsIn('I-08 and I-12, not I-99, I-00, XI-08 or I-081')).toEqual(['I-08', 'I-12']);
});
