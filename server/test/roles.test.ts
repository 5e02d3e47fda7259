import {
  buildOrganization,
  buildPerson,
  buildRole,
  buildUser,
  type BuiltOrganization,
  type Person,
} from './builders';
import { startService, type TestService } from './harness';

let service: TestService;
let acme: BuiltOrganization;
let globex: BuiltOrganization;
let admin: Person;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  globex = await buildOrganization(service, 'Globex');
  admin = await buildPerson(service, acme, 'administrator');
});

const ROLE = 'role { id name permissions mfaRequired version userCount viewerCanEdit viewerCanDelete }';
const DELETED = 'deletedRoleId movedUsers';

async function mutate(name: string, input: string, fields = ROLE, by: Person = admin) {
  const document = `mutation { ${name}(input: { ${input} }) { ${fields} userErrors { code field } } }`;
  const { data, errors } = await service.graphql(document, {}, { token: by.token });
  expect(errors).toBeUndefined();
  return data[name];
}

async function permissionsOf(by: Person): Promise<string[]> {
  const { data } = await service.graphql('{ viewer { permissions } }', {}, { token: by.token });
  return data.viewer.permissions as string[];
}

async function roleOf(userId: string): Promise<string> {
  const query = `{ user(id: "${userId}") { role { name } version } }`;
  const { data } = await service.graphql(query, {}, { token: admin.token });
  return data.user.role.name as string;
}

const refused = (code: string, ...field: string[]) => ({ code, field: ['input', ...field] });

test('a new role holds its permissions in the order of the catalogue, each once', async () => {
  const answer = await mutate(
    'createRole',
    'name: "  Compliance ", permissions: [VIEW_AUDIT_LOG, VIEW_CUSTOMERS, VIEW_AUDIT_LOG], mfaRequired: true',
  );
  expect(answer).toEqual({
    role: {
      id: expect.any(String),
      name: 'Compliance',
      permissions: ['VIEW_CUSTOMERS', 'VIEW_AUDIT_LOG'],
      mfaRequired: true,
      version: 1,
      userCount: 0,
      viewerCanEdit: true,
      viewerCanDelete: true,
    },
    userErrors: [],
  });
  const read = await service.graphql(
    `{ role(id: "${answer.role.id}") { name } roles { name } }`,
    {},
    { token: admin.token },
  );
  expect(read.data.role).toEqual({ name: 'Compliance' });
  expect(read.data.roles).toContainEqual({ name: 'Compliance' });
});

test.each([
  ['createRole', 'name: " ", permissions: []', refused('REQUIRED', 'name')],
  ['createRole', `name: "${'x'.repeat(101)}", permissions: []`, refused('TOO_LONG', 'name')],
  ['createRole', 'name: "a\\u202eb", permissions: []', refused('INVALID_CHARACTERS', 'name')],
  ['createRole', 'name: "ÁGENT", permissions: []', refused('ROLE_NAME_TAKEN', 'name')],
  ['duplicateRole', 'id: "role_1", name: ""', refused('REQUIRED', 'name')],
  ['updateRole', 'id: "role_1", permissions: null', refused('REQUIRED', 'permissions')],
  ['updateRole', 'id: "role_1", mfaRequired: null', refused('REQUIRED', 'mfaRequired')],
  ['updateRole', 'id: "role_1", name: null', refused('REQUIRED', 'name')],
])('%s refuses { %s }', async (mutation, input, error) => {
  const ownId = input.replace('"1"', `"${acme.roles.agent}"`);
  expect(await mutate(mutation, ownId)).toEqual({ role: null, userErrors: [error] });
});

test('two organizations may call a role the same', async () => {
  const there = await buildPerson(service, globex, 'administrator');
  const input = 'name: "Auditor", permissions: [VIEW_AUDIT_LOG]';
  expect((await mutate('createRole', input)).userErrors).toEqual([]);
  expect((await mutate('createRole', input, ROLE, there)).userErrors).toEqual([]);
});

test('what a role allows acts on the next request of everyone who has it', async () => {
  const id = await buildRole(service, acme, 'Support', ['view_users']);
  const holder = await buildPerson(service, acme, 'agent', { roleId: id });
  expect(await permissionsOf(holder)).toEqual(['VIEW_USERS']);
  const { role } = await mutate('updateRole', `id: "${id}", permissions: [ACCESS_CALLS]`);
  expect(role).toMatchObject({ name: 'Support', permissions: ['ACCESS_CALLS'], version: 2, userCount: 1 });
  expect(await permissionsOf(holder)).toEqual(['ACCESS_CALLS']);
});

