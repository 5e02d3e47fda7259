import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { TestService } from '../harness';
import { BAD_BODIES } from './bad-requests';
import { BAD_HEADERS } from './bad-values';
import type { Random } from './random';
import type { Caller, Scene } from './scene';
import { createValueMaker, type ValueMaker } from './values';

/** One request, ready to be sent. */
export interface GeneratedCall {
  readonly caller: Caller;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The root field; null for a body from the list of bad ones. */
  readonly field: string | null;
  readonly isMutation: boolean;
  /** Whether anything in it is from the lists of bad inputs. */
  readonly isBad: boolean;
}

const BAD_BODY_SHARE = 0.04;
const BAD_HEADER_SHARE = 0.04;
const BAD_VALUE_SHARE = 0.4;
const DEPTH = 4;

export function generateCall(
  schema: GraphQLSchema,
  service: TestService,
  scene: Scene,
  random: Random,
  caller: Caller,
  isMutation: boolean,
): GeneratedCall {
  const token = scene.tokens[caller];
  const extra = random.chance(BAD_HEADER_SHARE) ? random.pick(BAD_HEADERS) : null;
  const headers = {
    'content-type': 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...extra,
  };
  if (random.chance(BAD_BODY_SHARE)) {
    return { caller, headers, body: random.pick(BAD_BODIES), field: null, isMutation: false, isBad: true };
  }
  const root = isMutation ? schema.getMutationType()! : schema.getQueryType()!;
  const field = random.pick(Object.values(root.getFields()));
  const badness = random.chance(BAD_VALUE_SHARE) ? 0.3 : 0;
  const values = createValueMaker(service, scene, random, badness);
  const query = write(schema, field, isMutation ? 'mutation' : 'query', values, random);
  const isBad = extra !== null || values.badValues() > 0;
  return { caller, headers, body: JSON.stringify(query), field: field.name, isMutation, isBad };
}

interface Written {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A document with every argument as a variable, those of the inner fields too. */
function write(
  schema: GraphQLSchema,
  root: GraphQLField<unknown, unknown>,
  operation: string,
  values: ValueMaker,
  random: Random,
): Written {
  const declarations: string[] = [];
  const variables: Record<string, unknown> = {};

  function argument({ name, type }: GraphQLArgument, field: string): string {
    const variable = `v${declarations.length}`;
    declarations.push(`$${variable}: ${String(type)}`);
    variables[variable] = values.make(type, [field, name]);
    return `${name}: $${variable}`;
  }

  function call({ name, args, type }: GraphQLField<unknown, unknown>, levels: number): string {
    const given = args
      .filter((arg) => isRequiredArgument(arg) || random.chance(0.5))
      .map((arg) => argument(arg, name));
    return `${name}${given.length > 0 ? `(${given.join(', ')})` : ''}${select(type, levels)}`;
  }

  function select(output: GraphQLOutputType, levels: number): string {
    const type = getNamedType(output);
    if (isInterfaceType(type)) {
      const parts = schema
        .getPossibleTypes(type)
        .map((possible) => `... on ${possible.name}${select(possible, Math.min(levels, 1))}`);
      return ` { __typename ${parts.join(' ')} }`;
    }
    if (!isObjectType(type)) return '';
    const share = levels === DEPTH ? 0.9 : 0.6;
    const inner = Object.values(type.getFields())
      .filter((field) => levels > 1 || !('getFields' in getNamedType(field.type)))
      .filter(({ name }) => name === 'userErrors' || random.chance(share))
      .map((field) =>
        field.name === 'userErrors' ? 'userErrors { code field message }' : call(field, levels - 1),
      );
    return ` { ${['__typename', ...inner].join(' ')} }`;
  }

  const selection = call(root, DEPTH);
  const declared = declarations.length > 0 ? `(${declarations.join(', ')})` : '';
  return { query: `${operation} ${declared} { ${selection} }`, variables };
}
