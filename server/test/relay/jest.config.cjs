/** Relay ships no types, so that this test is JavaScript; what it shares with the others is compiled as there. */
module.exports = {
  rootDir: __dirname,
  testMatch: ['**/*.test.cjs'],
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { configFile: `${__dirname}/../../../.swcrc` }] },
  setupFiles: ['reflect-metadata'],
  globals: { testEngine: 'sqlite' },
  testTimeout: 60_000,
};
