/** One browser and one server of its own for each test file. */
module.exports = {
  rootDir: __dirname,
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { configFile: `${__dirname}/../../.swcrc` }] },
  maxWorkers: 2,
  testTimeout: 60_000,
};
