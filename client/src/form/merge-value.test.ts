import { isSame, mergeValue } from './merge-value';

test('a field that was not changed here takes what someone else has saved', () => {
  expect(mergeValue('Ada', 'Ada', 'Augusta')).toBe('Augusta');
  expect(mergeValue(['add_user'], ['add_user'], ['edit_user'])).toEqual(['edit_user']);
});

test('a field that was changed here keeps the change', () => {
  expect(mergeValue('Ada', 'Augusta Ada', 'Augusta')).toBe('Augusta Ada');
  expect(mergeValue(false, true, false)).toBe(true);
});

test('a list keeps what was added and removed on both sides', () => {
  const before = ['add_user', 'edit_user', 'view_users'];
  const typed = ['edit_user', 'view_users', 'manage_roles'];
  const stored = ['add_user', 'view_users', 'view_audit_log'];

  expect(mergeValue(before, typed, stored)).toEqual(['view_users', 'view_audit_log', 'manage_roles']);
});

test('an item that both sides have added is there once', () => {
  expect(mergeValue<string[]>([], ['add_user'], ['add_user'])).toEqual(['add_user']);
});

test('lists are the same when they hold the same items in any order', () => {
  expect(isSame(['a', 'b'], ['b', 'a'])).toBe(true);
  expect(isSame(['a'], ['a', 'b'])).toBe(false);
  expect(isSame('', false)).toBe(false);
});
