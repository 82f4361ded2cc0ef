const { join } = require('node:path');

/** Absolute: Jest reads a project's relative root from the root of all, not from here. */
const rootDir = join(__dirname, '..');

const transform = {
  '^.+\\.(t|j|mj)s$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        keepClassNames: true,
      },
      module: { type: 'commonjs' },
    },
  ],
};

/** Packages that are published as ES modules only, which Jest cannot `require`. */
const transformIgnorePatterns = ['/node_modules/(?!(temporal-polyfill|temporal-utils|jose)/)'];

const project = (displayName, testMatch, more = {}) => ({
  displayName,
  rootDir,
  testMatch,
  transform,
  transformIgnorePatterns,
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/support/reflect-metadata.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  ...more,
});

const database = { globalSetup: '<rootDir>/test/support/start-postgres.ts', globalTeardown: '<rootDir>/test/support/stop-postgres.ts' };

module.exports = {
  rootDir,
  maxWorkers: 2,
  testTimeout: 60_000,
  projects: [
    project('unit', ['<rootDir>/src/**/*.spec.ts']),
    project('architecture', ['<rootDir>/test/architecture/**/*.test.ts']),
    project('contract', ['<rootDir>/test/contract/**/*.test.ts'], database),
    // Every folder of tests that is none of the others'.
    project('integration', ['<rootDir>/test/!(architecture|contract|fault|performance|support)/**/*.test.ts'], database),
    project('fault', ['<rootDir>/test/fault/**/*.test.ts'], { setupFilesAfterEnv: ['<rootDir>/test/support/retry-fault.ts'] }),
  ],
};
