import {
  getDirectiveValues,
  getNamedType,
  getNullableType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isCompositeType,
  isIntrospectionType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE, MAXIMUM_PAGE } from '../database/read-page';

/** What executing an operation asks for. Fragments count wherever they are spread. */
export interface Measure {
  /** About how many objects it reads: the product of the page sizes, level by level. */
  readonly cost: number;
  /** How many selection sets lie within each other. */
  readonly depth: number;
  /** The names of the fields at its root, each as often as it stands there. */
  readonly rootFields: readonly string[];
  /** Whether some paged list lies within one of its own kind. */
  readonly repeatsList: boolean;
}

interface Part extends Measure {
  /** The part of the cost that each element of the surrounding list has. */
  readonly costOfElement: number;
  /** The types of the paged lists in it. */
  readonly lists: ReadonlySet<string>;
}

interface Operation {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What was measured already: a fragment may be spread 2^25 times. */
  readonly measured: Map<string, Part>;
}

/** A page needs a statement of its own, whatever its size. */
const COST_OF_LIST = 5;

/** For lists without pages whose elements are objects with an id, such as the roles. */
const ASSUMED_LENGTH = 20;

/** How many rows are counted for the cost of one object. */
const ROWS_COUNTED = 1000;

/** The lists of introspection, whose objects are in memory. Within each other they grow like any lists. */
const INTROSPECTION_LENGTHS: Readonly<Record<string, number>> = {
  types: 100,
  fields: 20,
  inputFields: 20,
  interfaces: 20,
  possibleTypes: 20,
  enumValues: 20,
};

const NOTHING: Part = {
  cost: 0,
  depth: 0,
  rootFields: [],
  repeatsList: false,
  costOfElement: 0,
  lists: new Set(),
};

/**
 * Measures a valid operation, in a time that grows with the length of its document only.
 * @param variables the values of the variables, with defaults
 */
export function measureOperation(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): Measure {
  const root = schema.getRootType(operation.operation);
  if (!root) return NOTHING;
  return measureSet({ schema, fragments, variables, measured: new Map() }, operation.selectionSet, root);
}

function measureSet(operation: Operation, set: SelectionSetNode, parent: GraphQLCompositeType): Part {
  const parts = set.selections
    .filter((selection) => isIncluded(selection, operation.variables))
    .map((selection) => measureSelection(operation, selection, parent));
  return {
    cost: sum(parts.map(({ cost }) => cost)),
    costOfElement: sum(parts.map(({ costOfElement }) => costOfElement)),
    depth: Math.max(1, ...parts.map(({ depth }) => depth)),
    rootFields: parts.flatMap(({ rootFields }) => rootFields),
    repeatsList: parts.some(({ repeatsList }) => repeatsList),
    lists: new Set(parts.flatMap(({ lists }) => [...lists])),
  };
}

function measureSelection(operation: Operation, node: SelectionNode, parent: GraphQLCompositeType): Part {
  if (node.kind === Kind.FIELD) return measureField(operation, node, parent);
  if (node.kind === Kind.INLINE_FRAGMENT) {
    return measureSet(
      operation,
      node.selectionSet,
      typeNamed(operation, node.typeCondition?.name.value, parent),
    );
  }
  return measureFragment(operation, node.name.value, parent);
}

function measureFragment(operation: Operation, name: string, parent: GraphQLCompositeType): Part {
  const known = operation.measured.get(name);
  if (known) return known;
  const fragment = operation.fragments.get(name);
  if (!fragment) return NOTHING;
  const type = typeNamed(operation, fragment.typeCondition.name.value, parent);
  const part = measureSet(operation, fragment.selectionSet, type);
  // Names of root fields are kept up to a limit only: 2^25 of them would not fit anywhere.
  const kept = { ...part, rootFields: part.rootFields.slice(0, 100) };
  operation.measured.set(name, kept);
  return kept;
}

