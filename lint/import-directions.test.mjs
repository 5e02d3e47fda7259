import { ESLint } from 'eslint';
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { features, pages, refuseStrangers, serverFloors, zones } from './import-directions.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const RULES = [
  'import-x/no-restricted-paths',
  'import-x/no-extraneous-dependencies',
  'no-restricted-properties',
  'no-restricted-imports',
];
// The rules as they stand in eslint.config.mjs. Without types, which a planted file would not have.
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [tseslint.configs.disableTypeChecked],
  ruleFilter: ({ ruleId }) => RULES.includes(ruleId),
});

/** What the rules say to each of these lines in a file that need not exist. */
async function complaints(file, lines) {
  const code = lines.join('\n');
  const text = file.endsWith('.svelte') ? `<script lang="ts">\n${code}\n</script>` : code;
  const [result] = await eslint.lintText(text, { filePath: join(root, file) });
  assert.deepEqual(
    result.messages.filter(({ fatal }) => fatal),
    [],
    file,
  );
  const first = file.endsWith('.svelte') ? 2 : 1;
  return lines.map((_, index) =>
    result.messages.filter(({ line }) => line === index + first).map(({ message }) => message),
  );
}

const isFile = (path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile();
const plantedIn = (path) => (isFile(path) ? path : join(path, 'planted.ts'));

/** A file that stands in a folder (or is it), other than those that a zone excepts. */
function sampleOf(path, excepted = []) {
  if (isFile(path)) return path;
  return readdirSync(join(root, path), { recursive: true })
    .map((file) => join(path, file))
    .filter((file) => /\.(ts|svelte)$/.test(file) && !file.endsWith('.test.ts'))
    .find((file) => !excepted.some((folder) => file.startsWith(`${folder}/`)));
}

function importOf(file, importer) {
  const path = relative(dirname(importer), file).replace(/\.ts$/, '');
  return `import { planted } from '${path.startsWith('.') ? path : `./${path}`}';`;
}

for (const { target, from, except = [], message } of zones) {
  for (const path of [target].flat()) {
    const sources = [from].flat();
    test(`${path} does not import from ${sources.join(', ')}`, async () => {
      const importer = plantedIn(path);
      const imports = sources.map((source) => {
        const excepted = except.map((exception) => join(source, exception));
        const sample = sampleOf(source, excepted);
        assert.ok(sample, `${source} holds no file: the zone refuses nothing.`);
        return importOf(sample, importer);
      });
      const said = await complaints(importer, imports);
      said.forEach((messages, index) => {
        assert.ok(
          messages.some((text) => text.includes('restricted zone') && text.includes(message)),
          `Not refused in ${importer}: ${imports[index]}`,
        );
      });
    });
  }
}

async function assertAccepted(importer, files) {
  const lines = files.map((file) => importOf(file, importer));
  assert.deepEqual((await complaints(importer, lines)).flat(), [], `In ${importer}:\n${lines.join('\n')}`);
}

const serverSource = (name) =>
  isFile(`server/src/${name}.ts`) ? `server/src/${name}.ts` : `server/src/${name}`;
for (const [floor, names] of serverFloors.entries()) {
  test(`${names.join(', ')}: may import every lower floor`, async () => {
    const lower = serverFloors.slice(0, floor).flat();
    for (const name of names) {
      await assertAccepted(
        plantedIn(serverSource(name)),
        lower.map((other) => sampleOf(serverSource(other), ['server/src/database/migrations'])),
      );
    }
  });
}

const below = [...features.map((feature) => `client/src/${feature}`), 'client/src/ui', 'client/src/api'];
for (const page of pages) {
  test(`the page ${page} may import features, ui, api and the session`, () =>
    assertAccepted(`client/src/${page}/Planted.svelte`, [
      ...below.map((folder) => sampleOf(folder)),
      'client/src/session.svelte.ts',
    ]));
}

test('a component of ui may import its like', () =>
  assertAccepted('client/src/ui/Planted.svelte', ['client/src/ui/Alert.svelte']));

test('a migration may import its own folder and typeorm', async () => {
  const migration = 'server/src/database/migrations/1999999999999-planted.ts';
  await assertAccepted(migration, ['server/src/database/migrations/table-columns.ts']);
  assert.deepEqual(await complaints(migration, ["import { Table } from 'typeorm';"]), [[]]);
});

test('an import of types alone is refused like any other', async () => {
  const [said] = await complaints('server/src/errors.ts', ["import type { planted } from './app';"]);
  assert.match(said.join(), /restricted zone/);
});

test('Svelte components are held to the zones too', async () => {
  const [said] = await complaints('client/src/ui/Planted.svelte', [
    "import { session } from '../session.svelte';",
  ]);
  assert.match(said.join(), /ui knows nothing of the rest of the client/);
});

for (const [what, file, line, message] of [
  [
    'a package for development in the server',
    'server/src/users/planted.ts',
    "import fc from 'fast-check';",
    /should be listed in the project's dependencies/,
  ],
  [
    'reading the environment outside of config',
    'server/src/users/planted.ts',
    'export const port = process.env.PORT;',
    /only reader of the environment/,
  ],
  [
    'Apollo in ui',
    'client/src/ui/planted.ts',
    "import { gql } from '@apollo/client';",
    /ui knows no GraphQL/,
  ],
  ['graphql in ui', 'client/src/ui/planted.ts', "import { parse } from 'graphql';", /ui knows no GraphQL/],
  [
    'a package beside typeorm in a migration',
    'server/src/database/migrations/1999999999999-planted.ts',
    "import { parse } from 'graphql';",
    /A migration imports only typeorm/,
  ],
]) {
  test(`refused: ${what}`, async () => {
    const [said] = await complaints(file, [line]);
    assert.match(said.join(), message);
  });
}

test('config reads the environment, and the server imports its own packages', async () => {
  assert.deepEqual(
    await complaints('server/src/config/config.ts', ['export const port = process.env.PORT;']),
    [[]],
  );
  assert.deepEqual(await complaints('server/src/http/planted.ts', ["import { fastify } from 'fastify';"]), [
    [],
  ]);
});

for (const [what, plant] of [
  ['a folder without a floor', (folder) => mkdirSync(join(folder, 'planted'))],
  ['a file beside the folders', (folder) => writeFileSync(join(folder, 'planted.ts'), '')],
]) {
  test(`refused in server/src: ${what}`, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rolecall-lint-'));
    t.after(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'users'));
    writeFileSync(join(folder, 'app.ts'), '');
    refuseStrangers(folder);

    plant(folder);
    assert.throws(() => refuseStrangers(folder), /planted.*needs a floor/);
  });
}
