import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { GraphQLScalarType, type GraphQLSchema } from 'graphql';

/** Where the scalars are specified that GraphQL itself does not know (@specifiedBy). */
const SPECIFICATIONS: Readonly<Record<string, string>> = {
  DateTime: 'https://scalars.graphql.org/andimarek/date-time',
};

/** Links every scalar of ours to its specification, for people and for code generators. */
export function specifyScalars(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.SCALAR_TYPE]: (type) => {
      const specifiedByURL = SPECIFICATIONS[type.name];
      return specifiedByURL ? new GraphQLScalarType({ ...type.toConfig(), specifiedByURL }) : type;
    },
  });
}
