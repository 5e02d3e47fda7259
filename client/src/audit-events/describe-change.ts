import type { EventPartsFragment } from '../api/generated/graphql';
import { named, plain, type Part } from './sentence-parts';

export type Change = EventPartsFragment['changes'][number];

export const FIELD_LABELS: Readonly<Record<string, string>> = {
  firstName: 'first name',
  lastName: 'last name',
  username: 'email',
  phone: 'phone',
  externalId: 'external ID',
  role: 'role',
  enabled: 'enabled',
  password: 'password',
  forcePasswordReset: 'forced password reset',
  mfaEnabled: 'two-factor authentication',
  forceMfa: 'forced two-factor authentication',
  mfaRequired: 'required two-factor authentication',
  lockedUntil: 'blocked until',
  reason: 'reason',
  name: 'name',
  permissions: 'permissions',
  features: 'features',
  phoneCountry: 'country of local phone numbers',
};

/** What was wrong when a sign-in failed, or a change for which users prove again who they are. */
export const FAILURES: Readonly<Record<string, string>> = {
  password: 'wrong password',
  mfaCode: 'wrong code',
  recoveryCode: 'wrong recovery code',
  disabled: 'the user is disabled',
};

/** Fields whose sentence says only what holds now, without the value before. */
const SWITCHES: Readonly<Record<string, readonly [on: string, off: string]>> = {
  forceMfa: [' required two-factor authentication of ', ' no longer requires two-factor authentication of '],
  mfaRequired: [
    ' required two-factor authentication of ',
    ' no longer requires two-factor authentication of ',
  ],
  forcePasswordReset: [' required a new password of ', ' no longer requires a new password of '],
};

/** The one change of an event, for example " changed the role of … from Agent to Supervisor". */
export function describeChange({ field, before, after }: Change, whose: readonly Part[]): Part[] {
  const turned = SWITCHES[field];
  if (turned) return [...plain(turned[after === 'true' ? 0 : 1]), ...whose];
  if (field === 'password') return [...plain(' set a new password for '), ...whose];

  const what = [...plain(` changed the ${FIELD_LABELS[field] ?? field} of `), ...whose];
  if (isList(field) || !before || !after) return what;
  return [...what, ...plain(' from '), named(before), ...plain(' to '), named(after)];
}

function isList(field: string): boolean {
  return field === 'permissions' || field === 'features';
}

/** What was added to and removed from a list; null when the field holds no list. */
export function listDifference({
  field,
  before,
  after,
}: Change): { added: string[]; removed: string[] } | null {
  if (!isList(field)) return null;
  const items = (text: string | null | undefined) => (text ? text.split(', ') : []);
  const [old, now] = [items(before), items(after)];
  return {
    added: now.filter((item) => !old.includes(item)),
    removed: old.filter((item) => !now.includes(item)),
  };
}

const asTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** A change as it stands in the details of an event, for example "Agent → Supervisor". */
export function changeInWords(change: Change): string {
  const list = listDifference(change);
  if (list) {
    const added = list.added.length > 0 && `added ${list.added.join(', ')}`;
    const removed = list.removed.length > 0 && `removed ${list.removed.join(', ')}`;
    return [added, removed].filter(Boolean).join('; ') || 'none';
  }
  const { field, before, after } = change;
  if (field === 'password') return 'changed';
  if (before === null) return valueInWords(field, after);
  return `${valueInWords(field, before)} → ${valueInWords(field, after)}`;
}

function valueInWords(field: string, value: string | null): string {
  if (value === null || value === '') return '—';
  if (field === 'lockedUntil') return asTime.format(new Date(value));
  if (field === 'reason') return FAILURES[value] ?? value;
  if (value === 'true') return 'yes';
  return value === 'false' ? 'no' : value;
}
