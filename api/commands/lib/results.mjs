import { existsSync, readFileSync } from 'node:fs';

/**
 * How many tests ran and how they ended.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** @returns {Counts} */
export const noTests = () => ({ passed: 0, failed: 0, skipped: 0 });

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export const addCounts = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/**
 * Reads a JSON report. A report that is missing or broken counts nothing: the step's own exit code
 * has told that it failed.
 * @param {string} file
 * @returns {Counts}
 */
export function readReport(file) {
  if (!existsSync(file)) return noTests();
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return report.stats ? countPlaywright(report) : countVitest(report);
  } catch {
    return noTests();
  }
}

/**
 * A test file that could not even be loaded has no tests to fail; it counts as one failure, or a
 * run in which a file is broken would say that nothing failed.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests?: number,
 *   numTodoTests?: number, testResults?: { status: string, assertionResults: unknown[] }[] }} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const broken = (report.testResults ?? []).filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} report
 * @returns {Counts}
 */
export function countPlaywright({ stats }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  };
}
