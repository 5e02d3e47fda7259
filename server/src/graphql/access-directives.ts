import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLNonNull,
  GraphQLSchema,
  defaultFieldResolver,
  isEnumType,
  isNonNullType,
  type GraphQLFieldConfig,
  type GraphQLFieldResolver,
} from 'graphql';
import { forbidden, unauthenticated } from '../errors';
import { permissionName, type Permission } from '../access/permissions';
import type { RequestContext } from '../request/request-context';

type Decision = { kind: 'public' } | { kind: 'signedIn' } | { kind: 'auth'; requires: Permission };
type FieldConfig = GraphQLFieldConfig<unknown, RequestContext>;

/**
 * Declares @auth, @signedIn and @public and enforces them around the resolvers.
 * Closed by default.
 * @throws Error naming every field of Query and Mutation that carries no decision, or is guarded and not nullable
 */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  const declared = declareDirectives(schema);
  const undecided: string[] = [];
  const erasing: string[] = [];
  const enforced = mapSchema(declared, {
    [MapperKind.ROOT_FIELD]: (field: FieldConfig, name, type) => {
      const decision = decisionOf(declared, field);
      if (!decision) undecided.push(`${type}.${name}`);
      if (decision && mayErase(field, decision, type)) erasing.push(`${type}.${name}`);
      return guarded(field, decision);
    },
    [MapperKind.OBJECT_FIELD]: (field: FieldConfig) => guarded(field, decisionOf(declared, field)),
  });
  if (undecided.length > 0) {
    throw new Error(`Without @auth, @signedIn or @public: ${undecided.join(', ')}`);
  }
  if (erasing.length > 0) {
    throw new Error(
      `These must be nullable, or their denial erases the answers beside them: ${erasing.join(', ')}`,
    );
  }
  return enforced;
}

function declareDirectives(schema: GraphQLSchema): GraphQLSchema {
  const permission = schema.getType('Permission');
  if (!isEnumType(permission)) throw new Error('The schema has no enum Permission.');
  const locations = [DirectiveLocation.FIELD_DEFINITION];
  const config = schema.toConfig();
  return new GraphQLSchema({
    ...config,
    directives: [
      ...config.directives,
      new GraphQLDirective({
        name: 'auth',
        description: 'The field needs a signed-in viewer whose role has this permission.',
        locations,
        args: {
          requires: {
            type: new GraphQLNonNull(permission),
            description: "The permission that the viewer's role must have.",
          },
        },
      }),
      new GraphQLDirective({
        name: 'signedIn',
        description: 'The field needs a signed-in viewer.',
        locations,
      }),
      new GraphQLDirective({
        name: 'public',
        description: 'The field is open to everyone, signed in or not.',
        locations,
      }),
    ],
  });
}

function decisionOf(schema: GraphQLSchema, field: FieldConfig): Decision | null {
  const auth = getDirective(schema, field, 'auth')?.[0];
  if (auth) return { kind: 'auth', requires: auth.requires as Permission };
  if (getDirective(schema, field, 'signedIn')) return { kind: 'signedIn' };
  if (getDirective(schema, field, 'public')) return { kind: 'public' };
  return null;
}

/**
 * Whether a denial of this root field would erase the answers of the fields beside it, which may have been
 * carried out: GraphQL passes the null of a non-nullable field up to `data`. Any mutation can fail.
 */
function mayErase(field: FieldConfig, decision: Decision, type: string): boolean {
  return isNonNullType(field.type) && (decision.kind !== 'public' || type === 'Mutation');
}

/** Introspection does not show applied directives, so the description says what a field needs. */
function described({ description }: FieldConfig, decision: Decision): string {
  const needs =
    decision.kind === 'auth'
      ? `Requires ${permissionName(decision.requires)}.`
      : 'Requires a signed-in viewer.';
  return description ? `${description} ${needs}` : needs;
}

function guarded(field: FieldConfig, decision: Decision | null): FieldConfig {
  if (!decision || decision.kind === 'public') return field;
  const resolve: GraphQLFieldResolver<unknown, RequestContext> = field.resolve ?? defaultFieldResolver;
  return {
    ...field,
    description: described(field, decision),
    resolve: (source, args, context, info) => {
      if (!context.viewer) throw unauthenticated();
      if (decision.kind === 'auth' && !context.viewer.permissions.has(decision.requires)) {
        throw forbidden(permissionName(decision.requires));
      }
      if (info.parentType !== info.schema.getMutationType()) return resolve(source, args, context, info);
      const requires = decision.kind === 'auth' ? decision.requires : null;
      return resolve(source, args, { ...context, requires }, info);
    },
  };
}
