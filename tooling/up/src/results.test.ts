import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countsOf } from './results';

const folder = mkdtempSync(join(tmpdir(), 'results-'));
function written(report: unknown): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, JSON.stringify(report));
  return file;
}
const vitest = (over: object): object => ({ numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [], ...over });

test('counts the tests of a vitest report', () => {
  expect(countsOf(written(vitest({ numFailedTests: 2 })), 1)).toEqual({ passed: 5, failed: 2 });
});

test('a skipped test is a failure', () => {
  expect(countsOf(written(vitest({ numPendingTests: 1 })), 0)).toEqual({ passed: 5, failed: 1 });
});

test('a test file that does not load is a failure', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }];
  expect(countsOf(written(vitest({ testResults })), 1)).toEqual({ passed: 5, failed: 1 });
});

test('a red step without a report, or without a red test, still counts one failure', () => {
  expect(countsOf(join(folder, 'none.json'), 1)).toEqual({ passed: 0, failed: 1 });
  expect(countsOf(written(vitest({})), 1)).toEqual({ passed: 5, failed: 1 });
});

test('counts the journeys', () => {
  expect(countsOf(written({ passed: 8, failed: 1 }), 1)).toEqual({ passed: 8, failed: 1 });
});
