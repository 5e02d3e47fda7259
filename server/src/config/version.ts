import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of this service (SemVer), from the package.json beside the sources and the built files. */
export function readVersion(): string {
  const file = join(__dirname, '../../../package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
