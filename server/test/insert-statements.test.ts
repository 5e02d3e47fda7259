import { transaction } from '../src/database/transaction';
import { createOrganization } from '../src/organization-management/create-organization';
import { buildOrganization, buildPerson, PASSWORD, type BuiltOrganization, type Person } from './builders';
import { startService, type TestService } from './harness';
import { statementsDuring } from './statement-log';

let service: TestService;
let acme: BuiltOrganization;
let administrator: Person;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  administrator = await buildPerson(service, acme, 'administrator');
});

/** What the transaction of a mutation takes. */
async function statementsOf(mutation: string, inputType: string, input: Record<string, unknown>) {
  const document = `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { userErrors { code } } }`;
  const statements = await statementsDuring(service, async () => {
    const { data } = await service.graphql(document, { input }, { token: administrator.token });
    expect(data[mutation].userErrors).toEqual([]);
  });
  return statements.slice(statements.indexOf('BEGIN'), statements.indexOf('COMMIT') + 1);
}

test('a role is inserted without being read back for defaults', async () => {
  const input = { name: 'Night shift', permissions: [] };
  expect(await statementsOf('createRole', 'CreateRoleInput', input)).toEqual([
    'BEGIN',
    // Whether the viewer still may.
    'SELECT session',
    'INSERT INTO role',
    // For the answer and the audit log.
    'SELECT role',
    'INSERT INTO audit_event',
    'COMMIT',
  ]);
});

test('an organization is inserted without being read back for defaults', async () => {
  const organization = { name: 'Globex', features: [], now: service.now() };
  const statements = await statementsDuring(service, () =>
    transaction(service.app.database, (tx) => createOrganization(tx, organization)),
  );
  expect(statements).toEqual([
    'BEGIN',
    'INSERT INTO organization',
    ...Array<string>(4).fill('INSERT INTO role'),
    'COMMIT',
  ]);
});

// Last: afterwards the mailer has a mail to send.
test('a user is inserted without being read back for defaults', async () => {
  const input = {
    firstName: 'Ada',
    lastName: 'Key',
    username: 'ada.key@example.com',
    password: PASSWORD,
    phone: '+1 202 555 0143',
    roleId: acme.roles.agent,
  };
  expect(await statementsOf('createUser', 'CreateUserInput', input)).toEqual([
    'BEGIN',
    // Whether the viewer still may.
    'SELECT session',
    'SELECT role',
    // Whose local phone numbers its users write.
    'SELECT organization',
    // Whether the username is free.
    'SELECT user',
    'INSERT INTO user',
    'INSERT INTO user_credential',
    // For the answer, the audit log and the invitation.
    'SELECT user',
    'INSERT INTO audit_event',
    // Withdraws an earlier invitation.
    'UPDATE outgoing_mail',
    'SELECT organization',
    'INSERT INTO outgoing_mail',
    'COMMIT',
  ]);
});
