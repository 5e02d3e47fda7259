import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** What the service keeps in its data folder. */
const OURS = ['secret', 'mail'];

/**
 * Lets nobody but the owner of the process read the database, which holds names, addresses and hashes: neither the
 * file nor what SQLite puts beside it, which gets the same mode. A folder of our own is closed as well; one with
 * other things in it is left to whoever made it.
 */
export function closeToOthers(file: string): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  for (const each of [file, `${file}-wal`, `${file}-shm`]) restrict(each, 0o600);
  const isOurs = readdirSync(folder).every((name) => OURS.includes(name) || name.startsWith(basename(file)));
  if (isOurs) restrict(folder, 0o700);
}

/** Only takes rights away, and not from what belongs to somebody else. */
function restrict(path: string, mode: number): void {
  if (!existsSync(path)) return;
  const { mode: present, uid } = statSync(path);
  const isOwner = process.getuid === undefined || process.getuid() === uid;
  if (isOwner && (present & 0o777 & ~mode) !== 0) chmodSync(path, present & mode);
}
