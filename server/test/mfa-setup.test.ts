import {
  rowIdOf,
  buildOrganization,
  buildPerson,
  PASSWORD,
  signIn,
  type BuiltOrganization,
} from './builders';
import { failedAttemptsOf, FREE_ATTEMPTS } from './failed-attempts';
import { startService, type TestService } from './harness';
import { startAnotherInstance } from './instances';
import { codeOf, wrongCode } from './mfa-builders';
import { beginSignIn, confirmMfaSetUp, isSignedIn, refresh, startMfaSetUp } from './sign-in-steps';
import { recordedChanges, rowsOf, storedRows } from './stored-rows';
import { readUser } from './user-mutations';

/** How many wrong codes an account may have before it is blocked. */
const FREE_CODES = 5;

/** Two instances of the service on one database. */
let service: TestService;
let other: TestService;
let acme: BuiltOrganization;

beforeAll(async () => {
  service = await startService();
  other = await startAnotherInstance(service);
  acme = await buildOrganization(service, 'Größe & Söhne: East');
});

async function recoveryCodesLeft(token: string): Promise<number> {
  const { data } = await service.graphql('{ viewer { recoveryCodesLeft } }', {}, { token });
  return data.viewer.recoveryCodesLeft as number;
}

const auditOf = async ({ id }: { id: string }) =>
  (await recordedChanges(service)).filter((row) => row.target_id === rowIdOf(id));

test('a secret as text, as URI and as picture; a code confirms it; ten recovery codes', async () => {
  const person = await buildPerson(service, acme, 'viewer');
  const started = await startMfaSetUp(service, {}, person.token);
  expect(started.problems).toEqual([]);
  expect(started.secret).toMatch(/^[A-Z2-7]{32}$/);
  const uri = new URL(started.otpauthUri);
  expect(uri.searchParams.get('secret')).toBe(started.secret);
  expect(decodeURIComponent(uri.pathname)).toBe(`/Größe & Söhne East:${person.username}`);

  const confirmed = await confirmMfaSetUp(service, { code: codeOf(service, started.secret) }, person.token);
  expect(confirmed).toMatchObject({ signIn: null, problems: [] });
  expect(new Set(confirmed.recoveryCodes).size).toBe(10);
  for (const code of confirmed.recoveryCodes!) {
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  }
  expect(await recoveryCodesLeft(person.token)).toBe(10);
  expect(await readUser(service, person.token, person.id)).toMatchObject({ mfaEnabled: true, version: 2 });
  const { data } = await service.graphql(
    '{ users(filter: { mfaEnabled: true }) { nodes { id } } }',
    {},
    { token: person.token },
  );
  expect(data.users.nodes).toContainEqual({ id: person.id });
});

