import type { Engine } from './database';

/**
 * The hint to put after a table in FROM where only one index reads a page in order. Without it MariaDB uses
 * just the first column of an index and scans from its end to where the page begins, and SQLite
 * may choose another index.
 */
export function indexHint(engine: Engine, index: string): string {
  return engine === 'sqlite' ? `INDEXED BY ${index}` : `FORCE INDEX (${index})`;
}
