/** Generated calls, which take minutes: apart from the other tests. FUZZ_CALLS and FUZZ_SEED say which. */
const projectFor = (testEngine) => ({
  displayName: testEngine,
  rootDir: __dirname,
  testMatch: ['**/*.fuzz.ts'],
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { configFile: `${__dirname}/../../../.swcrc` }] },
  setupFiles: ['reflect-metadata', '../argon2-at-least-cost.ts'],
  globals: { testEngine },
});

module.exports = {
  // One call after the other, so that what changes belongs to the call before.
  maxWorkers: 1,
  projects: [
    projectFor('sqlite'),
    {
      ...projectFor('mysql'),
      globalSetup: '../mysql/start-database.ts',
      globalTeardown: '../mysql/stop-database.ts',
    },
  ],
};
