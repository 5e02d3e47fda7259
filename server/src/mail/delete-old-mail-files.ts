import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isMailFile, timeInName } from './file-transport';

/**
 * Deletes the mails that were written to files before this time.
 * @param folder may be missing, as it is where mails were always sent
 * @returns how many
 */
export async function deleteOldMailFiles(
  folder: string,
  before: Date,
  stopping: AbortSignal,
): Promise<number> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  // The names begin with the time, and what else somebody keeps in the folder is not ours.
  const old = names.filter((name) => isMailFile(name) && name < timeInName(before));
  let deleted = 0;
  for (const name of old) {
    if (stopping.aborted) break;
    await rm(join(folder, name), { force: true });
    deleted += 1;
  }
  return deleted;
}
