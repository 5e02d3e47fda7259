import {
  coerceInputValue,
  getNamedType,
  isInputObjectType,
  isInputType,
  isLeafType,
  isNonNullType,
  typeFromAST,
  valueFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type GraphQLError,
  type VariableDefinitionNode,
} from 'graphql';
import { badVariable } from '../errors';
import { toldMessage } from './told-message';

type Values = Readonly<Record<string, unknown>>;

export interface Variables {
  /** With defaults. Not complete when there are errors. */
  readonly values: Values;
  readonly errors: readonly GraphQLError[];
}

/** No more are told. Looking for more would only cost time: a body has room for 100,000. */
const MOST_ERRORS = 10;

/** Thrown where enough errors were found. */
const ENOUGH = new Error('Enough errors');

/**
 * The variables as graphql-js reads them. Its own messages repeat the values, all of them for each mistake, and
 * end in an error without a code after fifty mistakes. These tell the kind and the place of each.
 */
export function readVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Values,
): Variables {
  const values: Record<string, unknown> = {};
  const errors: GraphQLError[] = [];
  const tell = (node: VariableDefinitionNode, message: string) => {
    errors.push(badVariable(node, message));
    if (errors.length >= MOST_ERRORS) throw ENOUGH;
  };
  try {
    for (const node of variableDefinitions) {
      const type = typeFromAST(schema, node.type);
      if (!isInputType(type)) continue;
      const name = node.variable.name.value;
      const isGiven = Object.hasOwn(given, name) && given[name] !== undefined;
      if (!isGiven && node.defaultValue) values[name] = valueFromAST(node.defaultValue, type);
      else if (!isGiven && isNonNullType(type))
        tell(node, `of required type "${String(type)}" was not provided.`);
      else if (isGiven && given[name] === null && isNonNullType(type)) {
        tell(node, `of non-null type "${String(type)}" must not be null.`);
      } else if (isGiven) {
        values[name] = coerceInputValue(given[name], type, (path, value, { message }) => {
          const place = path.length > 0 ? ` at "${name}${path.map(printStep).join('')}"` : '';
          tell(node, `is invalid${place}: ${leafMessage(type, path, value) ?? toldMessage(message)}`);
        });
      }
    }
  } catch (error) {
    if (error !== ENOUGH) throw error;
  }
  return { values, errors };
}

function printStep(step: string | number): string {
  return typeof step === 'number' ? `[${step}]` : `.${step}`;
}

/** What to say of a value that a scalar or an enum refuses: only they repeat the value. */
function leafMessage(
  type: GraphQLInputType,
  path: readonly (string | number)[],
  value: unknown,
): string | null {
  let named = getNamedType(type);
  for (const step of path) {
    if (typeof step === 'number' || !isInputObjectType(named)) continue;
    named = getNamedType(named.getFields()[step]!.type);
  }
  return isLeafType(named) && value != null ? `Expected a value of type "${named.name}".` : null;
}
