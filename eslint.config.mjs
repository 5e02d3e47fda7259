import js from '@eslint/js';
import { importX } from 'eslint-plugin-import-x';
import * as regexp from 'eslint-plugin-regexp';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { graphqlRules } from './lint/graphql-rules.mjs';
import { zones } from './lint/import-directions.mjs';
import { moduleResolver } from './lint/module-resolver.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const code = ['**/*.{js,mjs,cjs,ts,mts,svelte}'];
const typed = ['**/*.ts', '**/*.mts', '**/*.svelte'];

export default defineConfig(
  globalIgnores(['dist/', 'data/', 'coverage/', 'client/src/api/generated/', '**/__generated__/']),

  {
    files: code,
    extends: [js.configs.recommended],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-else-return': ['error', { allowElseIf: false }],
      'no-warning-comments': 'error',
      'object-shorthand': 'error',
      'prefer-template': 'error',
    },
  },

  {
    files: typed,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: root, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Resolvers, inputs and entities are classes that hold decorated fields.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // With noUncheckedIndexedAccess, `!` marks an element that the code has just made sure of.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An async function without await still turns exceptions into rejections, which callers rely on.
      '@typescript-eslint/require-await': 'off',
      // Payloads and rows are plain objects of the shape that a class describes for type-graphql and TypeORM.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },

  { files: code, extends: [svelte.configs.recommended, svelte.configs.prettier] },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // `let { x = $bindable() } = $props()` needs let, which only the Svelte variant of the rule accepts.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$derived'] }],
      // A URL or a Date that never leaves its function needs no reactivity.
      'svelte/prefer-svelte-reactivity': 'off',
      // The linter cannot type values of Apollo and the DOM in templates; svelte-check does.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },

  {
    files: ['server/**', 'client/**', 'bench/**', '*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [moduleResolver],
    },
    rules: {
      'import-x/no-self-import': 'error',
      'import-x/no-duplicates': ['error', { 'prefer-inline': true }],
      'import-x/no-restricted-paths': ['error', { basePath: root, zones }],
    },
  },

  {
    files: [
      'server/src/{account,invitations,organization-management,role-management,user-management}/**/*.ts',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '../database/transaction',
              importNames: ['transaction'],
              message: 'What a viewer does is done in viewerTransaction, which reads them again inside.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.test.{ts,cjs}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            ':matches(IfStatement, ConditionalExpression, LogicalExpression) CallExpression > Identifier.callee[name="expect"]',
          message: 'An expectation under a condition may never be looked at: make two tests of it.',
        },
      ],
    },
  },

  {
    files: ['server/src/**/*.ts'],
    ignores: ['server/src/config/config.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'config/config.ts is the only reader of the environment.',
        },
      ],
    },
  },
  {
    files: ['server/src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      // What callers send must not keep a regular expression busy.
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': 'error',
      // The image holds production dependencies only.
      'import-x/no-extraneous-dependencies': ['error', { devDependencies: false, packageDir: root }],
    },
  },
  {
    // Answers in tests are untyped; the assertions check them.
    files: ['server/test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['server/src/database/migrations/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!typeorm$|\\.)', message: 'A migration imports only typeorm.' }] },
      ],
    },
  },
  {
    files: ['client/src/ui/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^@apollo/|graphql', message: 'ui knows no GraphQL.' }] },
      ],
    },
  },
  {
    files: ['client/src/**/*.{ts,svelte}'],
    languageOptions: { globals: globals.browser },
    rules: { 'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }] },
  },
  ...graphqlRules,
  { files: ['client/graphiql/**/*.js'], languageOptions: { globals: globals.browser } },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: globals.node } },
  { files: ['**/*.test.cjs'], languageOptions: { globals: globals.jest } },
);
