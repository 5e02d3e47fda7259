import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './child-process.mjs';

/** What is built from what. A part without inputs is written into the repository, and only when asked. */
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
    ],
    inputs: [
      'client/src',
      'client/public',
      'client/graphiql',
      'client/index.html',
      'client/vite.config.mts',
      'client/tsconfig.json',
    ],
    folder: 'dist/client',
  },
};

/** Builds one part, or all of them in the order in which they need each other. */
export async function buildAnew(name) {
  for (const part of name ? [name] : Object.keys(parts)) await build(part);
}

/** Builds the parts of a running service whose sources changed since the last build. */
export async function buildChanged() {
  await Promise.all(['server', 'client'].map(buildIfChanged));
}

/** Makes the next start build this part, whatever it finds. */
export function forgetBuild(name) {
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
  forgetBuild(name);
  if (folder) rmSync(folder, { recursive: true, force: true });

  const started = Date.now();
  for (const command of commands) await runOrExit(name, command);
  console.log(`Built ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (stamp) writeStamp(name, stamp);
}

async function runOrExit(name, command) {
  // A NODE_ENV of the shell must not put a development build of Svelte into the page.
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
