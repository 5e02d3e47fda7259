import { createHmac, type KeyObject } from 'node:crypto';
import { decode, sign, type JwtPayload } from 'jsonwebtoken';
import { deriveKeys } from '../src/crypto/secret-keys';
import { buildOrganization, buildUser, signIn, type BuiltOrganization, type Tokens } from './builders';
import { rowsOf } from './stored-rows';
import { startService, TEST_SECRET, type TestService } from './harness';

const KEY = deriveKeys(TEST_SECRET).accessToken;

let service: TestService;
let acme: BuiltOrganization;
let tokens: Tokens;
let claims: JwtPayload;

beforeAll(async () => {
  service = await startService();
  acme = await buildOrganization(service);
  tokens = await signIn(service, await buildUser(service, acme, { role: 'administrator' }));
  claims = decode(tokens.accessToken) as JwtPayload;
});

const header = { alg: 'HS256', typ: 'at+jwt' };
const forge = (changed: Record<string, unknown>, key: KeyObject | Buffer = KEY, head: object = header) => {
  const payload = Object.fromEntries(
    Object.entries({ ...claims, ...changed }).filter(([, value]) => value !== undefined),
  );
  const content = [{ ...header, ...head }, payload].map(encode).join('.');
  // By hand, because jsonwebtoken refuses to write claims of odd types.
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
};
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

async function codeWith(authorization: string): Promise<string> {
  const { errors } = await service.graphql(
    '{ users(first: 1) { nodes { id } } }',
    {},
    { headers: { authorization } },
  );
  return errors?.[0]?.extensions.code ?? 'OK';
}

test('the token is our own, short-lived and carries ids and the mark of its session only', () => {
  const { iat, exp, ...rest } = claims;
  expect(exp! - iat!).toBe(600);
  expect(Object.keys(rest).sort()).toEqual(['aud', 'iss', 'ses', 'sid', 'sub']);
});

test('the forged tokens of these tests are good when nothing is changed', async () => {
  expect(await codeWith(`Bearer ${forge({})}`)).toBe('OK');
});

/** What JavaScript takes for the number or the text, and we do not write. */
const ODD_TYPES: Record<string, (text: string) => unknown> = {
  'a number': Number,
  'a list': (text) => [text],
  'a list in a list': (text) => [[text]],
  'an object': (text) => ({ toString: text }),
  true: () => true,
  null: () => null,
};

