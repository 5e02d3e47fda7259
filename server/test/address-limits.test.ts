import { buildOrganization, buildPerson, buildUser, type BuiltOrganization } from './builders';
import { DEFAULT_ADDRESS_LIMITS } from '../src/config/config';
import { attempt, cheapHash, WRONG } from './failed-attempts';
import { startService, type GraphQLAnswer, type TestService } from './harness';
import { startAnotherInstance } from './instances';
import { inviteUser } from './mail/invited-users';

const LIMIT = 12;
const MINUTE = 60_000;

let service: TestService;
let organization: BuiltOrganization;

beforeEach(async () => {
  service = await startService({
    trustedProxies: ['127.0.0.1'],
    addressLimits: { signIn: LIMIT, passwordReset: LIMIT, invitation: LIMIT },
  });
  service.stopClock();
  organization = await buildOrganization(service);
});
afterEach(() => service.stop());

type Send = (from: string) => Promise<GraphQLAnswer>;

function signInAs(username: string, password: string): Send {
  return (from) =>
    service.graphql(
      `mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { code } } }`,
      { input: { username, password } },
      { headers: { 'x-forwarded-for': from } },
    );
}

/** Each kind of request that is limited, as something to send from an address. */
const KINDS: Record<string, () => Promise<Send>> = {
  'sign-ins of unknown users': async () => signInAs('nobody@example.com', WRONG),
  'sign-ins that succeed': async () => {
    const { username } = await buildUser(service, organization, { passwordHash: await cheapHash() });
    return signInAs(username, 'Correct-Horse');
  },
  'links for a new password': async () => (from) =>
    service.graphql(
      `mutation { requestPasswordReset(input: { username: "nobody@example.com" }) { userErrors { code } } }`,
      {},
      { headers: { 'x-forwarded-for': from } },
    ),
  'invitations that are sent again': async () => {
    const { token } = await buildPerson(service, organization, 'administrator');
    const { id } = await inviteUser(service, token, organization);
    return (from) =>
      service.graphql(
        `mutation { resendInvitation(input: { id: "${id}" }) { userErrors { code } } }`,
        {},
        { token, headers: { 'x-forwarded-for': from } },
      );
  },
  'users who are created': async () => {
    const { token } = await buildPerson(service, organization, 'administrator');
    const { username } = await buildUser(service, organization);
    const fields = `firstName: "A", lastName: "B", username: "${username}", password: "Correct-Horse", phone: "+1 202 555 0143"`;
    return (from) =>
      service.graphql(
        `mutation { createUser(input: { ${fields}, roleId: "${organization.roles.agent}" }) { userErrors { code } } }`,
        {},
        { token, headers: { 'x-forwarded-for': from } },
      );
  },
  'usernames that are changed': async () => {
    const { token } = await buildPerson(service, organization, 'administrator');
    const { id } = await buildUser(service, organization);
    const { username } = await buildUser(service, organization);
    return (from) =>
      service.graphql(
        `mutation { updateUser(input: { id: "${id}", username: "${username}" }) { userErrors { code } } }`,
        {},
        { token, headers: { 'x-forwarded-for': from } },
      );
  },
};

async function sendAll(send: Send, times: number, from: string): Promise<void> {
  for (let time = 0; time < times; time += 1) expect((await send(from)).status).toBe(200);
}

test.each(Object.keys(KINDS))('%s beyond the limit of an address are refused with 429', async (kind) => {
  const send = await KINDS[kind]!();
  await sendAll(send, LIMIT, '203.0.113.7');
  const refused = await send('203.0.113.7');
  expect(refused.status).toBe(429);
  expect(refused.errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED' });
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBeGreaterThanOrEqual(1);
  expect((await send('203.0.113.8')).status).toBe(200);

  service.advance(wait * 1000);
  expect((await send('203.0.113.7')).status).toBe(200);
  expect((await send('203.0.113.7')).status).toBe(429);
  service.advance(2 * MINUTE);
  await sendAll(send, LIMIT, '203.0.113.7');
});

test('all addresses of an IPv6 network of 64 bits count as one', async () => {
  const send = await KINDS['links for a new password']!();
  for (let host = 1; host <= LIMIT; host += 1) await sendAll(send, 1, `2001:db8:0:7::${host}`);
  expect((await send('2001:db8:0:7:ffff::1')).status).toBe(429);
  expect((await send('2001:db8:0:8::1')).status).toBe(200);
});

test('all instances count together, and requests at the same moment', async () => {
  const other = await startAnotherInstance(service);
  const send = (to: TestService) => attempt(to, { username: 'nobody@example.com', from: '203.0.113.7' });
  const answers = await Promise.all(
    Array.from({ length: 2 * LIMIT }, (_, index) => send(index % 2 === 0 ? service : other)),
  );
  expect(answers.filter(({ bytes }) => bytes.startsWith('200'))).toHaveLength(LIMIT);
  expect(answers.filter(({ bytes }) => bytes.startsWith('429'))).toHaveLength(LIMIT);
});

test('by default an address may make 300 sign-ins, ask for 60 links and resend 300 invitations a minute', () => {
  expect(DEFAULT_ADDRESS_LIMITS).toEqual({ signIn: 300, passwordReset: 60, invitation: 300 });
});
