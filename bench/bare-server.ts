import { createServer } from 'node:http';
import Sqlite from 'libsql';
import { createPool } from 'mysql2/promise';
import type { UserRow } from '../server/src/users/user-view';
import { PAGE_SQL, VIEWER_SQL } from './users-page';

type Run = (sql: string, parameters: number[]) => Promise<unknown[]> | unknown[];

/** The baseline: node:http, the same two statements, JSON.stringify; no GraphQL, no token, no framework. */
function start(databaseUrl: string): void {
  const run = databaseUrl.startsWith('sqlite:') ? sqlite(databaseUrl.slice(7)) : mysql(databaseUrl);
  const server = createServer((request, response) => {
    request.resume();
    void answer(run).then((body) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address) console.log(`http://127.0.0.1:${address.port}`);
  });
  process.on('SIGTERM', () => process.exit(0));
}

async function answer(run: Run): Promise<string> {
  await run(VIEWER_SQL, [1, 1]);
  const rows = (await run(PAGE_SQL, [1])) as UserRow[];
  const nodes = rows.slice(0, 50).map((row) => ({
    id: `user_${row.id}`,
    firstName: row.first_name,
    lastName: row.last_name,
    username: row.username,
    phone: row.phone,
    enabled: row.enabled !== 0,
    mfaEnabled: row.mfa_enabled !== 0,
    version: row.version,
    role: { id: `role_${row.role_id}`, name: row.role_name },
  }));
  return JSON.stringify({ data: { users: { nodes } } });
}

function sqlite(file: string): Run {
  const database = new Sqlite(file);
  const statements = new Map([VIEWER_SQL, PAGE_SQL].map((sql) => [sql, database.prepare(sql)]));
  return (sql, parameters) => statements.get(sql)!.all(...parameters);
}

function mysql(url: string): Run {
  const pool = createPool({ uri: url, connectionLimit: 20 });
  return async (sql, parameters) => (await pool.query(sql, parameters))[0] as unknown[];
}

start(process.argv[2]!);
