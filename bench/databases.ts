import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { DatabaseLocation } from '../server/src/config/database-url';
import { startPrivateMariadb } from '../server/test/mysql/private-mariadb';

export interface BenchDatabase {
  readonly engine: 'sqlite' | 'mariadb';
  /** As DATABASE_URL. */
  readonly url: string;
  readonly location: DatabaseLocation;
  /** An empty folder that is removed afterwards. */
  readonly folder: string;
}

/** Measures on a new SQLite file, then on a MariaDB server of its own. */
export async function onEachEngine(measure: (database: BenchDatabase) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  try {
    const file = join(folder, 'bench.db');
    await measure({ engine: 'sqlite', url: `sqlite:${file}`, location: { engine: 'sqlite', file }, folder });
    const server = await startPrivateMariadb();
    try {
      const connection = await createConnection(server.url);
      await connection.query('CREATE DATABASE bench');
      await connection.end();
      const { href: url } = new URL('/bench', server.url);
      await measure({ engine: 'mariadb', url, location: { engine: 'mysql', url }, folder });
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
