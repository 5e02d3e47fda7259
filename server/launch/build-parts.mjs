import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './child-process.mjs';

/** What is built from what. A part without inputs is written into the repository, and only when asked. */
const parts = {
  server: {
    command: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
    inputs: ['server/src', 'tsconfig.json', 'tsconfig.build.json'],
    output: 'dist/server/main.js',
  },
  schema: { command: ['dist/server/print-schema.js'] },
  types: { command: ['node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.yml'] },
  client: {
    command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'client/vite.config.mts'],
    inputs: [
      'client/src',
      'client/public',
      'client/index.html',
      'client/vite.config.mts',
      'client/tsconfig.json',
    ],
    output: 'dist/client/index.html',
  },
  graphiql: {
    command: ['client/graphiql/copy.mjs'],
    inputs: ['client/graphiql'],
    output: 'dist/client/graphiql/index.html',
  },
};

/** Builds one part, or all of them in the order in which they need each other. */
export async function buildAnew(name) {
  for (const part of name ? [name] : Object.keys(parts)) await build(part);
}

/** Builds the parts of a running service whose sources changed since the last build. */
export async function buildChanged() {
  await Promise.all([
    buildIfChanged('server'),
    // The client's build empties its folder, with GraphiQL in it.
    buildIfChanged('client').then(() => buildIfChanged('graphiql')),
  ]);
}

/** Makes the next start build this part, whatever it finds. */
export function forgetBuild(name) {
  rmSync(stampOf(name), { force: true });
}

async function buildIfChanged(name) {
  const { inputs, output } = parts[name];
  if (existsSync(output) && readStamp(name) === fingerprint(inputs)) return;
  await build(name);
}

async function build(name) {
  const { command, inputs, output } = parts[name];
  const stamp = inputs && fingerprint(inputs);
  forgetBuild(name);
  if (output) rmSync(dirname(output), { recursive: true, force: true });

  const started = Date.now();
  // A NODE_ENV of the shell must not put a development build of Svelte into the page.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { code, output: text } = await run(process.execPath, command, { quiet: true, env });
  if (code !== 0) {
    console.error(`${text}\nBuilding ${name} failed.`);
    process.exit(1);
  }
  console.log(`Built ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (stamp) writeStamp(name, stamp);
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