function typeNamed(
  { schema }: Operation,
  name: string | undefined,
  parent: GraphQLCompositeType,
): GraphQLCompositeType {
  const type = name === undefined ? parent : schema.getType(name);
  return isCompositeType(type) ? type : parent;
}

function measureField(operation: Operation, node: FieldNode, parent: GraphQLCompositeType): Part {
  const name = node.name.value;
  const self: Part = { ...NOTHING, depth: 1, rootFields: [name] };
  const field = fieldOf(parent, name);
  const type = field && getNamedType(field.type);
  if (!field || !type || !node.selectionSet || !isCompositeType(type)) {
    return { ...self, cost: costOfLeaf(operation, node, field) };
  }
  const inner = measureSet(operation, node.selectionSet, type);
  const isList = isPagedList(type);
  const part = {
    ...self,
    depth: inner.depth + 1,
    repeatsList: inner.repeatsList || (isList && inner.lists.has(type.name)),
    lists: isList ? new Set([...inner.lists, type.name]) : inner.lists,
  };
  if (isIntrospectionType(type)) return { ...part, cost: costOfIntrospection(name, inner.cost) };
  if (isList) {
    return { ...part, cost: COST_OF_LIST + inner.cost + pageSize(operation, node) * inner.costOfElement };
  }
  // An edge and its node are one object.
  const cost = parent.name.endsWith('Edge') && name === 'node' ? inner.cost : 1 + inner.cost;
  if (isPagedList(parent) && isListType(getNullableType(field.type))) return { ...part, costOfElement: cost };
  return { ...part, cost: lengthOf(operation, node, field.type, type) * cost };
}

function fieldOf(parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return 'getFields' in parent ? parent.getFields()[name] : undefined;
}

/** Nothing for what an object holds anyway; but the same once more under another name is paid for. */
function costOfLeaf(
  operation: Operation,
  node: FieldNode,
  field: GraphQLField<unknown, unknown> | undefined,
): number {
  const again = node.alias ? 1 : 0;
  const counted = field?.args.find(({ name }) => name === 'upTo');
  if (!counted) return again;
  const upTo = argument(operation, node, 'upTo') ?? counted.defaultValue;
  return again + Math.max(1, Math.ceil(asNumber(upTo) / ROWS_COUNTED));
}

function costOfIntrospection(name: string, inner: number): number {
  const length = INTROSPECTION_LENGTHS[name];
  return length === undefined ? inner : 1 + length * inner;
}

function isPagedList(type: GraphQLNamedType): boolean {
  return isObjectType(type) && type.name.endsWith('Connection');
}

function pageSize(operation: Operation, node: FieldNode): number {
  const size = argument(operation, node, 'first') ?? argument(operation, node, 'last') ?? DEFAULT_PAGE;
  // A size that makes no sense is refused by the list itself.
  return Math.min(Math.max(1, asNumber(size)), MAXIMUM_PAGE);
}

function lengthOf(
  operation: Operation,
  node: FieldNode,
  type: GraphQLOutputType,
  element: GraphQLNamedType,
): number {
  if (!isListType(getNullableType(type))) return 1;
  const ids = argument(operation, node, 'ids');
  if (ids !== undefined) return Math.max(1, Array.isArray(ids) ? ids.length : 1);
  // Others are parts of the object that has them.
  return 'getFields' in element && element.getFields().id ? ASSUMED_LENGTH : 1;
}

/** What an argument is given; undefined where it is not. Of a list in the document only its length is right. */
function argument({ variables }: Operation, node: FieldNode, name: string): unknown {
  const value = node.arguments?.find((one) => one.name.value === name)?.value;
  if (value?.kind === Kind.VARIABLE) return variables[value.name.value] ?? undefined;
  if (value?.kind === Kind.INT) return Number(value.value);
  if (value?.kind === Kind.LIST) return value.values;
  return value && value.kind !== Kind.NULL ? 1 : undefined;
}

function isIncluded(node: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
  if (!node.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
}

function asNumber(value: unknown): number {
  return typeof value === 'number' ? value : 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
