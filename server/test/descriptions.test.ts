import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
} from 'graphql';
import { buildRolecallSchema } from '../src/graphql/schema';

type Element = readonly [path: string, described: { readonly description?: string | null }];

function elementsOf(type: GraphQLNamedType): Element[] {
  return [
    [type.name, type],
    ...membersOf(type).map(([name, member]) => [`${type.name}.${name}`, member] as const),
  ];
}

function membersOf(type: GraphQLNamedType): Element[] {
  if (isEnumType(type)) return type.getValues().map((value) => [value.name, value]);
  if (isInputObjectType(type)) return Object.entries(type.getFields());
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field): Element[] => [
    [field.name, field],
    ...argumentsOf(field.name, field.args),
  ]);
}

function argumentsOf(
  owner: string,
  args: readonly { readonly name: string; readonly description?: string | null }[],
): Element[] {
  return args.map((argument) => [`${owner}(${argument.name})`, argument]);
}

const schema = buildRolecallSchema();
const elements = [
  ...Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap(elementsOf),
  ...schema
    .getDirectives()
    .flatMap((directive): Element[] => [
      [`@${directive.name}`, directive],
      ...argumentsOf(`@${directive.name}`, directive.args),
    ]),
];

test('every type, field, argument, enum value and directive says what it is', () => {
  const undescribed = elements.filter(([, { description }]) => {
    // A guarded field gets this sentence of itself, which says nothing about what it answers.
    const own = (description ?? '').replace(/Requires (?:[A-Z_]+|a signed-in viewer)\.$/, '');
    return own.trim() === '';
  });
  expect(undescribed.map(([path]) => path)).toEqual([]);
});

test('every description is made of sentences', () => {
  const broken = elements.filter(([, { description }]) => !/^[`A-Z\d].*\.$/s.test(description ?? ''));
  expect(broken.map(([path]) => path)).toEqual([]);
});
