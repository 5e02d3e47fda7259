import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, isInterfaceType, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import { globalId, isNodeTypeName } from '../global-id/global-id';
import type { RequestContext } from '../request/request-context';

/** Makes the field `id` of every Node answer the global id of the row. */
export function answerGlobalIds(schema: GraphQLSchema): GraphQLSchema {
  const nodes = new Set(schema.getImplementations(nodeOf(schema)).objects.map(({ name }) => name));
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: GraphQLFieldConfig<unknown, RequestContext>, name, type) => {
      if (name !== 'id' || !nodes.has(type)) return field;
      if (!isNodeTypeName(type)) throw new Error(`${type} implements Node and has no prefix for its ids.`);
      const resolve = field.resolve ?? defaultFieldResolver;
      return {
        ...field,
        resolve: async (source, args, context: RequestContext, info) =>
          globalId(type, (await resolve(source, args, context, info)) as number),
      };
    },
  });
}

function nodeOf(schema: GraphQLSchema) {
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('The schema has no interface Node.');
  return node;
}
