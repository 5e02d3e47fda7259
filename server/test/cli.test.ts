import { execFile } from 'node:child_process';
import { AuditEvent } from '../src/audit/audit-event.entity';
import { rowIdOf, PASSWORD } from './builders';
import { startService, type TestService } from './harness';
import { program } from './program';

jest.setTimeout(60_000);

let service: TestService;
let databaseUrl: string;

beforeAll(async () => {
  service = await startService();
  const { database } = service.config;
  databaseUrl = database.engine === 'mysql' ? database.url : `sqlite:${database.file}`;
});

/** The command as an operator gives it, on the database of the running service. */
function rolecall(args: readonly string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const script = program('cli/rolecall');
    const { PATH = '', HOME = '' } = process.env;
    const env = {
      PATH,
      HOME,
      ...script.env,
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: 'https://users.example.com',
    };
    const child = execFile(process.execPath, [...script.args, ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
    child.stdin?.end(input);
  });
}

const person = (username: string) => [
  ...['--username', username, '--first-name', 'Ada', '--last-name', 'Lovelace'],
  ...['--phone', '+1 202 555 0143'],
];

async function signIn(username: string, password: string) {
  const { data } = await service.graphql(
    `mutation ($input: SignInInput!) { signIn(input: $input) {
      session { viewer { organization { id name features } permissions areas { area } } }
      userErrors { code }
    } }`,
    { input: { username, password } },
  );
  return data.signIn;
}

test('an operator creates several organizations and administers them', async () => {
  expect(await rolecall(['list-organizations'])).toMatchObject({
    out: 'There is no organization yet.\n',
    code: 0,
  });
  for (const name of ['Acme', 'Globex']) {
    const args = ['create-organization', '--name', name, ...person(`admin@${name}.example.com`)];
    expect(await rolecall(args, `${PASSWORD}\n`)).toMatchObject({ code: 0, err: '' });
  }
  const { session } = await signIn('admin@acme.example.com', PASSWORD);
  expect(session.viewer.organization).toMatchObject({ name: 'Acme', features: [] });
  expect(session.viewer.permissions).toContain('MANAGE_ROLES');
  const { id } = session.viewer.organization;

  const enabled = await rolecall(['enable-feature', id, 'travel_rule']);
  expect(enabled).toEqual({ code: 0, out: 'travel_rule is on for Acme.\n', err: '' });
  expect((await rolecall(['list-organizations'])).out).toMatch(
    /^ID +USERS +FEATURES +NAME\norganization_\d+ +1 +travel_rule +Acme\norganization_\d+ +1 +- +Globex\n$/,
  );
  const seen = await signIn('admin@acme.example.com', PASSWORD);
  expect(seen.session.viewer.areas).toContainEqual({ area: 'TRAVEL_RULE' });
  await rolecall(['disable-feature', id, 'travel_rule']);
  const unseen = await signIn('admin@acme.example.com', PASSWORD);
  expect(unseen.session.viewer.organization.features).toEqual([]);

  const events = await service.app.database.reader.find(AuditEvent, {
    where: { organizationId: rowIdOf(id), actorName: 'command line' },
    order: { id: 'ASC' },
  });
  expect(events.map(({ actorUserId, action, changes }) => [actorUserId, action, changes])).toEqual([
    [null, 'organization.created', []],
    [null, 'user.created', expect.any(Array)],
    [null, 'organization.updated', [{ field: 'features', before: [], after: ['travel_rule'] }]],
    [null, 'organization.updated', [{ field: 'features', before: ['travel_rule'], after: [] }]],
  ]);
});

test('a new administrator gets a link that works once, and no password', async () => {
  const [, row = ''] = (await rolecall(['list-organizations'])).out.split('\n');
  const [id = ''] = row.split(' ');
  const create = ['create-administrator', '--organization', id, ...person('second@acme.example.com')];
  const { out, code } = await rolecall(create);
  expect(code).toBe(0);
  const token = /^https:\/\/users\.example\.com\/reset-password#token=(\S+)$/m.exec(out)?.[1];
  const reset = () =>
    service.graphql(
      'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code } } }',
      { input: { token, newPassword: 'Second-Admin' } },
    );
  expect((await signIn('second@acme.example.com', PASSWORD)).userErrors).toEqual([
    { code: 'INVALID_CREDENTIALS' },
  ]);
  expect((await reset()).data.resetPassword.userErrors).toEqual([]);
  expect((await reset()).data.resetPassword.userErrors).toEqual([{ code: 'INVALID_TOKEN' }]);
  const { session } = await signIn('second@acme.example.com', 'Second-Admin');
  expect(session.viewer.permissions).toEqual(expect.arrayContaining(['VIEW_USERS', 'MANAGE_ROLES']));

  expect(await rolecall(create)).toEqual({ code: 1, out: '', err: 'This email is already in use.\n' });
});

test.each([
  [
    ['create-administrator', '--organization', '999999', ...person('x@example.com')],
    /no organization 999999/,
  ],
  [['create-administrator', '--organization', '1', ...person('no address')], /must be a valid email address/],
  [['enable-feature', '999999', 'travel_rule'], /no organization 999999/],
  [['enable-feature', '1', 'studio'], /studio is no feature; the features are travel_rule/],
  [['enable-feature'], /missing required argument 'organization'/],
  [['create-administrator'], /required option '--organization <id>' not specified/],
])('%j ends with one clear line', async (args, message) => {
  const { code, out, err } = await rolecall(args);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(message);
  expect(err).not.toMatch(/\n\s+at /);
});
