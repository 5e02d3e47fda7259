import { areasOf } from '../src/access/area-access';
import { ALL_PERMISSIONS, type Permission } from '../src/access/permissions';
import { buildOrganization, buildPerson, buildRole, type BuiltOrganization } from './builders';
import { startService, type TestService } from './harness';

let service: TestService;
let acme: BuiltOrganization;

beforeAll(async () => {
  service = await startService({
    publicUrl: 'https://users.example.com',
    areaUrls: { CALLS: 'https://calls.example.com/video' },
  });
  acme = await buildOrganization(service);
});

const names = (permissions: readonly Permission[], features: readonly 'travel_rule'[] = []) =>
  areasOf(permissions, features, {}).map(({ area }) => area);

test.each<[area: string, permissions: Permission[]]>([
  ['CUSTOMERS', ['view_customers']],
  ['CALLS', ['access_calls']],
  ['USER_ADMIN', ['view_users']],
  ['COMPANY_SETTINGS', ['manage_webhooks']],
  ['COMPANY_SETTINGS', ['manage_billing']],
  ['COMPANY_SETTINGS', ['manage_activation']],
  ['COMPANY_SETTINGS', ['manage_ip_whitelist']],
  ['BIOPAY', ['view_biopay_attempts']],
  ['BIOPAY', ['manage_biopay_settings']],
])('%s is open to whoever holds %j', (area, permissions) => {
  expect(names(permissions)).toEqual([area]);
});

test('User Admin does not open to whoever may not see users', () => {
  expect(names(['add_user', 'edit_user', 'manage_roles'])).toEqual([]);
});

test('Travel Rule is there only when the organization has it and the viewer may see it', () => {
  expect(names(['view_travel_rule'])).toEqual([]);
  expect(names([], ['travel_rule'])).toEqual([]);
  expect(names(['view_travel_rule'], ['travel_rule'])).toEqual(['TRAVEL_RULE']);
});

test('settings of BioPay are apart from its attempts', () => {
  const [area] = areasOf(['view_biopay_attempts'], [], {});
  expect(area).toMatchObject({ area: 'BIOPAY', permissions: ['view_biopay_attempts'] });
});

test('the viewer learns their areas, what they may do there and where these are', async () => {
  const role = await buildRole(service, acme, 'Mixed', ['view_users', 'edit_user', 'access_calls']);
  const person = await buildPerson(service, acme, 'agent', { roleId: role });
  const query = '{ viewer { areas { area label permissions url } } }';
  const { data } = await service.graphql(query, {}, { token: person.token });
  expect(data.viewer.areas).toEqual([
    {
      area: 'CALLS',
      label: 'Calls (Video KYC)',
      permissions: ['ACCESS_CALLS'],
      url: 'https://calls.example.com/video',
    },
    {
      area: 'USER_ADMIN',
      label: 'User Admin',
      permissions: ['VIEW_USERS', 'EDIT_USER'],
      url: 'https://users.example.com/admin',
    },
  ]);
});

test('the catalogue in the API is the one that roles are made of', async () => {
  const agent = await buildPerson(service, acme, 'agent');
  const query = '{ permissions { permission key area areaLabel label description requires } }';
  const { data } = await service.graphql(query, {}, { token: agent.token });
  expect((data.permissions as { key: string }[]).map(({ key }) => key)).toEqual(ALL_PERMISSIONS);
  expect(data.permissions).toContainEqual({
    permission: 'ADD_USER',
    key: 'add_user',
    area: 'USER_ADMIN',
    areaLabel: 'User Admin',
    label: 'Add users',
    description: 'Add users.',
    requires: ['VIEW_USERS'],
  });
});
