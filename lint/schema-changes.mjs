import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, isEnumType } from 'graphql';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const RELEASE = /^v(\d+)\.(\d+)\.(\d+)$/;
const MONTHS_OF_DEPRECATION = 12;
/** What can be deprecated, and so must be before it goes. */
const REMOVALS = new Set([
  'FIELD_REMOVED',
  'FIELD_ARGUMENT_REMOVED',
  'INPUT_FIELD_REMOVED',
  'ENUM_VALUE_REMOVED',
]);

/** What would break a client of the older schema. */
export async function breakingChanges(older, newer) {
  const changes = await diff(buildSchema(older), buildSchema(newer));
  return changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
}

/** Semantic Versioning: a new major version may break clients, and before 1.0 a new minor one. */
export function mayBreak(released, version) {
  const [major, minor] = numbersOf(released);
  const [nextMajor, nextMinor] = numbersOf(version);
  return nextMajor > major || (nextMajor === 0 && major === 0 && nextMinor > minor);
}

/** The tags that are a release, the lowest number first. */
export function releasesAmong(tags) {
  return tags
    .filter((tag) => RELEASE.test(tag))
    .sort((one, other) => {
      const [a, b] = [numbersOf(one), numbersOf(other)];
      return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
    });
}

function numbersOf(version) {
  return version.replace(/^v/, '').split('.').map(Number);
}

/** Whether this schema deprecates what stands at the coordinate, such as User.name or Query.user.id. */
function deprecates(schema, coordinate) {
  const [typeName, memberName, argumentName] = coordinate.split('.');
  const type = schema.getType(typeName);
  const member = isEnumType(type) ? type.getValue(memberName) : type?.getFields()[memberName];
  const element = argumentName ? member?.args.find(({ name }) => name === argumentName) : member;
  return element?.deprecationReason != null;
}

/**
 * Compares the schema of a checkout with those of its releases.
 * @returns what to tell, and whether it must not go in
 */
export async function checkSchema(root, now = new Date()) {
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const read = (file) => readFileSync(new URL(file, root), 'utf8');
  const schemaOf = (tag) => git('show', `${tag}:schema.graphql`);
  const releases = releasesAmong(git('tag', '--list').split('\n'));
  const released = releases.at(-1);
  if (!released && git('rev-parse', '--is-shallow-repository') === 'true') {
    return refuse('This clone is shallow and may lack tags: run git fetch --unshallow --tags.');
  }
  if (!released) return accept('No version is released yet: there is no schema to keep.');

  const changes = await breakingChanges(schemaOf(released), read('schema.graphql'));
  if (changes.length === 0) return accept(`Nothing breaks clients of ${released}.`);

  const { version } = JSON.parse(read('package.json'));
  if (!mayBreak(released, version)) {
    return refuse(
      `This breaks clients of ${released}. Deprecate instead (docs/api.md), or raise the version of package.json:`,
      changes,
    );
  }

  const latest = new Date(now);
  latest.setMonth(latest.getMonth() - MONTHS_OF_DEPRECATION);
  const oldEnough = releases.findLast((tag) => new Date(git('log', '-1', '--format=%cI', tag)) <= latest);
  const warned = oldEnough && buildSchema(schemaOf(oldEnough));
  const sudden = changes.filter(
    ({ type, path }) => REMOVALS.has(type) && !(warned && deprecates(warned, path)),
  );
  // Before 1.0 nobody has been promised anything.
  if (sudden.length > 0 && numbersOf(released)[0] > 0) {
    return refuse(
      `No release that is ${MONTHS_OF_DEPRECATION} months old deprecates what goes here:`,
      sudden,
    );
  }
  return accept(`Version ${version} breaks clients of ${released}, as its number says:`, changes);
}

const accept = (heading, changes = []) => ({ refused: false, lines: [heading, ...changes.map(asLine)] });
const refuse = (heading, changes = []) => ({ refused: true, lines: [heading, ...changes.map(asLine)] });
const asLine = ({ message }) => `- ${message}`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { refused, lines } = await checkSchema(new URL('..', import.meta.url));
  console.log(lines.join('\n'));
  process.exitCode = refused ? 1 : 0;
}