const seconds = () => Math.floor(Date.now() / 1000);
const forgeries: Record<string, () => string> = {
  'signed with another secret': () => forge({}, deriveKeys(`${TEST_SECRET}!`).accessToken),
  'signed with the SECRET itself': () => forge({}, Buffer.from(TEST_SECRET)),
  'signed with the key of refresh tokens': () => forge({}, deriveKeys(TEST_SECRET).refreshToken),
  'alg none': () => `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`,
  'alg None': () => `${encode({ ...header, alg: 'None' })}.${encode(claims)}.`,
  'alg none with the old signature': () =>
    [encode({ ...header, alg: 'none' }), ...tokens.accessToken.split('.').slice(1)].join('.'),
  'alg HS512': () => sign(claims, KEY, { algorithm: 'HS512', header: { alg: 'HS512', typ: 'at+jwt' } }),
  'another audience': () => forge({ aud: 'another-api' }),
  'no audience': () => forge({ aud: undefined }),
  'another issuer': () => forge({ iss: 'someone' }),
  'no issuer': () => forge({ iss: undefined }),
  'another type': () => forge({}, KEY, { typ: 'JWT' }),
  'no type': () => forge({}, KEY, { typ: undefined }),
  'no exp': () => forge({ exp: undefined }),
  'exp in the past': () => forge({ iat: seconds() - 700, exp: seconds() - 100 }),
  'exp far away with an old iat': () => forge({ iat: seconds() - 700, exp: seconds() + 99_999 }),
  'no iat': () => `${[header, { ...claims, iat: undefined }].map(encode).join('.')}.x`,
  'a user id of another user': () => forge({ sub: '999999' }),
  'a session id of nobody': () => forge({ sid: '999999' }),
  'no session': () => forge({ sid: undefined }),
  'a session that is no number': () => forge({ sid: '1 OR 1=1' }),
  'the mark of another session': () => forge({ ses: 'x'.repeat(22) }),
  'no mark of a session': () => forge({ ses: undefined }),
  ...Object.fromEntries(
    ['sub', 'sid', 'ses'].flatMap((claim) =>
      Object.entries(ODD_TYPES).map(([what, make]) => [
        `${claim} as ${what}`,
        () => forge({ [claim]: make(claims[claim] as string) }),
      ]),
    ),
  ),
  'sub with a plus': () => forge({ sub: `+${claims.sub}` }),
  'sub with a zero before it': () => forge({ sub: `0${claims.sub}` }),
  'sub in hexadecimal': () => forge({ sub: `0x${Number(claims.sub).toString(16)}` }),
  'sid with blanks': () => forge({ sid: ` ${claims.sid} ` }),
  'sid with an exponent': () => forge({ sid: `${claims.sid}e0` }),
  'several audiences': () => forge({ aud: [claims.aud, 'another-api'] }),
  'a list of issuers': () => forge({ iss: [claims.iss] }),
  'a lifetime of its own': () => forge({ exp: claims.exp! + 1 }),
  'a fraction of a second': () => forge({ iat: claims.iat! + 0.5, exp: claims.exp! + 0.5 }),
  'a payload changed after signing': () => {
    const [head, , signature] = tokens.accessToken.split('.');
    return [head, encode({ ...claims, exp: seconds() + 333 }), signature].join('.');
  },
  'no signature': () => tokens.accessToken.replace(/[^.]+$/, ''),
  'a refresh token': () => tokens.refreshToken,
  empty: () => '',
  nonsense: () => 'nonsense',
};

test.each(Object.entries(forgeries))('refuses a token: %s', async (_what, make) => {
  expect(await codeWith(`Bearer ${make()}`)).toBe('UNAUTHENTICATED');
});

test.each(['Basic', 'Token', ''])('refuses a good token under the scheme "%s"', async (scheme) => {
  expect(await codeWith(`${scheme} ${tokens.accessToken}`.trim())).toBe('UNAUTHENTICATED');
});

test('with a refused token the viewer is null, as without one', async () => {
  const anonymous = await service.graphql('{ viewer { permissions } }');
  const refused = await service.graphql('{ viewer { permissions } }', {}, { token: 'nonsense' });
  expect(anonymous.data).toEqual({ viewer: null });
  expect(anonymous.errors).toBeUndefined();
  expect(refused.data).toEqual({ viewer: null });
});

test('a token expires after ten minutes', async () => {
  const other = await startService();
  const organization = await buildOrganization(other);
  const { accessToken } = await signIn(other, await buildUser(other, organization, { role: 'viewer' }));
  const read = () => other.graphql('{ users { nodes { id } } }', {}, { token: accessToken });
  other.advance(590_000);
  expect((await read()).errors).toBeUndefined();
  other.advance(11_000);
  expect((await read()).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  await other.stop();
});

test('after the restore of a backup a token does not pass for the session that then has its ids', async () => {
  const other = await startService();
  const organization = await buildOrganization(other);
  const lost = await signIn(other, await buildUser(other, organization, { role: 'administrator' }));
  const { writer } = other.app.database;
  // What a restored backup leaves: the next sign-in gets the same number of user and session again.
  const [session] = await rowsOf(other, 'session');
  await writer.query('UPDATE session SET refresh_seed = ? WHERE id = ?', ['0'.repeat(32), session!.id]);
  const { errors } = await other.graphql('{ users { nodes { id } } }', {}, { token: lost.accessToken });
  expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  const renewed = await other.graphql(
    'mutation ($token: String!) { refreshSession(input: { refreshToken: $token }) { userErrors { code } } }',
    { token: lost.refreshToken },
  );
  expect(renewed.data.refreshSession.userErrors).toEqual([
    expect.objectContaining({ code: 'INVALID_REFRESH_TOKEN' }),
  ]);
});
