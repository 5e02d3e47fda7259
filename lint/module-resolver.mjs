import { createNodeResolver } from 'eslint-plugin-import-x';
import { fileURLToPath } from 'node:url';

/** Finds the file that an import means, in the server and in the client. */
export const moduleResolver = createNodeResolver({
  extensions: ['.ts', '.mts', '.svelte.ts', '.svelte', '.mjs', '.js', '.json'],
  extensionAlias: { '.js': ['.ts', '.js'], '.svelte': ['.svelte', '.svelte.ts'] },
  alias: { $client: [fileURLToPath(new URL('../client/src', import.meta.url))] },
});
