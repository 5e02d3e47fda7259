import type { Config } from 'jest';

type Engine = 'sqlite' | 'mysql';

/** The same tests for each engine; the harness reads the global `testEngine`. */
function projectFor(testEngine: Engine) {
  return {
    displayName: testEngine,
    rootDir: __dirname,
    roots: ['<rootDir>/server/test'],
    testMatch: ['**/*.test.ts'],
    testEnvironment: 'node',
    transform: { '^.+\\.ts$': '@swc/jest' },
    setupFiles: ['reflect-metadata', '<rootDir>/server/test/argon2-at-least-cost.ts'],
    globals: { testEngine },
  };
}

export default {
  maxWorkers: 2,
  testTimeout: 30_000,
  projects: [
    // What only MySQL and MariaDB have, such as accounts, is tested in the folder mysql; what only SQLite, in its own.
    { ...projectFor('sqlite'), testPathIgnorePatterns: ['<rootDir>/server/test/mysql/'] },
    {
      ...projectFor('mysql'),
      testPathIgnorePatterns: ['<rootDir>/server/test/sqlite/'],
      globalSetup: '<rootDir>/server/test/mysql/start-database.ts',
      globalTeardown: '<rootDir>/server/test/mysql/stop-database.ts',
    },
    {
      displayName: 'client',
      rootDir: __dirname,
      roots: ['<rootDir>/client/src'],
      testMatch: ['**/*.test.ts'],
      testEnvironment: 'node',
      transform: { '^.+\\.ts$': '@swc/jest' },
    },
  ],
} satisfies Config;
