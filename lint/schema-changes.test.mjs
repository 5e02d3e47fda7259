import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { breakingChanges, checkSchema, mayBreak, releasesAmong } from './schema-changes.mjs';

const RELEASED = 'type Query { user(id: ID!): User } type User { name: String! phone: String }';
const DEPRECATED =
  'type Query { user(id: ID!): User } type User { name: String! @deprecated(reason: "Use phone.") phone: String }';
const WITH_MORE =
  'type Query { user(id: ID!): User } type User { name: String! phone: String mobile: String }';
const WITHOUT_NAME = 'type Query { user(id: ID!): User } type User { phone: String }';
const NAME_IS_GONE = "- Field 'name' was removed from object type 'User'";
const NOW = new Date('2027-06-01T00:00:00Z');

/** A repository with these releases, whose schema and version have changed since. */
function repository(t, releases, { version, schema }) {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-schema-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const write = (file, text) => writeFileSync(join(folder, file), text);
  const git = (args, env = {}) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
    });

  git(['init', '--quiet']);
  for (const { tag, schema: released, on } of releases) {
    write('schema.graphql', released);
    git(['add', '.']);
    const date = `${on}T12:00:00Z`;
    git(['-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--allow-empty', '--message', tag], {
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    });
    git(['tag', tag]);
  }
  write('schema.graphql', schema);
  write('package.json', JSON.stringify({ version }));
  return pathToFileURL(`${folder}/`);
}

const release = (tag, on, schema = RELEASED) => ({ tag, on, schema });

test('a field that is gone breaks clients; one more does not', async () => {
  const [change, ...others] = await breakingChanges(RELEASED, WITHOUT_NAME);
  assert.equal(change.path, 'User.name');
  assert.deepEqual(others, []);
  assert.deepEqual(await breakingChanges(RELEASED, WITH_MORE), []);
});

test('without a release there is nothing to keep, and it says so', async (t) => {
  const root = repository(t, [release('nightly', '2027-01-01')], {
    version: '0.1.0',
    schema: WITHOUT_NAME,
  });
  assert.deepEqual(await checkSchema(root, NOW), {
    refused: false,
    lines: ['No version is released yet: there is no schema to keep.'],
  });
});

test('a breaking change is refused under the number of the release, and named', async (t) => {
  const root = repository(t, [release('v1.2.0', '2027-01-01')], { version: '1.3.0', schema: WITHOUT_NAME });
  const { refused, lines } = await checkSchema(root, NOW);
  assert.equal(refused, true);
  assert.match(lines[0], /breaks clients of v1\.2\.0/);
  assert.equal(lines[1], NAME_IS_GONE);
});

test('an addition is accepted under any number', async (t) => {
  const root = repository(t, [release('v1.2.0', '2027-01-01')], { version: '1.2.0', schema: WITH_MORE });
  assert.deepEqual(await checkSchema(root, NOW), {
    refused: false,
    lines: ['Nothing breaks clients of v1.2.0.'],
  });
});

test('a new minor version before 1.0 may break, and says how', async (t) => {
  const root = repository(t, [release('v0.1.0', '2027-01-01')], { version: '0.2.0', schema: WITHOUT_NAME });
  const { refused, lines } = await checkSchema(root, NOW);
  assert.equal(refused, false);
  assert.equal(lines[1], NAME_IS_GONE);
});

for (const [what, releases, refused] of [
  ['was never deprecated', [release('v1.0.0', '2026-01-01')], true],
  [
    'has been deprecated for less than 12 months',
    [release('v1.0.0', '2026-01-01'), release('v1.1.0', '2026-07-01', DEPRECATED)],
    true,
  ],
  [
    'has been deprecated for 12 months',
    [release('v1.0.0', '2026-01-01'), release('v1.1.0', '2026-05-01', DEPRECATED)],
    false,
  ],
]) {
  test(`a new major version ${refused ? 'must not drop' : 'may drop'} what ${what}`, async (t) => {
    const root = repository(t, releases, { version: '2.0.0', schema: WITHOUT_NAME });
    const answer = await checkSchema(root, NOW);
    assert.equal(answer.refused, refused);
    assert.match(answer.lines[1], /Field 'name'.* was removed/);
  });
}

for (const [released, version, allowed] of [
  ['v1.2.3', '2.0.0', true],
  ['v1.2.3', '1.3.0', false],
  ['v1.2.3', '1.2.4', false],
  ['v0.1.0', '0.2.0', true],
  ['v0.1.0', '0.1.1', false],
  ['v0.9.0', '1.0.0', true],
]) {
  test(`${version} ${allowed ? 'may' : 'must not'} break clients of ${released}`, () =>
    assert.equal(mayBreak(released, version), allowed));
}

test('releases are in the order of their numbers, and other tags are none', () => {
  assert.deepEqual(releasesAmong(['v0.10.0', 'v1.0.0-rc.1', 'v0.9.0', 'nightly', '']), ['v0.9.0', 'v0.10.0']);
});