test('a change that changes nothing leaves the version as it is', async () => {
  const id = await buildRole(service, acme, 'Same', ['view_users']);
  const { role } = await mutate('updateRole', `id: "${id}", name: "Same", permissions: [VIEW_USERS]`);
  expect(role.version).toBe(1);
});

test('a stale change is a conflict at the field that someone else changed', async () => {
  const id = await buildRole(service, acme, 'Contended', ['view_users']);
  await mutate('updateRole', `id: "${id}", name: "Contended twice"`);
  expect(await mutate('updateRole', `id: "${id}", expectedVersion: 1, permissions: []`)).toEqual({
    role: null,
    userErrors: [refused('CONFLICT', 'name')],
  });
});

test('no one grants or edits what they do not hold', async () => {
  const keeper = await buildRole(service, acme, 'Keeper', ['view_users', 'manage_roles', 'edit_user']);
  const by = await buildPerson(service, acme, 'agent', { roleId: keeper });
  const exceeds = (field: string) => ({
    role: null,
    userErrors: [refused('ROLE_EXCEEDS_YOUR_PERMISSIONS', field)],
  });
  const small = await buildRole(service, acme, 'Small', ['view_users']);
  expect(await mutate('createRole', 'name: "Mine", permissions: [MANAGE_BILLING]', ROLE, by)).toEqual(
    exceeds('permissions'),
  );
  expect(await mutate('updateRole', `id: "${small}", permissions: [MANAGE_BILLING]`, ROLE, by)).toEqual(
    exceeds('permissions'),
  );
  for (const input of ['permissions: []', 'name: "Theirs"', 'mfaRequired: true']) {
    expect(await mutate('updateRole', `id: "${acme.roles.agent}", ${input}`, ROLE, by)).toEqual(
      exceeds('id'),
    );
  }
  expect(await mutate('duplicateRole', `id: "${acme.roles.agent}", name: "Copy"`, ROLE, by)).toEqual(
    exceeds('id'),
  );
  expect(await mutate('deleteRole', `id: "${acme.roles.agent}"`, DELETED, by)).toMatchObject({
    userErrors: [refused('ROLE_EXCEEDS_YOUR_PERMISSIONS', 'id')],
  });
});

test('a role does not get a permission without what it needs, and is told each one by name', async () => {
  const needs = (permission: string) => ({
    code: 'PERMISSION_NEEDS_OTHERS',
    field: ['input', 'permissions'],
    message: `“${permission}” needs “Administrator access” in the same role.`,
  });
  const wanted =
    'permissions: [MANAGE_ROLES, MANAGE_BILLING, ADD_USER, EDIT_USER, SET_USER_ENABLED, RESET_MFA]';
  const errors = [
    'Add users',
    'Edit users',
    'Disable and enable users',
    'Reset two-factor authentication',
    'Manage roles',
  ].map(needs);
  const id = await buildRole(service, acme, 'Incomplete', ['view_users']);
  const document = `mutation {
    created: createRole(input: { name: "Blind", ${wanted} }) { role { id } userErrors { code field message } }
    updated: updateRole(input: { id: "${id}", ${wanted} }) { role { id } userErrors { code field message } }
  }`;
  const { data } = await service.graphql(document, {}, { token: admin.token });
  const answer = { role: null, userErrors: errors };
  expect(data).toEqual({ created: answer, updated: answer });
});

test('a role gets what stands alone, and anything together with what it needs', async () => {
  for (const permissions of ['VIEW_AUDIT_LOG, MANAGE_ORGANIZATION', 'VIEW_USERS, ADD_USER, RESET_MFA']) {
    const input = `name: "Complete ${permissions}", permissions: [${permissions}]`;
    expect((await mutate('createRole', input)).userErrors).toEqual([]);
  }
});

test('an older role that lacks a need is renamed, copied and sent back as it is, but not changed otherwise', async () => {
  const id = await buildRole(service, acme, 'Blind adder', ['add_user']);
  const input = `id: "${id}", name: "Renamed adder", mfaRequired: true, permissions: [ADD_USER]`;
  expect((await mutate('updateRole', input)).role).toMatchObject({ name: 'Renamed adder', version: 2 });
  const copy = await mutate('duplicateRole', `id: "${id}", name: "Copied adder"`);
  expect(copy.role).toMatchObject({ permissions: ['ADD_USER'] });
  expect(await mutate('updateRole', `id: "${id}", permissions: [ADD_USER, MANAGE_BILLING]`)).toEqual({
    role: null,
    userErrors: [refused('PERMISSION_NEEDS_OTHERS', 'permissions')],
  });
  const mended = await mutate('updateRole', `id: "${id}", permissions: [ADD_USER, VIEW_USERS]`);
  expect(mended.role).toMatchObject({ permissions: ['VIEW_USERS', 'ADD_USER'] });
});

