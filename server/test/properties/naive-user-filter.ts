import fc from 'fast-check';
import { rowIdOf } from '../builders';
import {
  plain,
  ROLE_NAMES,
  searchedText,
  someTime,
  type PlannedUser,
  type PlannedUsers,
} from './random-users';

const TIMES = ['createdAt', 'updatedAt', 'lastSignInAt'] as const;
const FLAGS = ['enabled', 'mfaEnabled', 'forcePasswordReset'] as const;

const bound = fc
  .tuple(someTime, fc.constantFrom(-1, 0, 1))
  .map(([time, by]) => new Date(time.getTime() + by));

const range = fc
  .record({ from: fc.option(bound), to: fc.option(bound) })
  .filter(({ from, to }) => from === null || to === null || from <= to);

/** Numbers of users, of which some have no user. */
const numbers = fc.array(fc.integer({ min: 0, max: 22 }), { maxLength: 12 });

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 10 });

/** Each condition is given now and then, so that some users are left. */
const filterPlan = fc
  .record({
    ids: maybe(numbers),
    usernames: maybe(numbers),
    externalIds: maybe(numbers),
    roles: maybe(fc.subarray([0, 1])),
    invitationStates: maybe(fc.subarray(['QUEUED', 'SENT', 'FAILED', 'ACCEPTED'])),
    enabled: maybe(fc.boolean()),
    mfaEnabled: maybe(fc.boolean()),
    forcePasswordReset: maybe(fc.boolean()),
    mfaRequired: maybe(fc.boolean()),
    locked: maybe(fc.boolean()),
    neverSignedIn: maybe(fc.boolean()),
    createdAt: maybe(range),
    updatedAt: maybe(range),
    lastSignInAt: maybe(range),
  })
  .chain((all) =>
    fc
      .subarray(Object.keys(all) as (keyof typeof all)[], { maxLength: 3 })
      .map((given): Partial<typeof all> => Object.fromEntries(given.map((name) => [name, all[name]]))),
  );

/** What each field sorts by, said once more and differently. */
const SORT_VALUES: Record<string, (user: PlannedUser, isLast: boolean) => string | number | null> = {
  ID: ({ id }) => rowIdOf(id),
  FIRST_NAME: ({ firstName }) => plain(firstName),
  USERNAME: ({ username }) => plain(username),
  ROLE: ({ role }, isLast) => (isLast ? 'administrator' : ROLE_NAMES[role]!.toLowerCase()),
  MFA: ({ mfaEnabled }) => Number(mfaEnabled),
  ENABLED: ({ enabled }) => Number(enabled),
  CREATED_AT: ({ createdAt }) => createdAt.getTime(),
  UPDATED_AT: ({ updatedAt }) => updatedAt.getTime(),
  LAST_SIGN_IN_AT: ({ lastSignInAt }) => lastSignInAt?.getTime() ?? null,
};

export const listPlan = fc.record({
  filter: filterPlan,
  search: fc.option(fc.constantFrom('ADA', 'zoe', 'sam', 'person.1'), { freq: 2, nil: '' }),
  sort: fc
    .uniqueArray(fc.constantFrom(...Object.keys(SORT_VALUES)), { maxLength: 3 })
    .chain((fields) =>
      fc.tuple(
        ...fields.map((field) =>
          fc.record({ field: fc.constant(field), direction: fc.constantFrom('ASC', 'DESC') }),
        ),
      ),
    ),
  size: fc.integer({ min: 1, max: 9 }),
});

type ListPlan = typeof listPlan extends fc.Arbitrary<infer Plan> ? Plan : never;
type FilterPlan = ListPlan['filter'];

/** The arguments of `users` that say what the plan says. */
export function argumentsOf({ filter, search, sort }: ListPlan, { users, roleIds, foreign }: PlannedUsers) {
  const { ids, usernames, externalIds, roles, ...others } = filter;
  const chosen = <T>(plan: number[] | null | undefined, value: (number: number) => T) =>
    plan && plan.map(value);
  return {
    search,
    sort,
    filter: {
      ...others,
      ids: chosen(ids, (number) => users[number]?.id ?? foreign[number % foreign.length]!.id),
      usernames: chosen(usernames, (number) =>
        `  ${users[number]?.username ?? 'nobody@example.com'}`.toUpperCase(),
      ),
      externalIds: chosen(externalIds, (number) => ` E${number}`),
      roleIds: chosen(roles, (number) => roleIds[number]!),
    },
  };
}

/** The ids of those whom the plan lists, in its order. */
export function expectedIds({ filter, search, sort }: ListPlan, planned: PlannedUsers): string[] {
  const { users } = planned;
  const keys = [...sort, { field: 'ID', direction: sort[0]?.direction ?? 'ASC' }];
  return users
    .map((user, number) => ({ user, number, isLast: number === users.length - 1 }))
    .filter((one) => searchedText(one.user).includes(plain(search)) && passes(filter, planned, one))
    .sort((one, other) => {
      for (const { field, direction } of keys) {
        const value = SORT_VALUES[field]!;
        const order = compare(value(one.user, one.isLast), value(other.user, other.isLast));
        if (order !== 0) return direction === 'ASC' ? order : -order;
      }
      return 0;
    })
    .map(({ user }) => user.id);
}

interface Numbered {
  readonly user: PlannedUser;
  readonly number: number;
  readonly isLast: boolean;
}

function passes(
  filter: FilterPlan,
  { requiresMfa }: PlannedUsers,
  { user, number, isLast }: Numbered,
): boolean {
  const given = <T>(value: T | null | undefined, holds: (value: T) => boolean) =>
    value === null || value === undefined || holds(value);
  const state = invitationState(user);
  const mfaRequired = requiresMfa || user.forceMfa || (!isLast && user.role === 1);
  return (
    given(filter.ids, (ids) => ids.includes(number)) &&
    given(filter.usernames, (names) => names.includes(number)) &&
    given(filter.externalIds, (ids) => user.hasExternalId && ids.includes(number)) &&
    given(filter.roles, (roles) => !isLast && roles.includes(user.role)) &&
    given(filter.invitationStates, (states) => state !== null && states.includes(state)) &&
    given(filter.mfaRequired, (value) => value === mfaRequired) &&
    given(filter.locked, (value) => value === (user.blocked === 'now')) &&
    given(filter.neverSignedIn, (value) => value === (user.lastSignInAt === null)) &&
    FLAGS.every((flag) => given(filter[flag], (value) => value === user[flag])) &&
    TIMES.every((name) =>
      given(filter[name], ({ from, to }) => {
        const time = user[name];
        if (time === null) return from === null && to === null;
        return (from === null || time >= from) && (to === null || time < to);
      }),
    )
  );
}

function invitationState({ invitations, lastSignInAt }: PlannedUser): string | null {
  const latest = invitations.at(-1);
  if (!latest) return null;
  if (lastSignInAt) return 'ACCEPTED';
  if (latest.state === 'sent' && latest.recipient === 'other') return 'FAILED';
  return latest.state.toUpperCase();
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
