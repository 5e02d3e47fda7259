import { resolve } from 'node:path';
import { parsedBy } from './variable-kinds';

export type DatabaseLocation =
  { readonly engine: 'sqlite'; readonly file: string } | { readonly engine: 'mysql'; readonly url: string };

/** What is wrong is not repeated: it may hold a password. */
export const databaseUrl = parsedBy(
  parseDatabaseUrl,
  () => 'must look like sqlite:./data/rolecall.db or mysql://user:password@host:3306/database.',
);

function parseDatabaseUrl(text: string): DatabaseLocation | null {
  const sqlite = /^sqlite:(.+)$/.exec(text);
  if (sqlite?.[1]) return { engine: 'sqlite', file: resolve(sqlite[1].replace(/^\/\/(?=[./])/, '')) };

  const url = URL.canParse(text) ? new URL(text) : null;
  const isServer = url && /^(mysql|mariadb):$/.test(url.protocol) && url.hostname && url.pathname.length > 1;
  return isServer ? { engine: 'mysql', url: text } : null;
}
