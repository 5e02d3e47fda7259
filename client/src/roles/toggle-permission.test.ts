import { togglePermission } from './toggle-permission';

const CATALOGUE = [
  { permission: 'VIEW_USERS', requires: [] },
  { permission: 'EDIT_USER', requires: ['VIEW_USERS'] },
  { permission: 'RESET_MFA', requires: ['EDIT_USER'] },
  { permission: 'MANAGE_BILLING', requires: [] },
] as const satisfies Parameters<typeof togglePermission>[0];

test('what is ticked takes along all that it needs, once', () => {
  expect(togglePermission(CATALOGUE, ['MANAGE_BILLING'], 'RESET_MFA')).toEqual([
    'MANAGE_BILLING',
    'RESET_MFA',
    'EDIT_USER',
    'VIEW_USERS',
  ]);
  expect(togglePermission(CATALOGUE, ['VIEW_USERS'], 'EDIT_USER')).toEqual(['VIEW_USERS', 'EDIT_USER']);
});

test('what is unticked takes along all that needs it, and leaves what it needs', () => {
  const all = CATALOGUE.map(({ permission }) => permission);

  expect(togglePermission(CATALOGUE, all, 'VIEW_USERS')).toEqual(['MANAGE_BILLING']);
  expect(togglePermission(CATALOGUE, all, 'RESET_MFA')).toEqual([
    'VIEW_USERS',
    'EDIT_USER',
    'MANAGE_BILLING',
  ]);
});
