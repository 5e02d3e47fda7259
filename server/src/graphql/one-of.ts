import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import { GraphQLInputObjectType, type GraphQLSchema } from 'graphql';

/**
 * Lets the server itself hold @oneOf: type-graphql prints the directive and does not enforce it.
 * GraphQL specification, 3.10.1 (OneOf Input Objects).
 */
export function enforceOneOf(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.INPUT_OBJECT_TYPE]: (type) => {
      if (!getDirective(schema, type, 'oneOf')) return type;
      return new GraphQLInputObjectType({ ...type.toConfig(), isOneOf: true });
    },
  });
}
