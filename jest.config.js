const QUICK = '!(*.real|*.full).test.ts';

/** No servers: rules, and requests to the whole API and its pages · real servers · real servers, and minutes. */
const project = (displayName, testMatch, servers = {}) => ({
  displayName,
  testMatch: testMatch.map((files) => `<rootDir>/test/${files}`),
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
    project('unit', [QUICK, `!(api)/**/${QUICK}`]),
    project('api', [`api/**/${QUICK}`]),
    project('real', ['**/*.real.test.ts'], servers),
    project('full', ['**/*.full.test.ts'], servers),
  ],
};
