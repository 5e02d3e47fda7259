import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { getNamedType, isObjectType, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../request/request-context';
import { UserErrors } from '../errors';

/**
 * Makes every mutation return the UserErrors that its use case throws as `userErrors`; any other error
 * remains one.
 */
export function answerUserErrors(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    // Payloads are plain objects; type-graphql would ask for instances of their classes.
    [MapperKind.OBJECT_TYPE]: (type) => {
      type.isTypeOf = undefined;
      return type;
    },
    [MapperKind.MUTATION_ROOT_FIELD]: (field: GraphQLFieldConfig<unknown, RequestContext>) => {
      const { resolve } = field;
      const payload = getNamedType(field.type);
      if (!resolve || !isObjectType(payload)) return field;
      return {
        ...field,
        resolve: async (source, args, context: RequestContext, info) => {
          try {
            return {
              endedSessions: 0,
              ...((await resolve(source, args, context, info)) as object),
              userErrors: [],
            };
          } catch (error) {
            if (error instanceof UserErrors) return { endedSessions: 0, userErrors: error.errors };
            throw error;
          }
        },
      };
    },
  });
}
