/** What the run's global setup started, told to test files by environment. */
export type Started = 'RAPPORT_TEST_MONGODB' | 'RAPPORT_TEST_TEMPORAL' | 'RAPPORT_TEST_TIME_SKIPPING';

/** @throws when the servers are not up: only `*.real.test.ts` and `*.full.test.ts` have them */
export function started(name: Started): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: is this a *.real.test.ts or *.full.test.ts file?`);
  return value;
}
