import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The floors of the server, from the lowest up. A folder (or loose file) of server/src may import from lower
 * floors, and not from its own floor or a higher one, so that no two folders depend on each other.
 */
export const serverFloors = [
  ['error-catalogue'],
  ['errors'],
  ['access', 'background', 'crypto', 'global-id', 'validation'],
  ['config'],
  ['database'],
  ['request'],
  ['idempotency', 'organizations', 'one-time-token'],
  ['audit', 'mail', 'roles'],
  ['users'],
  ['sessions'],
  ['mfa', 'passwords'],
  ['throttle'],
  ['invitations', 'organization-management', 'role-management', 'sign-in'],
  ['account', 'audit-log', 'password-reset', 'user-management'],
  ['entities', 'http'],
  ['demo', 'graphql'],
  ['app', 'cli'],
  ['main'],
];

/** What may stand in server/src outside of a folder. */
const LOOSE_FILES = ['app.ts', 'entities.ts', 'errors.ts', 'main.ts'];

const serverPath = (name) => `./server/src/${LOOSE_FILES.includes(`${name}.ts`) ? `${name}.ts` : name}`;

const serverZones = serverFloors.flatMap((names, floor) =>
  names
    .map((name) => ({
      target: serverPath(name),
      from: [...names.filter((other) => other !== name), ...serverFloors.slice(floor + 1).flat()].map(
        serverPath,
      ),
      message: 'Imports point down: see the floors in lint/import-directions.mjs.',
    }))
    // The highest floor has nothing above it.
    .filter(({ from }) => from.length > 0),
);

const migrationZone = {
  target: './server/src/database/migrations',
  from: './server/src',
  except: ['./database/migrations'],
  message:
    'A migration must keep its meaning when the code changes: it imports only typeorm and its own folder.',
};

const clientSource = fileURLToPath(new URL('../client/src', import.meta.url));
const shared = ['ui', 'api'];
/** What several pages need and is more than ui, because it knows the API or the session. */
export const features = ['form', 'passwords', 'mfa', 'audit-events'];
const entryFiles = ['main.ts', 'App.svelte', 'routes.ts'].map((file) => `./client/src/${file}`);

/** Every other folder is a page. */
export const pages = readdirSync(clientSource, { withFileTypes: true })
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
    from: './client/src',
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
  {
    target: ['./server/src', './client/src'],
    from: ['./server/test', './client/e2e', './bench'],
    message: 'The product knows nothing of its tests and benchmarks.',
  },
];

export const zones = [...serverZones, migrationZone, ...clientZones, ...apartZones];

/** Refuses what stands in server/src without a floor: a folder that is not in the list, a file beside the folders. */
export function refuseStrangers(serverSource) {
  const known = new Set(serverFloors.flat());
  const strangers = readdirSync(serverSource, { withFileTypes: true })
    .filter((entry) => !(entry.isDirectory() ? known.has(entry.name) : LOOSE_FILES.includes(entry.name)))
    .map(({ name }) => name);
  if (strangers.length === 0) return;
  throw new Error(
    `${strangers.join(', ')}: a folder of server/src needs a floor in lint/import-directions.mjs, and a file a folder.`,
  );
}

refuseStrangers(fileURLToPath(new URL('../server/src', import.meta.url)));
