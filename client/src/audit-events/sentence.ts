import type { AuditAction, EventPartsFragment } from '../api/generated/graphql';
import { describeChange, FAILURES, FIELD_LABELS } from './describe-change';
import { named, plain, say, type Part } from './sentence-parts';

const inWords = new Intl.ListFormat('en', { type: 'conjunction' });
type Template = (event: EventPartsFragment) => Part[];

const SENTENCES: Record<AuditAction, Template> = {
  USER_SIGNED_IN: (event) => say`${target(event)} signed in`,
  USER_SIGNED_OUT: (event) => say`${target(event)} signed out`,
  USER_SIGN_IN_FAILED: (event) => [
    ...say`Sign-in as ${target(event)} failed`,
    ...plain(`: ${reason(event)}`),
  ],
  USER_REAUTHENTICATION_FAILED: (event) => [
    ...say`${target(event)} was refused a change`,
    ...plain(`: ${reason(event)}`),
  ],
  USER_LOCKED: (event) => say`Sign-in as ${target(event)} was blocked for a while`,
  USER_UNLOCKED: (event) => say`${actor(event)} unblocked the sign-in of ${target(event)}`,
  USER_SESSIONS_ENDED: (event) =>
    isOwn(event)
      ? say`${actor(event)} ended other sessions of their own`
      : say`${actor(event)} ended the sessions of ${target(event)}`,
  USER_REFRESH_TOKEN_REUSED: (event) =>
    say`A session of ${target(event)} was ended, because an old token of it was used again`,
  USER_CREATED: (event) => say`${actor(event)} added ${target(event)}`,
  USER_UPDATED: updated,
  USER_ENABLED: (event) => say`${actor(event)} enabled ${target(event)}`,
  USER_DISABLED: (event) => say`${actor(event)} disabled ${target(event)}`,
  USER_INVITATION_RESENT: (event) => say`${actor(event)} sent the invitation to ${target(event)} again`,
  USER_PASSWORD_CHANGED: (event) => say`${target(event)} changed their password`,
  USER_PASSWORD_RESET: (event) => say`${target(event)} set a new password with a link from a mail`,
  USER_MFA_SET_UP: (event) => say`${target(event)} set up two-factor authentication`,
  USER_MFA_REMOVED: (event) => say`${target(event)} turned two-factor authentication off`,
  USER_MFA_RESET: (event) =>
    say`${actor(event)} disabled two-factor authentication of ${target(event)} and set a new password`,
  USER_RECOVERY_CODES_REPLACED: (event) => say`${target(event)} made new recovery codes`,
  ROLE_CREATED: (event) => say`${actor(event)} created the role ${target(event)}`,
  ROLE_UPDATED: updated,
  ROLE_DELETED: (event) => say`${actor(event)} deleted the role ${target(event)}`,
  ORGANIZATION_CREATED: (event) => say`${actor(event)} created the organization ${target(event)}`,
  ORGANIZATION_UPDATED: updated,
};

/** What happened, as a sentence: "Ada Lovelace changed the role of Grace Hopper from Agent to Supervisor". */
export function sentenceOf(event: EventPartsFragment): Part[] {
  if (event.action) return SENTENCES[event.action](event);
  return say`${actor(event)} did something to ${target(event)} that only a newer version knows`;
}

function updated(event: EventPartsFragment): Part[] {
  const { changes } = event;
  const [change] = changes;
  const whose = isOwn(event) ? plain('their own account') : [...kind(event), target(event)];
  if (changes.length === 1 && change?.field === 'name' && change.before && change.after) {
    const renamed = [...kind(event), named(change.before), ...plain(' to '), named(change.after)];
    return [actor(event), ...plain(' renamed '), ...renamed];
  }
  if (changes.length === 1 && change) return [actor(event), ...describeChange(change, whose)];
  const fields = changes.map(({ field }) => FIELD_LABELS[field] ?? field);
  return [actor(event), ...plain(` changed ${inWords.format(fields)} of `), ...whose];
}

function kind({ target: { type } }: EventPartsFragment): Part[] {
  if (type === 'ROLE') return plain('the role ');
  return type === 'ORGANIZATION' ? plain('the organization ') : [];
}

function isOwn({ actor: { actorId }, target: { type, targetId } }: EventPartsFragment): boolean {
  return type === 'USER' && actorId !== null && actorId === targetId;
}

function actor({ actor: { type, user, name } }: EventPartsFragment): Part {
  if (type === 'OPERATOR') return named('The operator');
  if (type === 'ANONYMOUS') return named('Someone');
  return named(user ? `${user.firstName} ${user.lastName}` : name);
}

function target({ target: { user, name } }: EventPartsFragment): Part {
  return named(user ? `${user.firstName} ${user.lastName}` : name);
}

function reason({ changes }: EventPartsFragment): string {
  const shown = changes.find(({ field }) => field === 'reason')?.after ?? '';
  return FAILURES[shown] ?? shown;
}
