/* eslint-disable */
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "fragment UserErrorParts on UserError {\n  code\n  field\n  message\n}": typeof types.UserErrorPartsFragmentDoc,
    "fragment ViewerParts on Viewer {\n  user {\n    id\n    firstName\n    lastName\n    username\n  }\n  organization {\n    id\n    name\n  }\n  permissions\n}\n\nfragment SessionParts on Session {\n  accessToken\n  expiresAt\n  viewer {\n    ...ViewerParts\n  }\n}\n\nquery Viewer {\n  viewer {\n    ...ViewerParts\n  }\n}\n\nmutation RefreshSession {\n  refreshSession(input: {}) {\n    session {\n      ...SessionParts\n    }\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation SignOut {\n  signOut {\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}": typeof types.ViewerPartsFragmentDoc,
    "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    session {\n      ...SessionParts\n    }\n    challenge {\n      token\n      steps\n      expiresAt\n    }\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}": typeof types.SignInDocument,
    "fragment UserRow on User {\n  id\n  firstName\n  lastName\n  username\n  phone\n  role {\n    id\n    name\n  }\n  enabled\n  mfaEnabled\n  mfaRequired\n  passwordResetRequired\n  version\n  viewerCanEdit\n  viewerCanAssignRole\n  viewerCannotAssignRoleReasons\n  viewerCanSetEnabled\n  viewerCanResetMfa\n}\n\nquery Users($search: String, $sort: [UserSort!], $first: Int, $after: String, $last: Int, $before: String) {\n  users(\n    search: $search\n    sort: $sort\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n  ) {\n    nodes {\n      ...UserRow\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n    totalCount(upTo: 1000)\n  }\n}\n\nquery User($id: ID!) {\n  user(id: $id) {\n    ...UserRow\n  }\n}\n\nquery AssignableRoles {\n  roles {\n    id\n    name\n    viewerCanAssign\n  }\n}\n\nmutation CreateUser($input: CreateUserInput!) {\n  createUser(input: $input) {\n    user {\n      ...UserRow\n    }\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation UpdateUser($input: UpdateUserInput!) {\n  updateUser(input: $input) {\n    user {\n      ...UserRow\n    }\n    endedSessions\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation SetUserEnabled($input: SetUserEnabledInput!) {\n  setUserEnabled(input: $input) {\n    user {\n      ...UserRow\n    }\n    endedSessions\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation ResetMfa($input: ResetMfaInput!) {\n  resetMfa(input: $input) {\n    user {\n      ...UserRow\n    }\n    endedSessions\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}": typeof types.UserRowFragmentDoc,
};
const documents: Documents = {
    "fragment UserErrorParts on UserError {\n  code\n  field\n  message\n}": types.UserErrorPartsFragmentDoc,
    "fragment ViewerParts on Viewer {\n  user {\n    id\n    firstName\n    lastName\n    username\n  }\n  organization {\n    id\n    name\n  }\n  permissions\n}\n\nfragment SessionParts on Session {\n  accessToken\n  expiresAt\n  viewer {\n    ...ViewerParts\n  }\n}\n\nquery Viewer {\n  viewer {\n    ...ViewerParts\n  }\n}\n\nmutation RefreshSession {\n  refreshSession(input: {}) {\n    session {\n      ...SessionParts\n    }\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation SignOut {\n  signOut {\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}": types.ViewerPartsFragmentDoc,
    "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    session {\n      ...SessionParts\n    }\n    challenge {\n      token\n      steps\n      expiresAt\n    }\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}": types.SignInDocument,
    "fragment UserRow on User {\n  id\n  firstName\n  lastName\n  username\n  phone\n  role {\n    id\n    name\n  }\n  enabled\n  mfaEnabled\n  mfaRequired\n  passwordResetRequired\n  version\n  viewerCanEdit\n  viewerCanAssignRole\n  viewerCannotAssignRoleReasons\n  viewerCanSetEnabled\n  viewerCanResetMfa\n}\n\nquery Users($search: String, $sort: [UserSort!], $first: Int, $after: String, $last: Int, $before: String) {\n  users(\n    search: $search\n    sort: $sort\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n  ) {\n    nodes {\n      ...UserRow\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n    totalCount(upTo: 1000)\n  }\n}\n\nquery User($id: ID!) {\n  user(id: $id) {\n    ...UserRow\n  }\n}\n\nquery AssignableRoles {\n  roles {\n    id\n    name\n    viewerCanAssign\n  }\n}\n\nmutation CreateUser($input: CreateUserInput!) {\n  createUser(input: $input) {\n    user {\n      ...UserRow\n    }\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation UpdateUser($input: UpdateUserInput!) {\n  updateUser(input: $input) {\n    user {\n      ...UserRow\n    }\n    endedSessions\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation SetUserEnabled($input: SetUserEnabledInput!) {\n  setUserEnabled(input: $input) {\n    user {\n      ...UserRow\n    }\n    endedSessions\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation ResetMfa($input: ResetMfaInput!) {\n  resetMfa(input: $input) {\n    user {\n      ...UserRow\n    }\n    endedSessions\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}": types.UserRowFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserErrorParts on UserError {\n  code\n  field\n  message\n}"): (typeof documents)["fragment UserErrorParts on UserError {\n  code\n  field\n  message\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ViewerParts on Viewer {\n  user {\n    id\n    firstName\n    lastName\n    username\n  }\n  organization {\n    id\n    name\n  }\n  permissions\n}\n\nfragment SessionParts on Session {\n  accessToken\n  expiresAt\n  viewer {\n    ...ViewerParts\n  }\n}\n\nquery Viewer {\n  viewer {\n    ...ViewerParts\n  }\n}\n\nmutation RefreshSession {\n  refreshSession(input: {}) {\n    session {\n      ...SessionParts\n    }\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation SignOut {\n  signOut {\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}"): (typeof documents)["fragment ViewerParts on Viewer {\n  user {\n    id\n    firstName\n    lastName\n    username\n  }\n  organization {\n    id\n    name\n  }\n  permissions\n}\n\nfragment SessionParts on Session {\n  accessToken\n  expiresAt\n  viewer {\n    ...ViewerParts\n  }\n}\n\nquery Viewer {\n  viewer {\n    ...ViewerParts\n  }\n}\n\nmutation RefreshSession {\n  refreshSession(input: {}) {\n    session {\n      ...SessionParts\n    }\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation SignOut {\n  signOut {\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    session {\n      ...SessionParts\n    }\n    challenge {\n      token\n      steps\n      expiresAt\n    }\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}"): (typeof documents)["mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    session {\n      ...SessionParts\n    }\n    challenge {\n      token\n      steps\n      expiresAt\n    }\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserRow on User {\n  id\n  firstName\n  lastName\n  username\n  phone\n  role {\n    id\n    name\n  }\n  enabled\n  mfaEnabled\n  mfaRequired\n  passwordResetRequired\n  version\n  viewerCanEdit\n  viewerCanAssignRole\n  viewerCannotAssignRoleReasons\n  viewerCanSetEnabled\n  viewerCanResetMfa\n}\n\nquery Users($search: String, $sort: [UserSort!], $first: Int, $after: String, $last: Int, $before: String) {\n  users(\n    search: $search\n    sort: $sort\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n  ) {\n    nodes {\n      ...UserRow\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n    totalCount(upTo: 1000)\n  }\n}\n\nquery User($id: ID!) {\n  user(id: $id) {\n    ...UserRow\n  }\n}\n\nquery AssignableRoles {\n  roles {\n    id\n    name\n    viewerCanAssign\n  }\n}\n\nmutation CreateUser($input: CreateUserInput!) {\n  createUser(input: $input) {\n    user {\n      ...UserRow\n    }\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation UpdateUser($input: UpdateUserInput!) {\n  updateUser(input: $input) {\n    user {\n      ...UserRow\n    }\n    endedSessions\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation SetUserEnabled($input: SetUserEnabledInput!) {\n  setUserEnabled(input: $input) {\n    user {\n      ...UserRow\n    }\n    endedSessions\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation ResetMfa($input: ResetMfaInput!) {\n  resetMfa(input: $input) {\n    user {\n      ...UserRow\n    }\n    endedSessions\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}"): (typeof documents)["fragment UserRow on User {\n  id\n  firstName\n  lastName\n  username\n  phone\n  role {\n    id\n    name\n  }\n  enabled\n  mfaEnabled\n  mfaRequired\n  passwordResetRequired\n  version\n  viewerCanEdit\n  viewerCanAssignRole\n  viewerCannotAssignRoleReasons\n  viewerCanSetEnabled\n  viewerCanResetMfa\n}\n\nquery Users($search: String, $sort: [UserSort!], $first: Int, $after: String, $last: Int, $before: String) {\n  users(\n    search: $search\n    sort: $sort\n    first: $first\n    after: $after\n    last: $last\n    before: $before\n  ) {\n    nodes {\n      ...UserRow\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n    totalCount(upTo: 1000)\n  }\n}\n\nquery User($id: ID!) {\n  user(id: $id) {\n    ...UserRow\n  }\n}\n\nquery AssignableRoles {\n  roles {\n    id\n    name\n    viewerCanAssign\n  }\n}\n\nmutation CreateUser($input: CreateUserInput!) {\n  createUser(input: $input) {\n    user {\n      ...UserRow\n    }\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation UpdateUser($input: UpdateUserInput!) {\n  updateUser(input: $input) {\n    user {\n      ...UserRow\n    }\n    endedSessions\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation SetUserEnabled($input: SetUserEnabledInput!) {\n  setUserEnabled(input: $input) {\n    user {\n      ...UserRow\n    }\n    endedSessions\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}\n\nmutation ResetMfa($input: ResetMfaInput!) {\n  resetMfa(input: $input) {\n    user {\n      ...UserRow\n    }\n    endedSessions\n    userErrors {\n      ...UserErrorParts\n    }\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;