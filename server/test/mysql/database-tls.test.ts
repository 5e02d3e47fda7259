import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { explainFailure } from '../../src/config/explain-failure';
import { openDatabase } from '../../src/database/database';
import { select } from '../../src/database/sql';
import { entities } from '../../src/entities';
import { makeCertificates, type Certificates } from './certificates';
import { isMysql, startPrivateDatabase } from './private-database';
import type { PrivateServer } from './private-server';

jest.setTimeout(180_000);

/** Two servers with TLS, which differ in whom their certificate is for, and one without. */
type Kind = 'named' | 'addressed' | 'plain';
const NAMES = { named: 'DNS:localhost', addressed: 'IP:127.0.0.1' } as const;

const servers = {} as Record<Kind, PrivateServer>;
const certificates = {} as Record<'named' | 'addressed', Certificates>;
const root = process.env.TEST_MYSQLD_ROOT ?? '';
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(root ? `${root}/tmp` : tmpdir(), 'rolecall-tls-'));
  const seen = root ? join('/tmp', basename(folder)) : folder;
  for (const kind of ['named', 'addressed'] as const) {
    certificates[kind] = makeCertificates(join(folder, kind), NAMES[kind], join(seen, kind));
    servers[kind] = await startPrivateDatabase(certificates[kind].options);
  }
  servers.plain = await startPrivateDatabase([isMysql ? '--tls-version=' : '--skip-ssl']);
  for (const server of Object.values(servers)) {
    const connection = await createConnection(server.url);
    await connection.query('CREATE DATABASE secured');
    await connection.query("CREATE USER app IDENTIFIED BY 'Secret-1'");
    await connection.query('GRANT ALL PRIVILEGES ON secured.* TO app');
    await connection.end();
  }
});
afterAll(async () => {
  for (const server of Object.values(servers)) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The name of the cipher, empty without TLS; or what the operator is told. */
async function outcome(kind: Kind, host: string, parameters: string): Promise<string> {
  const url = new URL(`/secured?${parameters}`, servers[kind].url);
  Object.assign(url, { hostname: host, username: 'app', password: 'Secret-1' });
  try {
    const database = await openDatabase({ engine: 'mysql', url: url.href }, entities);
    const [row] = await select<{ Value: string }>(database.reader, "SHOW STATUS LIKE 'Ssl_cipher'", []);
    await database.close();
    return row!.Value;
  } catch (error) {
    return explainFailure(error);
  }
}

const CIPHER = /^[A-Z0-9_-]{10,}$/;
const refused = (reason: string) =>
  new RegExp(`^The database of DATABASE_URL cannot be opened: .*(?:${reason}).*\\.$`);
const UNKNOWN = refused('self-signed certificate|unable to (?:verify|get)');
const FOR_OTHERS = refused('does not match certificate');

test.each<[Kind, string, string, RegExp]>([
  ['named', 'localhost', 'ssl=true&sslca=CA', CIPHER],
  ['named', 'localhost', 'sslmode=verify-full&sslrootcert=CA', CIPHER],
  ['named', 'localhost', 'sslca=CA', CIPHER],
  ['named', '127.0.0.1', 'sslmode=verify-ca&sslca=CA', CIPHER],
  ['named', '127.0.0.1', 'sslmode=no-verify', CIPHER],
  ['addressed', '127.0.0.1', 'ssl=true&sslca=CA', CIPHER],
  ['named', '127.0.0.1', 'ssl=true&sslca=CA', FOR_OTHERS],
  ['named', '127.0.0.1', 'sslmode=require&sslca=CA', FOR_OTHERS],
  ['addressed', 'localhost', 'ssl=true&sslca=CA', FOR_OTHERS],
  ['named', 'localhost', 'ssl=true', UNKNOWN],
  ['named', 'localhost', 'sslmode=require', UNKNOWN],
  ['named', 'localhost', 'sslmode=verify-ca', UNKNOWN],
  ['named', 'localhost', 'ssl=true&sslca=OTHER', UNKNOWN],
  ['named', '127.0.0.1', 'sslmode=verify-ca&sslca=OTHER', UNKNOWN],
  ['plain', 'localhost', 'ssl=true', refused('does not support secure connection')],
  ['plain', 'localhost', 'sslmode=no-verify', refused('does not support secure connection')],
  ['plain', 'localhost', 'ssl=false', /^$/],
])('the server %s at %s with %s', async (kind, host, parameters, expected) => {
  const { authority, otherAuthority } = certificates[kind === 'plain' ? 'named' : kind];
  const given = parameters.replace('CA', authority).replace('OTHER', otherAuthority);
  expect(await outcome(kind, host, given)).toMatch(expected);
});
