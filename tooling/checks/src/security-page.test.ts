import { expect, test } from 'vitest';
import { coveredNow } from './coverage';
import { sources, textOf } from './repository';
import { page, securityPageFaults } from './security-page';

test('docs/security.md names tests that exist, and all of them', () => {
  expect(securityPageFaults(textOf(page), Object.keys(coveredNow(sources())))).toEqual([]);
});

test('goes red on a promise without a test and on a test that is not named', () => {
  expect(securityPageFaults('| it holds | I-01 |', [])).toEqual(['docs/security.md promises I-01, which no test covers']);
  expect(securityPageFaults('Not promised: S-10', ['S-10', 'P-01'])).toEqual(['docs/security.md does not name S-10, which is covered']);
});
