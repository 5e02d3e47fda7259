import { buildOrganization, buildPerson, PASSWORD, type BuiltOrganization } from '../builders';
import { startService, type TestService } from '../harness';
import { alignClock, codeOf } from '../mfa-builders';
import { confirmMfaSetUp, startMfaSetUp } from '../sign-in-steps';
import { startSink, type SmtpSink } from './smtp-sink';

let sink: SmtpSink;
let service: TestService;
let organization: BuiltOrganization;

beforeAll(async () => {
  sink = await startSink();
  service = await startService({ mail: sink.config });
  organization = await buildOrganization(service);
});

const subjectsTo = async (username: string, count: number) =>
  (await sink.received(username, count)).map((mail) => mail.headers.subject);

test('whoever changes their password is told by mail', async () => {
  const person = await buildPerson(service, organization, 'agent');
  await service.graphql(
    'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }',
    { input: { currentPassword: PASSWORD, newPassword: 'Another-Horse' } },
    { token: person.token },
  );
  expect(await subjectsTo(person.username, 1)).toEqual(['Your password was changed']);
});

test('whoever turns two-factor authentication on and off is told by mail', async () => {
  alignClock(service);
  const person = await buildPerson(service, organization, 'agent');
  const { secret } = await startMfaSetUp(service, {}, person.token);
  await confirmMfaSetUp(service, { code: codeOf(service, secret) }, person.token);
  const { data } = await service.graphql(
    'mutation ($input: RemoveMfaInput!) { removeMfa(input: $input) { userErrors { code } } }',
    { input: { password: PASSWORD, code: codeOf(service, secret, 1) } },
    { token: person.token },
  );
  expect(data.removeMfa.userErrors).toEqual([]);
  expect(await subjectsTo(person.username, 2)).toEqual([
    'Two-factor authentication was turned on',
    'Two-factor authentication was turned off',
  ]);
});
