/** Three projects by suffix: no servers · real servers · real servers, and minutes. */
const project = (displayName, suffix, servers = {}) => ({
  displayName,
  testMatch: [`<rootDir>/test/**/${suffix}`],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' } }] },
  injectGlobals: false,
  ...servers,
});

/** One MongoDB and one Temporal for a whole run. */
const servers = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

export default {
  testTimeout: 60_000, // for two cores that do other things too
  reporters: ['default', '<rootDir>/test/support/count-reporter.js'],
  projects: [
    project('unit', '!(*.real|*.full).test.ts'),
    project('real', '*.real.test.ts', servers),
    project('full', '*.full.test.ts', servers),
  ],
};
