import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseLocation } from '../../src/config/database-url';
import { createDatabase } from '../harness';

const drops: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const drop of drops) await drop();
});

/** A database that stays when the services that use it are stopped and started anew. */
export async function sharedDatabase(): Promise<DatabaseLocation> {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-mail-'));
  const { location, drop } = await createDatabase(folder);
  drops.push(async () => {
    await drop();
    rmSync(folder, { recursive: true, force: true });
  });
  return location;
}