test('no one changes what their own role allows, nor deletes it; they may rename it', async () => {
  const id = acme.roles.administrator;
  const [own, ownDelete] = [['permissions'], ['id']].map((field) =>
    refused('CANNOT_CHANGE_OWN_ROLE', ...field),
  );
  expect(await mutate('updateRole', `id: "${id}", permissions: [VIEW_USERS]`)).toMatchObject({
    userErrors: expect.arrayContaining([own]),
  });
  const move = `id: "${id}", moveUsersToRoleId: "${acme.roles.agent}"`;
  expect((await mutate('deleteRole', move, DELETED)).userErrors).toEqual([ownDelete]);
  expect((await mutate('updateRole', `id: "${id}", name: "Boss"`)).role.name).toBe('Boss');
});

test('a copy allows the same under another name and has no users', async () => {
  const { role } = await mutate('duplicateRole', `id: "${acme.roles.manager}", name: "Second manager"`);
  expect(role).toMatchObject({ name: 'Second manager', userCount: 0, version: 1 });
  expect(role.permissions).toContain('SET_USER_ENABLED');
});

test('a role with users goes only when they get another one, in the same step', async () => {
  const [from, to] = [
    await buildRole(service, acme, 'Old team', ['view_users']),
    await buildRole(service, acme, 'New team', ['view_customers']),
  ];
  const people = [1, 2, 3].map(() => buildUser(service, acme, { roleId: from }));
  const ids = (await Promise.all(people)).map(({ id }) => id);
  expect(await mutate('deleteRole', `id: "${from}"`, DELETED)).toEqual({
    deletedRoleId: null,
    movedUsers: null,
    userErrors: [refused('ROLE_IN_USE', 'moveUsersToRoleId')],
  });
  expect(await mutate('deleteRole', `id: "${from}", moveUsersToRoleId: "${to}"`, DELETED)).toEqual({
    deletedRoleId: from,
    movedUsers: 3,
    userErrors: [],
  });
  for (const id of ids) expect(await roleOf(id)).toBe('New team');
  expect(await mutate('deleteRole', `id: "${from}"`, DELETED)).toMatchObject({
    userErrors: [refused('ROLE_NOT_FOUND', 'id')],
  });
});

test('users move only to another role of the organization, which the viewer may assign', async () => {
  const from = await buildRole(service, acme, 'Leavers', ['view_users']);
  await buildUser(service, acme, { roleId: from });
  for (const target of [from, globex.roles.agent, '999999', '1abc', '']) {
    const input = `id: "${from}", moveUsersToRoleId: "${target}"`;
    expect((await mutate('deleteRole', input, DELETED)).userErrors).toEqual([
      refused('ROLE_NOT_FOUND', 'moveUsersToRoleId'),
    ]);
  }
  const limited = await buildRole(service, acme, 'Limited', ['view_users', 'manage_roles']);
  const by = await buildPerson(service, acme, 'agent', { roleId: limited });
  const input = `id: "${from}", moveUsersToRoleId: "${acme.roles.agent}"`;
  expect((await mutate('deleteRole', input, DELETED, by)).userErrors).toEqual([
    refused('ROLE_EXCEEDS_YOUR_PERMISSIONS', 'moveUsersToRoleId'),
    refused('MISSING_PERMISSION', 'moveUsersToRoleId'),
  ]);
});

test('a role of another organization answers like one that does not exist', async () => {
  for (const id of [globex.roles.agent, '999999', '0', '1e0', '-1']) {
    for (const [name, input, fields] of [
      ['updateRole', 'name: "X"', ROLE],
      ['duplicateRole', 'name: "X"', ROLE],
      ['deleteRole', '', DELETED],
    ] as const) {
      const answer = await mutate(name, `id: "${id}", ${input}`, fields);
      expect(answer.userErrors).toEqual([refused('ROLE_NOT_FOUND', 'id')]);
    }
  }
});

test('a user is added with a role that is deleted at the same time, or finds it gone', async () => {
  for (let run = 0; run < 10; run += 1) {
    const id = await buildRole(service, acme, `Fleeting ${run}`, ['view_users']);
    const input = `firstName: "A", lastName: "B", username: "fleeting${run}@example.com",
      password: "Correct-Horse", phone: "+1 202 555 0143", roleId: "${id}"`;
    const [added, deleted] = await Promise.all([
      mutate('createUser', input, 'user { id }'),
      mutate('deleteRole', `id: "${id}"`, DELETED),
    ]);
    const codes = [...added.userErrors, ...deleted.userErrors].map(({ code }: { code: string }) => code);
    expect(['ROLE_NOT_FOUND', 'ROLE_IN_USE']).toContain(codes.join());
  }
});
