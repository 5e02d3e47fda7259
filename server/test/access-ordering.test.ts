import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  type GraphQLFieldConfig,
  type GraphQLSchema,
} from 'graphql';
import { buildRolecallSchema } from '../src/graphql/schema';

const schema = buildRolecallSchema();

interface ReadableList {
  /** The field that answers the list. */
  readonly list: string;
  /** The type of what is listed. */
  readonly of: string;
  /** What may be said of each item by ordering, filtering or searching, as paths from it. */
  readonly by: Readonly<Record<string, readonly string[]>>;
  /** Ways that the list opens only to those with a further permission, as the test of the list shows. */
  readonly checked?: Readonly<Record<string, string>>;
}

const USERS: ReadableList = {
  list: 'Query.users',
  of: 'User',
  by: {
    'sort ID': ['id'],
    'sort FIRST_NAME': ['firstName'],
    'sort LAST_NAME': ['lastName'],
    'sort USERNAME': ['username'],
    'sort PHONE': ['phone'],
    'sort ROLE': ['role.name'],
    'sort MFA': ['mfaEnabled'],
    'sort ENABLED': ['enabled'],
    'sort CREATED_AT': ['createdAt'],
    'sort UPDATED_AT': ['updatedAt'],
    'sort LAST_SIGN_IN_AT': ['lastSignInAt'],
    'filter ids': ['id'],
    'filter usernames': ['username'],
    'filter externalIds': ['externalId'],
    'filter roleIds': ['role.id'],
    'filter enabled': ['enabled'],
    'filter mfaEnabled': ['mfaEnabled'],
    'filter mfaRequired': ['mfaRequired'],
    'filter forcePasswordReset': ['forcePasswordReset'],
    'filter locked': ['lockedUntil'],
    'filter invitationStates': ['invitation.state'],
    'filter neverSignedIn': ['lastSignInAt'],
    'filter createdAt': ['createdAt'],
    'filter updatedAt': ['updatedAt'],
    'filter lastSignInAt': ['lastSignInAt'],
    search: ['firstName', 'lastName', 'username'],
  },
  checked: { 'filter locked': 'edit_user' },
};

const EVENTS: ReadableList = {
  list: 'Query.auditLog',
  of: 'AuditEvent',
  by: {
    'filter actorId': ['actor.actorId', 'actor.type'],
    'filter actions': ['action'],
    'filter from': ['occurredAt'],
    'filter to': ['occurredAt'],
    'filter targetType': ['target.type'],
    'filter targetId': ['target.targetId', 'target.type'],
  },
};

const PAGING = ['first', 'after', 'last', 'before'];

/** Every way of ordering, filtering and searching a list that its arguments offer. */
function waysOf(of: GraphQLSchema, list: string): string[] {
  return fieldAt(of, list).args.flatMap(({ name, type }) => {
    if (PAGING.includes(name)) return [];
    const input = getNamedType(type);
    if (!isInputObjectType(input)) return [name];
    const fields = input.getFields();
    const order = fields.field && getNamedType(fields.field.type);
    const values = isEnumType(order) ? order.getValues().map((value) => value.name) : Object.keys(fields);
    return values.map((value) => `${name} ${value}`);
  });
}

function fieldAt(of: GraphQLSchema, path: string) {
  const [typeName = '', fieldName = ''] = path.split('.');
  const type = of.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (!field) throw new Error(`There is no ${path}.`);
  return field;
}

/** The fields on the way to something readable that ask for more than the list does. */
function closedOnTheWay(
  of: GraphQLSchema,
  { list, of: typeName, checked }: ReadableList,
  way: string,
  path: string,
): string[] {
  const allowed = [getDirective(of, fieldAt(of, list), 'auth')?.[0]?.requires as string, checked?.[way]];
  const closed: string[] = [];
  let type = typeName;
  for (const name of path.split('.')) {
    const field = fieldAt(of, `${type}.${name}`);
    const requires = getDirective(of, field, 'auth')?.[0]?.requires as string | undefined;
    if (requires !== undefined && !allowed.includes(requires)) closed.push(`${type}.${name} (${requires})`);
    type = getNamedType(field.type).name;
  }
  return closed;
}

function leaks(of: GraphQLSchema, readable: ReadableList): string[] {
  return Object.entries(readable.by).flatMap(([way, paths]) =>
    paths.flatMap((path) => closedOnTheWay(of, readable, way, path).map((field) => `${way}: ${field}`)),
  );
}

describe.each([USERS, EVENTS])('$list', (readable) => {
  test('every way of ordering, filtering and searching it is known here', () => {
    expect(waysOf(schema, readable.list).sort()).toEqual(Object.keys(readable.by).sort());
  });

  test('no one orders, filters or searches it by what they may not read', () => {
    expect(leaks(schema, readable)).toEqual([]);
  });
});

function guarding(path: string): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (config: GraphQLFieldConfig<unknown, unknown>, name, type) =>
      `${type}.${name}` === path
        ? { ...config, extensions: { directives: { auth: { requires: 'edit_user' } } } }
        : undefined,
  });
}

test.each([
  ['User.phone', USERS, ['sort PHONE: User.phone (edit_user)']],
  [
    'User.username',
    USERS,
    [
      'sort USERNAME: User.username (edit_user)',
      'filter usernames: User.username (edit_user)',
      'search: User.username (edit_user)',
    ],
  ],
  ['Role.id', USERS, ['filter roleIds: Role.id (edit_user)']],
  ['AuditActor.actorId', EVENTS, ['filter actorId: AuditActor.actorId (edit_user)']],
] as const)('a guard on %s would be found', (path, readable, found) => {
  expect(leaks(guarding(path), readable)).toEqual(found);
});
