import { existsSync, readFileSync } from 'node:fs';

/** Tests of one step. */
export interface Counts {
  passed: number;
  failed: number;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

interface JourneyReport {
  passed: number;
  failed: number;
}

/**
 * The counts of a step from the report that it wrote. A step that failed without a failed test (it did not load, it was
 * killed, it wrote no report) counts as one failure, and so does every test file that could not be loaded: a red step
 * never shows "0 failed". A skipped test counts as failed: no case may leave the run unseen.
 */
export function countsOf(reportFile: string, exitCode: number): Counts {
  const counts: Counts = { passed: 0, failed: 0 };
  if (existsSync(reportFile)) {
    const report = JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport | JourneyReport;
    if ('numPassedTests' in report) {
      counts.passed = report.numPassedTests;
      const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
      counts.failed = report.numFailedTests + report.numPendingTests + report.numTodoTests + unloaded;
    } else {
      counts.passed = report.passed;
      counts.failed = report.failed;
    }
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}
