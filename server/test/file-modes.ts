import { statSync } from 'node:fs';

/** The permissions on a file of everyone but its owner; Windows has none of these. */
export function openToOthers(file: string): number {
  return process.platform === 'win32' ? 0 : statSync(file).mode & 0o077;
}
