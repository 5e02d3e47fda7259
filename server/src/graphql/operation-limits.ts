import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import {
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
} from 'graphql';
import { queryTooComplex } from '../errors';
import type { RequestContext } from '../request/request-context';
import { currentRequest } from './current-request';
import { formatError } from './format-error';
import { measureOperation, type Measure } from './query-cost';
import { readVariables } from './variables';

/** Deep enough for the introspection query, whose type references nest. */
const MAXIMUM_DEPTH = 15;
const MAXIMUM_ROOT_FIELDS = 20;
const MAXIMUM_MUTATIONS = 10;

/** These neither hash a password nor mail nor sign in. Of all others a document may hold one. */
const LIGHT_MUTATIONS: ReadonlySet<string> = new Set([
  '__typename',
  'createRole',
  'deleteRole',
  'duplicateRole',
  'endOtherSessions',
  'endSession',
  'endUserSessions',
  'setUserEnabled',
  'signOut',
  'unlockUser',
  'updateOrganization',
  'updateProfile',
  'updateRole',
]);

/**
 * Refuses an operation that asks for too much, or for more than its caller has left, before anything is done for it,
 * and tells what an operation costs when the request asks for it with `"extensions": {"cost": true}`.
 */
export function operationLimits(maximumCost: number): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => limitsOf(maximumCost),
  };
}

function limitsOf(maximumCost: number): GraphQLRequestListener<RequestContext> {
  let cost: number | null = null;
  let badVariables: readonly GraphQLError[] = [];
  return {
    async didResolveOperation({ schema, operation, document, request, contextValue }) {
      if (!operation) return;
      const { values, errors } = readVariables(schema, operation, request.variables ?? {});
      badVariables = errors;
      if (errors.length > 0) return;
      const measure = measureOperation(schema, operation, fragmentsOf(document), values);
      refuseExcess(measure, operation.operation, maximumCost);
      cost = measure.cost;
      contextValue.callerLimit?.charge(cost);
    },
    async responseForOperation({ response }) {
      if (badVariables.length === 0) return null;
      const errors = badVariables.map((error) => formatError(error.toJSON(), error, currentRequest()));
      return { http: { ...response.http, status: 400 }, body: { kind: 'single', singleResult: { errors } } };
    },
    async willSendResponse({ request, response }) {
      if (cost === null || request.extensions?.cost !== true || response.body.kind !== 'single') return;
      const { singleResult } = response.body;
      singleResult.extensions = { ...singleResult.extensions, cost };
    },
  };
}

function fragmentsOf({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return new Map((fragments as FragmentDefinitionNode[]).map((fragment) => [fragment.name.value, fragment]));
}

/** @throws GraphQLError QUERY_TOO_COMPLEX for the first limit that is passed */
export function refuseExcess(
  { cost, depth, rootFields, repeatsList }: Measure,
  type: OperationTypeNode,
  maximumCost: number,
): void {
  if (depth > MAXIMUM_DEPTH) throw queryTooComplex('depth', MAXIMUM_DEPTH);
  if (rootFields.length > MAXIMUM_ROOT_FIELDS) throw queryTooComplex('rootFields', MAXIMUM_ROOT_FIELDS);
  if (type === OperationTypeNode.MUTATION) {
    if (rootFields.length > MAXIMUM_MUTATIONS) throw queryTooComplex('mutations', MAXIMUM_MUTATIONS);
    if (rootFields.filter((name) => !LIGHT_MUTATIONS.has(name)).length > 1) throw queryTooComplex('heavy', 1);
  }
  if (repeatsList) throw queryTooComplex('repeatedList', null);
  if (cost > maximumCost) throw queryTooComplex('cost', maximumCost, { cost });
}
