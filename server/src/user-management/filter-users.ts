import { permissionName } from '../access/permissions';
import { hasPermission, type Viewer } from '../access/viewer';
import { anyOf, condition, isOneOf, NEVER } from '../database/condition';
import type { Condition } from '../database/keyset-page';
import { parseGlobalId } from '../global-id/global-id';
import { badUserInput, forbidden } from '../errors';
import { PASSWORD_PURPOSE } from '../throttle/throttle';
import { soughtExternalId } from '../users/external-id';
import { usernameKey } from '../users/user-columns';
import { MFA_REQUIRED } from '../users/user-view';
import { invitationCondition, type SpelledAnew } from '../invitations/invitation-condition';
import type { TimeRange, UserFilter } from './user-filter.inputs';

const MAXIMUM_VALUES = 100;

/** What a filter means at one moment. */
export interface Moment {
  readonly now: Date;
  readonly spelledAnew: SpelledAnew;
}

/** What an error calls the entries of each list. */
const LISTS = {
  ids: 'ids',
  usernames: 'usernames',
  externalIds: 'external ids',
  roleIds: 'roles',
  invitationStates: 'states',
} as const;

/** @throws GraphQLError BAD_USER_INPUT, and FORBIDDEN for a condition on what the viewer may not see */
export function checkFilter(viewer: Viewer, filter: UserFilter): void {
  for (const name of Object.keys(LISTS) as (keyof typeof LISTS)[]) {
    if ((filter[name]?.length ?? 0) <= MAXIMUM_VALUES) continue;
    throw badUserInput('tooMany', `filter.${name}`, { maximum: MAXIMUM_VALUES, things: LISTS[name] });
  }
  for (const name of ['createdAt', 'updatedAt', 'lastSignInAt'] as const) {
    const { from, to } = filter[name] ?? {};
    if (from && to && from > to) throw badUserInput('reversedRange', `filter.${name}`);
  }
  if (isGiven(filter.locked) && !hasPermission(viewer, 'edit_user')) {
    throw forbidden(permissionName('edit_user'));
  }
}

/** One condition for each that the filter gives. */
export function filterConditions(filter: UserFilter, { now, spelledAnew }: Moment): Condition[] {
  const { ids, roleIds, usernames, externalIds, invitationStates } = filter;
  return [
    ...(ids ? [isOneOf('u.id', rowIds('User', ids))] : []),
    ...(roleIds ? [isOneOf('u.role_id', rowIds('Role', roleIds))] : []),
    ...(usernames ? [isOneOf('u.username_key', usernames.map(usernameKey))] : []),
    ...(externalIds ? [isOneOf('u.external_id', sought(externalIds))] : []),
    ...flag('u.enabled', filter.enabled),
    ...flag('u.mfa_enabled', filter.mfaEnabled),
    ...flag('u.password_reset_required', filter.forcePasswordReset),
    ...trueOrFalse(condition(MFA_REQUIRED), filter.mfaRequired),
    ...trueOrFalse(lockedCondition(now), filter.locked),
    ...trueOrFalse(condition('u.last_sign_in_at IS NULL'), filter.neverSignedIn),
    ...(invitationStates
      ? [anyOf([...new Set(invitationStates)].map((state) => invitationCondition(state, spelledAnew)))]
      : []),
    ...within('u.created_at', filter.createdAt),
    ...within('u.updated_at', filter.updatedAt),
    ...within('u.last_sign_in_at', filter.lastSignInAt),
  ];
}

/** Whether it takes the tables of roles and organizations to count the users that the filter lets pass. */
export function needsJoins({ mfaRequired }: UserFilter): boolean {
  return isGiven(mfaRequired);
}

function rowIds(type: 'User' | 'Role', ids: readonly string[]): number[] {
  return ids.map((id) => parseGlobalId(type, id)).filter((id) => id !== null);
}

function sought(externalIds: readonly string[]): string[] {
  return externalIds.map(soughtExternalId).filter((externalId) => externalId !== null);
}

function flag(column: string, value: boolean | null | undefined): Condition[] {
  return isGiven(value) ? [condition(`${column} = ?`, value)] : [];
}

function trueOrFalse({ sql, parameters }: Condition, value: boolean | null | undefined): Condition[] {
  if (!isGiven(value)) return [];
  return [{ sql: value ? `(${sql})` : `NOT (${sql})`, parameters }];
}

/** As User.lockedUntil says. */
function lockedCondition(now: Date): Condition {
  return condition(
    `EXISTS (SELECT 1 FROM sign_in_throttle t WHERE t.user_id = u.id AND t.purpose = ? AND t.blocked_until > ?)`,
    PASSWORD_PURPOSE,
    now,
  );
}

function within(column: string, range: TimeRange | null | undefined): Condition[] {
  const { from, to } = range ?? {};
  return [
    ...(from ? [from > LATEST ? NEVER : condition(`${column} >= ?`, atLeast(from))] : []),
    ...(to ? [condition(`${column} < ?`, atLeast(to > LATEST ? LATEST : to))] : []),
  ];
}

/** The times that every engine can write; with an offset a text may name one a little beyond. */
const EARLIEST = new Date('1000-01-01T00:00:00.000Z');
const LATEST = new Date('9999-12-31T23:59:59.999Z');

function atLeast(time: Date): Date {
  return time < EARLIEST ? EARLIEST : time;
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
