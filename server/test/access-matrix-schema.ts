import { getDirective } from '@graphql-tools/utils';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isScalarType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { Permission } from '../src/access/permissions';

type Field = GraphQLField<unknown, unknown>;

/** What a field asks of whoever uses it; null where the field above has decided. */
export type Decision = 'public' | 'signedIn' | Permission;

export interface SchemaField {
  /** For example Query.users. */
  readonly path: string;
  readonly type: GraphQLObjectType;
  readonly name: string;
  readonly field: Field;
  readonly decision: Decision | null;
  /** Every ID among its arguments, for example input.roleId. */
  readonly idArguments: readonly string[];
}

export function fieldsOf(schema: GraphQLSchema): SchemaField[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !isIntrospectionType(type))
    .flatMap((type) =>
      Object.entries(type.getFields()).map(([name, field]) => ({
        path: `${type.name}.${name}`,
        type,
        name,
        field,
        decision: decisionOf(schema, field),
        idArguments: field.args.flatMap((argument) => idsWithin(argument.type, [argument.name])),
      })),
    );
}

export function isRoot(schema: GraphQLSchema, { type }: SchemaField): boolean {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type);
}

function decisionOf(schema: GraphQLSchema, field: Field): Decision | null {
  const requires = getDirective(schema, field, 'auth')?.[0]?.requires as Permission | undefined;
  const open = (['public', 'signedIn'] as const).find((name) => getDirective(schema, field, name));
  return requires ?? open ?? null;
}

function idsWithin(type: GraphQLInputType, path: readonly string[], above: readonly string[] = []): string[] {
  const named = getNamedType(type);
  if (named.name === 'ID') return [path.join('.')];
  if (!isInputObjectType(named) || above.includes(named.name)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    idsWithin(field.type, [...path, field.name], [...above, named.name]),
  );
}

/** A document that calls a root field with all its arguments as variables. */
export function documentOf({ type, name, field }: SchemaField, selection: string): string {
  const variables = field.args.map((argument) => `$${argument.name}: ${String(argument.type)}`);
  const given = field.args.map((argument) => `${argument.name}: $${argument.name}`);
  const inBrackets = (parts: readonly string[]) => (parts.length > 0 ? `(${parts.join(', ')})` : '');
  return `${type.name.toLowerCase()} ${inBrackets(variables)} { ${name}${inBrackets(given)} ${selection} }`;
}

/** Whether what stands at this path of the arguments is a list of ids. */
export function isListOfIds({ field }: SchemaField, path: string): boolean {
  const [first = '', ...rest] = path.split('.');
  let type: GraphQLInputType = field.args.find(({ name }) => name === first)!.type;
  for (const name of rest) {
    const named = getNamedType(type);
    if (isInputObjectType(named)) type = named.getFields()[name]!.type;
  }
  return isListType(getNullableType(type));
}

/** Everything that can be asked for without arguments, so many levels deep. */
export function selectionOf(output: GraphQLOutputType, levels: number): string {
  const type = getNamedType(output);
  if (isScalarType(type) || isEnumType(type)) return '';
  const inner = isObjectType(type)
    ? Object.values(type.getFields())
        .filter((field) => !field.args.some(isRequiredArgument))
        .map((field) => selected(field, levels))
    : [];
  return `{ ${['__typename', ...inner].join(' ')} }`;
}

function selected({ name, type }: Field, levels: number): string {
  const isLeaf = !('getFields' in getNamedType(type));
  if (isLeaf) return name;
  return levels > 1 ? `${name} ${selectionOf(type, levels - 1)}` : '';
}
