import type { EventPartsFragment } from '../api/generated/graphql';
import { changeInWords, listDifference } from './describe-change';
import { sentenceOf } from './sentence';

const ada = { id: '1', firstName: 'Ada', lastName: 'Lovelace' };
const grace = { id: '2', firstName: 'Grace', lastName: 'Hopper' };

const EVENT: EventPartsFragment = {
  id: '1',
  occurredAt: '2026-11-23T12:00:00.000Z',
  action: 'USER_UPDATED',
  actor: { type: 'USER', actorId: 'user_1', name: 'ada@example.com', user: ada },
  target: { type: 'USER', targetId: 'user_2', name: 'grace@example.com', user: grace },
  changes: [],
  ipAddress: '127.0.0.1',
  userAgent: '',
  requestId: '',
};

function tell(event: Partial<EventPartsFragment>): string {
  return sentenceOf({ ...EVENT, ...event })
    .map(({ text }) => text)
    .join('');
}

const change = (field: string, before: string | null, after: string | null) => ({ field, before, after });
const own = { target: { ...EVENT.target, targetId: 'user_1', user: ada } };
const role = { target: { type: 'ROLE' as const, targetId: 'role_7', name: 'Agent', user: null } };

test.each<[sentence: string, event: Partial<EventPartsFragment>]>([
  [
    'Ada Lovelace changed the role of Grace Hopper from Agent to Supervisor',
    { changes: [change('role', 'Agent', 'Supervisor')] },
  ],
  [
    'Ada Lovelace changed first name, phone, and role of Grace Hopper',
    { changes: [change('firstName', 'G', 'Grace'), change('phone', '1', '2'), change('role', 'A', 'B')] },
  ],
  ['Ada Lovelace set a new password for Grace Hopper', { changes: [change('password', null, null)] }],
  ['Ada Lovelace changed the phone of Grace Hopper', { changes: [change('phone', null, '+1 202')] }],
  [
    'Ada Lovelace changed the phone of their own account from 1 to 2',
    { ...own, changes: [change('phone', '1', '2')] },
  ],
  [
    'Ada Lovelace required a new password of Grace Hopper',
    { changes: [change('forcePasswordReset', 'false', 'true')] },
  ],
  [
    'Ada Lovelace no longer requires two-factor authentication of the role Agent',
    { ...role, action: 'ROLE_UPDATED', changes: [change('mfaRequired', 'true', 'false')] },
  ],
  [
    'Ada Lovelace changed the permissions of the role Agent',
    { ...role, action: 'ROLE_UPDATED', changes: [change('permissions', 'add_user', 'view_users')] },
  ],
  [
    'Ada Lovelace renamed the role Agent to Caller',
    {
      ...role,
      action: 'ROLE_UPDATED',
      target: { ...role.target, name: 'Caller' },
      changes: [change('name', 'Agent', 'Caller')],
    },
  ],
  ['Ada Lovelace deleted the role Agent', { ...role, action: 'ROLE_DELETED' }],
  ['Grace Hopper signed in', { action: 'USER_SIGNED_IN' }],
  [
    'Sign-in as Grace Hopper failed: wrong password',
    {
      action: 'USER_SIGN_IN_FAILED',
      actor: { type: 'ANONYMOUS', actorId: null, name: '', user: null },
      changes: [change('reason', null, 'password')],
    },
  ],
  [
    'Sign-in as Grace Hopper failed: the user is disabled',
    { action: 'USER_SIGN_IN_FAILED', changes: [change('reason', null, 'disabled')] },
  ],
  [
    'The operator added Grace Hopper',
    { action: 'USER_CREATED', actor: { type: 'OPERATOR', actorId: null, name: 'command line', user: null } },
  ],
  [
    'ada@example.com disabled grace@example.com',
    {
      action: 'USER_DISABLED',
      actor: { ...EVENT.actor, user: null },
      target: { ...EVENT.target, user: null },
    },
  ],
  ['Ada Lovelace ended other sessions of their own', { ...own, action: 'USER_SESSIONS_ENDED' }],
  ['Ada Lovelace did something to Grace Hopper that only a newer version knows', { action: null }],
])('%s', (sentence, event) => {
  expect(tell(event)).toBe(sentence);
});

test('lists are told by what came and what went', () => {
  expect(listDifference(change('permissions', 'add_user, edit_user', 'edit_user, view_users'))).toEqual({
    added: ['view_users'],
    removed: ['add_user'],
  });
  expect(listDifference(change('features', null, 'travel_rule'))).toEqual({
    added: ['travel_rule'],
    removed: [],
  });
  expect(listDifference(change('phone', '1, 2', '1'))).toBeNull();
});

test.each([
  ['Agent → Supervisor', change('role', 'Agent', 'Supervisor')],
  ['+1 202', change('phone', null, '+1 202')],
  ['+1 202 → —', change('phone', '+1 202', null)],
  ['no → yes', change('enabled', 'false', 'true')],
  ['changed', change('password', null, null)],
  ['wrong recovery code', change('reason', null, 'recoveryCode')],
  ['added view_users; removed add_user', change('permissions', 'add_user', 'view_users')],
  ['none', change('permissions', null, '')],
])('details say "%s"', (words, what) => {
  expect(changeInWords(what)).toBe(words);
});

test('details tell in the calendar of the reader until when a sign-in is blocked', () => {
  const until = new Date(2026, 10, 24, 12, 0, 30).toISOString();
  expect(changeInWords(change('lockedUntil', null, until))).toMatch(/^Nov 24, 2026, 12:00:30\sPM$/);
});
