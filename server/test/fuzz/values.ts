import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import { PASSWORD } from '../builders';
import type { TestService } from '../harness';
import { codeOf } from '../mfa-builders';
import { BAD_KINDS, BAD_TEXTS } from './bad-values';
import type { Random } from './random';
import type { Scene } from './scene';

/** Makes the values of one call. */
export interface ValueMaker {
  /** @param path the names on the way, the root field first */
  make(type: GraphQLInputType, path: readonly string[]): unknown;
  /** How many of them came from the lists of bad values. */
  badValues(): number;
}

/** @param badness how likely each value is a bad one */
export function createValueMaker(
  service: TestService,
  scene: Scene,
  random: Random,
  badness: number,
): ValueMaker {
  let bad = 0;

  function badValue(type: GraphQLInputType): unknown {
    bad += 1;
    const isText = ['String', 'ID', 'DateTime'].includes(getNamedType(type).name);
    return random.pick(isText && random.chance(0.8) ? BAD_TEXTS : BAD_KINDS);
  }

  function make(type: GraphQLInputType, path: readonly string[]): unknown {
    const named = getNamedType(type);
    const share = isInputObjectType(named) ? badness / 8 : badness;
    if (random.chance(share)) return badValue(type);
    if (isNonNullType(type)) return make(type.ofType, path);
    if (isListType(type)) {
      return Array.from({ length: random.below(4) }, () => make(type.ofType, path));
    }
    if (isInputObjectType(named)) return makeInput(named, path);
    if (isEnumType(named)) return random.pick(named.getValues()).name;
    return scalar(named.name, path);
  }

  function makeInput(type: GraphQLInputObjectType, path: readonly string[]): Record<string, unknown> {
    const fields = Object.values(type.getFields());
    const given = type.isOneOf
      ? [random.pick(fields)]
      : fields.filter((field) => isRequiredInputField(field) || random.chance(0.5));
    return Object.fromEntries(given.map((field) => [field.name, make(field.type, [...path, field.name])]));
  }

  function scalar(name: string, path: readonly string[]): unknown {
    if (name === 'Boolean') return random.chance(0.5);
    if (name === 'Int') return path.at(-1) === 'expectedVersion' ? random.below(4) : 1 + random.below(20);
    if (name === 'Float') return random.next();
    if (name === 'DateTime') return new Date(Date.now() - random.below(1e9)).toISOString();
    return name === 'ID' ? idFor(path) : textFor(path.at(-1)!);
  }

  function idFor(path: readonly string[]): string {
    const { user, role, session } = scene.ids;
    if (random.chance(0.1)) return random.pick(scene.foreignIds);
    if (random.chance(0.1)) return random.pick([...Object.values(scene.ids).flat(), ...harvested('id')]);
    const what = path.join(' ');
    if (/role/i.test(path.at(-1)!) || /Role/.test(path[0]!) || /^role/.test(what)) return random.pick(role);
    return random.pick(path[0] === 'endSession' ? session : user);
  }

  const harvested = (name: string) => scene.harvest.get(name) ?? [];
  const code = () => codeOf(service, scene.mfaUser.secret, random.below(3) - 1);
  const word = () => `W${String(random.below(1e9))}`;

  const TEXTS: Readonly<Record<string, () => string>> = {
    username: () =>
      random.chance(0.7) ? random.pick(scene.usernames) : `${word()}${scene.acme.id}@example.com`,
    usernames: () => random.pick(scene.usernames),
    externalId: () => random.pick(['E1', 'E2', word()]),
    externalIds: () => random.pick(['E1', 'E2', word()]),
    idempotencyKey: () => (random.chance(0.1) ? 'the same' : word()),
    password: () => PASSWORD,
    currentPassword: () => PASSWORD,
    newPassword: () => random.pick([PASSWORD, `New-${word()}`]),
    phone: () => random.pick(['+1 202 555 0143', '112', '+49 171 1234567 ext. 12']),
    code,
    mfaCode: code,
    recoveryCode: () => random.pick(scene.mfaUser.recoveryCodes),
    challengeToken: () => random.pick([...harvested('token'), 'none']),
    token: () => random.pick([...harvested('token'), 'none']),
    refreshToken: () => random.pick([...harvested('refreshToken'), 'none']),
    after: () => random.pick([...harvested('endCursor'), ...harvested('cursor'), 'none']),
    before: () => random.pick([...harvested('startCursor'), ...harvested('cursor'), 'none']),
    search: () => random.pick(['sam', 'user', 'zoe', '@', 'sample 1']),
  };

  function textFor(name: string): string {
    return (TEXTS[name] ?? word)();
  }

  return { make, badValues: () => bad };
}
