import { appendFileSync } from 'node:fs';

/** Adds a run's `passed failed` to the file that `RAPPORT_TEST_COUNTS` names, so that several runs can be summed up. */
export default class CountReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    const file = process.env.RAPPORT_TEST_COUNTS;
    const failed = numFailedTests + numRuntimeErrorTestSuites; // a file that does not even load holds tests too
    if (file) appendFileSync(file, `${numPassedTests} ${failed}\n`);
  }
}
