import { resolve } from 'node:path';
import { z } from 'zod';
import { DatabaseUrlProblem, parseDatabaseServer } from './database-server';

export type DatabaseLocation =
  | { readonly engine: 'sqlite'; readonly file: string }
  | {
      readonly engine: 'mysql';
      readonly url: string;
      /** So many connections at most; 20 by default. */
      readonly poolSize?: number;
    };

/** What is wrong is told, but the URL is not repeated: it may hold a password. */
export const databaseUrl = z.string().transform((text, { issues }): DatabaseLocation => {
  try {
    return parseDatabaseUrl(text);
  } catch (error) {
    if (!(error instanceof DatabaseUrlProblem)) throw error;
    issues.push({ code: 'custom', message: error.message, input: text });
    return z.NEVER;
  }
});

function parseDatabaseUrl(text: string): DatabaseLocation {
  const sqlite = /^sqlite:(.+)$/.exec(text);
  if (!sqlite?.[1]) {
    parseDatabaseServer(text);
    return { engine: 'mysql', url: text };
  }
  const file = sqlite[1].replace(/^\/\/(?=[./])/, '');
  if (file.includes('?')) throw new DatabaseUrlProblem('has parameters, which an embedded file has none of.');
  return { engine: 'sqlite', file: resolve(file) };
}
