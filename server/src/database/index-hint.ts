import type { Engine } from './database';

/**
 * Goes behind a table in FROM, where only one index reads a page in order. Left alone, MariaDB takes an
 * index by its first column alone and walks from its end to where the page begins, and SQLite guesses.
 */
export function indexHint(engine: Engine, index: string): string {
  return engine === 'sqlite' ? `INDEXED BY ${index}` : `FORCE INDEX (${index})`;
}
