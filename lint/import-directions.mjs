import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The way of the imports on the server: a name may import what stands in its own line or above it, never what
 * stands below. A name is a folder or a file of server/src.
 */
const serverOrder = [
  ['errors', 'input-errors', 'mail-config'],
  [
    'configuration-error',
    'database',
    'access',
    'input-rules',
    'area-config',
    'secret-file',
    'config',
    'explain-failure',
  ],
  ['audit', 'mail', 'one-time-token', 'organizations'],
  ['roles'],
  ['users', 'sessions'],
  ['sign-in', 'api-tokens', 'role-management'],
  ['account', 'password-reset', 'audit-log'],
  [
    'entities',
    'mutation-payloads',
    'schema',
    'context',
    'http',
    'housekeeping',
    'demo',
    'app',
    'cli',
    'print-schema',
    'print-permissions',
    'main',
  ],
];

const serverPaths = (names) => names.flatMap((name) => [`./server/src/${name}`, `./server/src/${name}.ts`]);

const serverZones = serverOrder.slice(0, -1).map((names, line) => ({
  target: serverPaths(names),
  from: serverPaths(serverOrder.slice(line + 1).flat()),
  message: 'Imports point one way: see the order in lint/import-directions.mjs.',
}));

const migrationZone = {
  target: './server/src/database/migrations',
  from: './server/src',
  except: ['./database/migrations', './database/table-columns.ts'],
  message:
    'A migration must keep its meaning when the code changes: it imports only typeorm and table-columns.',
};

const clientSource = fileURLToPath(new URL('../client/src', import.meta.url));
const shared = ['ui', 'api'];
/** What several pages need and is more than ui, because it talks to the API. */
const features = ['passwords', 'second-factor', 'audit-events'];
const entryFiles = ['main.ts', 'App.svelte', 'routes.ts'].map((file) => `./client/src/${file}`);

/** Every other folder is a page. */
const pages = readdirSync(clientSource, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && ![...shared, ...features].includes(entry.name))
  .map((entry) => entry.name);
const pagePaths = pages.map((page) => `./client/src/${page}`);
const featurePaths = features.map((feature) => `./client/src/${feature}`);

const clientZones = [
  ...pages.map((page) => ({
    target: `./client/src/${page}`,
    from: [...pagePaths.filter((path) => path !== `./client/src/${page}`), ...entryFiles],
    message: 'A page imports features, ui, api and the session, never another page.',
  })),
  {
    target: featurePaths,
    from: [...pagePaths, ...entryFiles],
    message: 'Features serve the pages and know none of them.',
  },
  {
    target: './client/src/ui',
    from: '../client/src',
    except: ['./ui'],
    message: 'ui knows nothing of the rest of the client.',
  },
  {
    target: ['./client/src/api', './client/src/session.svelte.ts'],
    from: ['./client/src/ui', ...featurePaths, ...pagePaths, ...entryFiles],
    message: 'api and the session stand below ui and the pages.',
  },
];

const apartZones = [
  { target: './server', from: './client', message: 'The server and the client share only schema.graphql.' },
  {
    target: './client',
    from: './server/src',
    message: 'The server and the client share only schema.graphql.',
  },
  { target: ['./server/src', '../client/src'], from: ['./server/test', './client/e2e', './bench'] },
];

export const zones = [...serverZones, migrationZone, ...clientZones, ...apartZones];

const known = new Set(serverOrder.flat());
const strangers = readdirSync(fileURLToPath(new URL('../server/src', import.meta.url)))
  .map((entry) => entry.replace(/\.ts$/, ''))
  .filter((name) => !known.has(name));
if (strangers.length > 0) {
  throw new Error(
    `Give ${strangers.join(', ')} a place in the order of imports in lint/import-directions.mjs.`,
  );
}
