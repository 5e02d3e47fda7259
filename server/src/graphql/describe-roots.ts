import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { GraphQLObjectType, type GraphQLSchema } from 'graphql';

const QUERY =
  'What can be read. A field that the viewer may not have is null, and an error of the answer says why.';

const MUTATION =
  'What can be changed. The `userErrors` of the payload say why a mutation was refused. A field that the viewer ' +
  'may not use is null, and an error of the answer says why.';

/** Describes Query and Mutation, which type-graphql builds without a description. */
export function describeRoots(schema: GraphQLSchema): GraphQLSchema {
  const describe = (description: string) => (type: GraphQLObjectType) =>
    new GraphQLObjectType({ ...type.toConfig(), description });
  return mapSchema(schema, {
    [MapperKind.QUERY]: describe(QUERY),
    [MapperKind.MUTATION]: describe(MUTATION),
  });
}