test('the picture is nothing but shapes', async () => {
  const { token } = await buildPerson(service, acme, 'viewer');
  const { qrCodeSvg } = await startMfaSetUp(service, {}, token);
  expect(qrCodeSvg).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"/);
  expect(qrCodeSvg).not.toMatch(/<script|<foreignObject|<a |href|javascript:|\son\w+=|<!|url\(|<style/i);
  expect(new Set(qrCodeSvg.match(/<\w+/g))).toEqual(new Set(['<svg', '<rect', '<path']));
});

test('ends the other sessions, and leaves one event without a secret', async () => {
  const person = await buildPerson(service, acme, 'viewer');
  const elsewhere = await signIn(other, person);
  const { secret } = await startMfaSetUp(service, {}, person.token);
  expect(await isSignedIn(other, elsewhere.accessToken)).toBe(true);
  const code = codeOf(service, secret);
  const { recoveryCodes } = await confirmMfaSetUp(service, { code }, person.token);
  expect(await isSignedIn(other, elsewhere.accessToken)).toBe(false);
  expect(await refresh(other, elsewhere.refreshToken)).toBeNull();
  expect(await isSignedIn(other, person.token)).toBe(true);

  const [event, ...more] = await auditOf(person);
  expect(more).toEqual([]);
  expect(event).toMatchObject({ action: 'user.mfa_set_up', actor_user_id: rowIdOf(person.id) });
  expect(JSON.parse(String(event!.changes))).toEqual([{ field: 'mfaEnabled', before: false, after: true }]);
  const everything = JSON.stringify(await storedRows(service));
  for (const shown of [secret, ...recoveryCodes!, ...recoveryCodes!.map((text) => text.replace('-', ''))]) {
    expect(everything).not.toContain(shown);
  }
});

test('starting anew shows what was never confirmed again, also in two tabs at once, for 15 minutes', async () => {
  const person = await buildPerson(service, acme, 'viewer');
  const tabs = await Promise.all(
    [service, other, service, other].map((instance) => startMfaSetUp(instance, {}, person.token)),
  );
  expect(tabs.map(({ problems }) => problems)).toEqual([[], [], [], []]);
  const [first, ...more] = tabs.map(({ secret }) => secret);
  expect(more).toEqual([first, first, first]);

  service.advance(895_000);
  const { accessToken } = await signIn(service, person);
  expect((await startMfaSetUp(service, {}, accessToken)).secret).toBe(first);
  service.advance(6_000);
  const { secret } = await startMfaSetUp(service, {}, accessToken);
  expect(secret).not.toBe(first);
  const withFirst = await confirmMfaSetUp(service, { code: codeOf(service, first!) }, accessToken);
  expect(withFirst).toMatchObject({ problems: ['input.code INVALID_MFA_CODE'], recoveryCodes: null });
  const withSecond = await confirmMfaSetUp(service, { code: codeOf(service, secret) }, accessToken);
  expect(withSecond.problems).toEqual([]);
});

test.each([
  ['endUserSessions', 'EndUserSessionsInput', {}],
  ['updateUser', 'UpdateUserInput', { password: PASSWORD }],
])(
  'whoever is shut out by %s has seen no secret that can still be confirmed',
  async (mutation, type, more) => {
    const administrator = await buildPerson(service, acme, 'administrator');
    const person = await buildPerson(service, acme, 'viewer');
    const { secret: seen } = await startMfaSetUp(service, {}, person.token);
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
    const variables = { input: { id: person.id, ...more } };
    const { data } = await service.graphql(document, variables, { token: administrator.token });
    expect(data[mutation]).toEqual({ userErrors: [] });

    const { accessToken } = await signIn(service, person);
    expect((await startMfaSetUp(service, {}, accessToken)).secret).not.toBe(seen);
  },
);

test('a wrong code leaves it unconfirmed, and signing in needs none', async () => {
  const person = await buildPerson(service, acme, 'viewer');
  const { secret } = await startMfaSetUp(service, {}, person.token);
  const codes = [wrongCode(service, secret), '12345', '１２３４５６', codeOf(service, secret, 3)];
  for (const code of codes) {
    const { problems, recoveryCodes } = await confirmMfaSetUp(service, { code }, person.token);
    expect(problems).toEqual(['input.code INVALID_MFA_CODE']);
    expect(recoveryCodes).toBeNull();
  }
  expect((await readUser(service, person.token, person.id))!.mfaEnabled).toBe(false);
  expect((await beginSignIn(service, person)).session).not.toBeNull();
  expect(await auditOf(person)).toEqual([]);
  expect((await confirmMfaSetUp(service, { code: codeOf(service, secret) }, person.token)).problems).toEqual(
    [],
  );
});

test('confirming twice, and starting over one that is in force, is refused and changes nothing', async () => {
  const person = await buildPerson(service, acme, 'viewer');
  const { secret } = await startMfaSetUp(service, {}, person.token);
  await confirmMfaSetUp(service, { code: codeOf(service, secret) }, person.token);
  const before = await rowsOf(service, 'user_totp');
  const again = await confirmMfaSetUp(service, { code: codeOf(service, secret, 1) }, person.token);
  expect(again).toMatchObject({ problems: ['input MFA_ALREADY_ENABLED'], recoveryCodes: null });
  const anew = await startMfaSetUp(service, {}, person.token);
  expect(anew).toMatchObject({ problems: ['input MFA_ALREADY_ENABLED'], secret: null, qrCodeSvg: null });
  expect(await rowsOf(service, 'user_totp')).toEqual(before);
  expect(await recoveryCodesLeft(person.token)).toBe(10);
});

test('of ten confirmations at once on two instances one is taken', async () => {
  const person = await buildPerson(service, acme, 'viewer');
  const { secret } = await startMfaSetUp(service, {}, person.token);
  const code = codeOf(service, secret);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      confirmMfaSetUp(index % 2 ? service : other, { code }, person.token),
    ),
  );
  expect(answers.filter(({ recoveryCodes }) => recoveryCodes !== null)).toHaveLength(1);
  expect(await recoveryCodesLeft(person.token)).toBe(10);
  expect(await auditOf(person)).toHaveLength(1);
});

