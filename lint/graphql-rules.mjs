import graphql from '@graphql-eslint/eslint-plugin';

const setting = {
  plugins: { '@graphql-eslint': graphql },
  languageOptions: {
    parser: graphql.parser,
    parserOptions: {
      graphQLConfig: { schema: 'schema.graphql', documents: 'client/src/**/*.graphql' },
    },
  },
};

const schemaRules = {
  ...graphql.configs['flat/schema-all'].rules,
  ...graphql.configs['flat/schema-relay'].rules,

  '@graphql-eslint/require-description': [
    'error',
    {
      types: true,
      rootField: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      EnumValueDefinition: true,
      DirectiveDefinition: true,
    },
  ],
  '@graphql-eslint/relay-arguments': 'error',
  // Other lists than connections are short and come whole: permissions, changes, user errors. A
  // connection offers its rows as nodes too, beside its edges.
  '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],

  // What is read only as a part of something else, or answers a mutation, is no object that could be fetched again.
  '@graphql-eslint/strict-id-in-types': [
    'error',
    {
      exceptions: {
        suffixes: ['Payload', 'Connection', 'Edge', 'PageInfo'],
        types: [
          // Parts of an event, which has the id.
          'AuditActor',
          'AuditChange',
          'AuditTarget',
          // A part of its user.
          'Invitation',
          // Entries of catalogues, known by their area and permission.
          'AreaAccess',
          'PermissionInfo',
          // Steps of signing in: they hold tokens.
          'Session',
          'SignInChallenge',
          // Answers about the present moment.
          'PasswordPolicy',
          'RateLimit',
          'RoleChangePreview',
          'Viewer',
          // Says what is wrong with an input; it is not stored.
          'UserError',
        ],
      },
    },
  ],
  '@graphql-eslint/no-root-type': ['error', { disallow: ['subscription'] }],

  // type-graphql prints the schema sorted, but by the codes of letters: SIGN_IN_FAILED stands before SIGNED_OUT in
  // one order and after it in the other.
  '@graphql-eslint/alphabetize': 'off',
  // User.username is the field's own word, and the only finding.
  '@graphql-eslint/no-typename-prefix': 'off',
  // Fields that everybody may ask for cannot be refused, so they may promise an answer. The others: see below.
  '@graphql-eslint/require-nullable-result-in-root': 'off',
  // A payload holds what was changed, which is what a client shows next.
  '@graphql-eslint/require-field-of-type-query-in-mutation-result': 'off',
  // The directive of the specification has no date. docs/api.md says for how long deprecated fields live on.
  '@graphql-eslint/require-deprecation-date': 'off',

  'no-restricted-syntax': [
    'error',
    {
      selector:
        'ObjectTypeDefinition[name.value=/^(Query|Mutation)$/] > FieldDefinition[gqlType.kind="NonNullType"]' +
        ':has(> Directive[name.value=/^(auth|signedIn)$/])',
      message:
        'A root field that can be refused is nullable: otherwise its refusal erases the answers of the others.',
    },
  ],
};

const operationRules = {
  ...graphql.configs['flat/operations-all'].rules,
  // A file holds what one folder of the client asks for, in the order in which its page shows it.
  '@graphql-eslint/alphabetize': 'off',
  '@graphql-eslint/lone-executable-definition': 'off',
  '@graphql-eslint/match-document-filename': 'off',
  // graphql-codegen knows every fragment by its name, which is unique, and makes a type of it: a fragment in one
  // place names that type.
  '@graphql-eslint/require-import-fragment': 'off',
  '@graphql-eslint/no-one-place-fragments': 'off',
};

export const graphqlRules = [
  { files: ['schema.graphql'], ...setting, rules: schemaRules },
  { files: ['client/src/**/*.graphql'], ...setting, rules: operationRules },
];
