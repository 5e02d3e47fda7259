import { Field, ID, InterfaceType } from 'type-graphql';
import type { NodeTypeName } from './global-id';

@InterfaceType({
  description:
    'An object that has an id of its own and can be read again by it (Relay Object Identification).',
  // Rows are plain objects: `node` names the type of what it found.
  resolveType: ({ __typename }: { readonly __typename: NodeTypeName }) => __typename,
})
export abstract class Node {
  @Field(() => ID, {
    description: 'Unique over all types, for example user_63. Opaque: keep it as it is, never take it apart.',
  })
  id: number;
}
