import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './child-process.mjs';

/** The inputs and the folder of each part. Parts without inputs are written into the repository, on request only. */
const parts = {
  server: {
    commands: [['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']],
    inputs: ['server/src', 'tsconfig.json', 'tsconfig.build.json'],
    folder: 'dist/server',
  },
  schema: {
    commands: ['schema', 'permissions', 'errors'].map((name) => [`dist/server/graphql/print-${name}.js`]),
  },
  types: { commands: [['node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.yml']] },
  client: {
    commands: [
      ['node_modules/vite/bin/vite.js', 'build', '--config', 'client/vite.config.mts'],
      ['client/graphiql/copy.mjs'],
      ['server/launch/compress.mjs'],
    ],
    inputs: [
      'client/src',
      'client/public',
      'client/graphiql',
      'client/index.html',
      'server/launch/compress.mjs',
      'client/vite.config.mts',
      'client/tsconfig.json',
    ],
    folder: 'dist/client',
  },
};

/** Builds one part, or all of them in the order of their dependencies. */
export async function rebuild(name) {
  for (const part of name ? [name] : Object.keys(parts)) await build(part);
}

/** Builds those parts, by default all that the service needs at run time, whose sources changed since the last build. */
export async function buildChanged(names = ['server', 'client']) {
  await Promise.all(names.map(buildIfChanged));
}

/** Makes the next start build this part even if its sources have not changed. */
export function invalidateBuild(name) {
  rmSync(stampOf(name), { force: true });
}

async function buildIfChanged(name) {
  const { inputs, folder } = parts[name];
  if (existsSync(folder) && readStamp(name) === fingerprint(inputs)) return;
  await build(name);
}

async function build(name) {
  const { commands, inputs, folder } = parts[name];
  const stamp = inputs && fingerprint(inputs);
  invalidateBuild(name);
  if (folder) rmSync(folder, { recursive: true, force: true });

  const started = Date.now();
  for (const command of commands) await runOrExit(name, command);
  console.log(`Built ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (stamp) writeStamp(name, stamp);
}

async function runOrExit(name, command) {
  // Set, because with a NODE_ENV from the shell the page could get the development build of Svelte.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { code, output } = await run(process.execPath, command, { quiet: true, env });
  if (code === 0) return;
  console.error(`${output}\nBuilding ${name} failed.`);
  process.exit(1);
}

function fingerprint(inputs) {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', ...inputs.flatMap(filesBelow)]) {
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((entry) => filesBelow(join(path, entry)));
}

const stampOf = (name) => `dist/.built-from/${name}`;

function readStamp(name) {
  return existsSync(stampOf(name)) ? readFileSync(stampOf(name), 'utf8') : '';
}

function writeStamp(name, stamp) {
  mkdirSync(dirname(stampOf(name)), { recursive: true });
  writeFileSync(stampOf(name), stamp);
}