test('confirming what was never started is refused', async () => {
  const { token } = await buildPerson(service, acme, 'viewer');
  expect((await confirmMfaSetUp(service, { code: '123456' }, token)).problems).toEqual([
    'input.code INVALID_MFA_CODE',
  ]);
});

test('asks for the password before it shows a secret, and leaves what was begun alone without it', async () => {
  const person = await buildPerson(service, acme, 'viewer');
  const { secret } = await startMfaSetUp(service, {}, person.token);
  for (const [password, problem] of [
    ['Wrong-Horse', 'WRONG_PASSWORD'],
    ['', 'REQUIRED'],
    [' ', 'REQUIRED'],
    [null, 'REQUIRED'],
    [undefined, 'REQUIRED'],
  ]) {
    const refused = await startMfaSetUp(service, { password }, person.token);
    expect(refused).toMatchObject({
      problems: [`input.password ${problem}`],
      secret: null,
      otpauthUri: null,
      qrCodeSvg: null,
    });
  }
  const confirmed = await confirmMfaSetUp(service, { code: codeOf(service, secret) }, person.token);
  expect(confirmed.problems).toEqual([]);
});

test('needs someone who is signed in', async () => {
  for (const mutation of [
    'startMfaSetUp(input: {}) { secret }',
    'startMfaSetUp(input: { challengeToken: null }) { secret }',
    'startMfaSetUp(input: { password: "Correct-Horse" }) { secret }',
    'confirmMfaSetUp(input: { code: "123456" }) { recoveryCodes }',
  ]) {
    const { errors } = await service.graphql(`mutation { ${mutation} }`);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  }
});

describe('while time stands still', () => {
  beforeAll(() => service.stopClock());

  test('wrong passwords, twenty at once, are counted and block the right one, as when signing in', async () => {
    const person = await buildPerson(service, acme, 'viewer');
    const wrong = { password: 'Wrong-Horse' };
    await Promise.all(Array.from({ length: 20 }, () => startMfaSetUp(service, wrong, person.token)));
    expect(await failedAttemptsOf(service, person)).toEqual([FREE_ATTEMPTS]);
    const { problems } = await startMfaSetUp(service, {}, person.token);
    expect(problems).toEqual(['input.password WRONG_PASSWORD']);
    service.advance(1000);
    expect((await startMfaSetUp(service, {}, person.token)).problems).toEqual([]);
  });

  test('wrong codes for a secret that was begun are counted and block the right one', async () => {
    const person = await buildPerson(service, acme, 'viewer');
    const { secret } = await startMfaSetUp(service, {}, person.token);
    const code = wrongCode(service, secret);
    await Promise.all(Array.from({ length: 20 }, () => confirmMfaSetUp(service, { code }, person.token)));
    expect(await failedAttemptsOf(service, person)).toEqual([FREE_CODES]);
    const confirm = () => confirmMfaSetUp(service, { code: codeOf(service, secret) }, person.token);
    expect((await confirm()).problems).toEqual(['input.code INVALID_MFA_CODE']);
    service.advance(1000);
    expect((await confirm()).problems).toEqual([]);
  });
});
