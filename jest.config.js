/** Three projects by suffix: no servers · real servers · real servers, and minutes. */
const project = (displayName, suffix) => ({
  displayName,
  testMatch: [`<rootDir>/test/**/${suffix}`],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' } }] },
  injectGlobals: false,
});

export default {
  projects: [
    project('unit', '!(*.real|*.full).test.ts'),
    project('real', '*.real.test.ts'),
    project('full', '*.full.test.ts'),
  ],
};
