import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { databaseUrl } from '../src/config/database-url';
import { parseDatabaseServer } from '../src/config/database-server';

const BASE = 'mysql://root:hunter2@db.example:3307/users';
const PEM = '-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n';

let folder: string;
let ca: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rolecall-url-'));
  ca = join(folder, 'ca.pem');
  writeFileSync(ca, PEM);
  writeFileSync(join(folder, 'key.pem'), 'no certificate');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const problemOf = (url: string) => databaseUrl.safeParse(url).error?.issues[0]?.message;
const tlsOf = (parameters: string) => parseDatabaseServer(`${BASE}?${parameters}`).tls;

test('a URL says where the server is, and codes in it stand for what they mean', () => {
  expect(parseDatabaseServer(BASE)).toEqual({
    host: 'db.example',
    port: 3307,
    username: 'root',
    password: 'hunter2',
    database: 'users',
    tls: null,
  });
  expect(parseDatabaseServer('mariadb://a%40b:%2F%3F%23%25@[::1]/my%20users')).toMatchObject({
    host: '::1',
    port: 3306,
    username: 'a@b',
    password: '/?#%',
    database: 'my users',
  });
});

const VERIFIED = { rejectUnauthorized: true, verifyIdentity: true };
const CHAIN_ONLY = { rejectUnauthorized: true, verifyIdentity: false };
const UNVERIFIED = { rejectUnauthorized: false, verifyIdentity: false };

test.each([
  ['ssl=true', VERIFIED],
  ['sslmode=require', VERIFIED],
  ['sslmode=REQUIRED', VERIFIED],
  ['sslmode=verify-full', VERIFIED],
  ['ssl-mode=VERIFY_IDENTITY', VERIFIED],
  ['ssl=true&sslmode=verify-ca', CHAIN_ONLY],
  ['ssl-mode=VERIFY_CA', CHAIN_ONLY],
  ['sslmode=no-verify', UNVERIFIED],
  ['ssl=false', null],
  ['sslmode=disable', null],
  ['ssl-mode=DISABLED', null],
  ['ssl=false&sslmode=disable', null],
])('%s', (parameters, tls) => {
  expect(problemOf(`${BASE}?${parameters}`)).toBeUndefined();
  expect(tlsOf(parameters)).toEqual(tls);
});

test.each(['sslca', 'ssl-ca', 'sslrootcert'])('%s asks for TLS, and brings the authorities', (name) => {
  expect(tlsOf(`${name}=${ca}`)).toEqual({ ...VERIFIED, ca: PEM });
  expect(tlsOf(`ssl=true&${name}=${ca}`)).toEqual({ ...VERIFIED, ca: PEM });
  expect(tlsOf(`sslmode=verify-ca&${name}=${ca}`)).toEqual({ ...CHAIN_ONLY, ca: PEM });
});

test.each([
  ['charset=latin1', /the parameter "charset"/],
  ['timezone=local', /the parameter "timezone"/],
  ['multipleStatements=true', /the parameter "multipleStatements"/],
  ['flags=LOCAL_FILES', /the parameter "flags"/],
  ['SSL=true', /the parameter "SSL"/],
  ['ssl=true&x', /the parameter "x"/],
  ['tls=true', /the parameter "tls"/],
  ['ssl=1', /an ssl that is neither true nor false/],
  ['ssl=', /an ssl that is neither true nor false/],
  ['ssl={"rejectUnauthorized":false}', /an ssl that is neither true nor false/],
  ['sslmode=prefer', /an sslmode that is none of/],
  ['sslmode=PREFERRED', /an sslmode that is none of/],
  ['sslmode=constructor', /an sslmode that is none of/],
  ['sslmode=', /an sslmode that is none of/],
  ['ssl=true&ssl=false', /gives ssl twice/],
  ['sslmode=require&ssl-mode=disabled', /gives sslmode twice/],
  ['ssl=false&sslmode=require', /another thing than in sslmode/],
  ['ssl=true&sslmode=disable', /another thing than in sslmode/],
  ['sslca=/nowhere/ca.pem', /cannot be read as certificates in PEM: \/nowhere\/ca\.pem/],
  ['sslca=', /cannot be read as certificates/],
  ['ssl=false&sslca=/x', /verifies nothing/],
  ['sslmode=no-verify&sslca=/x', /verifies nothing/],
  ['ssl=true#x', /has a #/],
])('refuses %s in one sentence without the password', (parameters, problem) => {
  const told = problemOf(`${BASE}?${parameters}`);
  expect(told).toMatch(problem);
  expect(told).not.toContain('hunter2');
});

test('refuses a file that holds no certificate', () => {
  expect(problemOf(`${BASE}?sslca=${join(folder, 'key.pem')}`)).toMatch(/cannot be read as certificates/);
});

test.each(['mysql://root:hunter2%@db.example/users', 'mysql://root:hunter2@db.example/%E0%A4%A'])(
  'refuses the code that stands for nothing in %s',
  (url) => {
    expect(problemOf(url)).toMatch(/%25/);
  },
);

test('an embedded file has no parameters', () => {
  expect(databaseUrl.parse('sqlite:./data/x.db')).toEqual({ engine: 'sqlite', file: resolve('data/x.db') });
  expect(problemOf('sqlite:./data/x.db?mode=ro')).toMatch(/parameters, which an embedded file has none of/);
});
