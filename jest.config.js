/** Three projects by suffix: no servers · real servers · real servers, and minutes. */
const project = (displayName, suffix, ...more) => ({
  displayName,
  testMatch: [`<rootDir>/test/**/${suffix}`],
  ...Object.assign({}, ...more),
});

/** Straight in Node, which knows TypeScript: modules are loaded once a run, where jest's own system loads them once a file. */
const bare = {
  runner: 'jest-light-runner',
  setupFiles: ['<rootDir>/test/support/bare-jest.js'],
};

/** In jest's own module system. */
const inJest = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' } }] },
  injectGlobals: false,
};

/** One MongoDB and one Temporal for a whole run. */
const servers = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

export default {
  testTimeout: 60_000, // for two cores that do other things too
  testSequencer: '<rootDir>/test/support/longest-first.js',
  reporters: ['default', '<rootDir>/test/support/count-reporter.js'],
  projects: [
    project('unit', '!(*.real|*.full).test.ts', bare),
    project('real', '*.real.test.ts', inJest, servers),
    project('full', '*.full.test.ts', inJest, servers),
  ],
};
