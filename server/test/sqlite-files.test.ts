import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../src/database/database';
import { entities } from '../src/entities';
import { openToOthers } from './file-modes';

let parent: string;
let umask: number;

beforeEach(() => {
  umask = process.umask(0o000);
  parent = mkdtempSync(join(tmpdir(), 'rolecall-files-'));
});
afterEach(() => {
  process.umask(umask);
  rmSync(parent, { recursive: true, force: true });
});

async function open(folder: string): Promise<string[]> {
  const file = join(folder, 'rolecall.db');
  const database = await openDatabase({ engine: 'sqlite', file }, entities);
  const files = [file, `${file}-wal`, `${file}-shm`].filter((each) => existsSync(each));
  const open = files.filter((each) => openToOthers(each) !== 0);
  await database.close();
  expect(files.length).toBeGreaterThan(1);
  return open;
}

test('a new database and its folder are closed to others, whatever the umask is', async () => {
  const folder = join(parent, 'a', 'data');
  expect(await open(folder)).toEqual([]);
  expect(openToOthers(folder)).toBe(0);
});

test('a database and a folder that were open to others are closed', async () => {
  const folder = join(parent, 'data');
  mkdirSync(folder, { mode: 0o755 });
  await open(folder);
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'rolecall.db'), 0o644);
  writeFileSync(join(folder, 'secret'), '');
  expect(await open(folder)).toEqual([]);
  expect(openToOthers(folder)).toBe(0);
});

test('a folder with things of others in it keeps its mode; the database is closed', async () => {
  chmodSync(parent, 0o755);
  writeFileSync(join(parent, 'index.html'), '');
  expect(await open(parent)).toEqual([]);
  expect(openToOthers(parent)).toBe(0o055);
});
