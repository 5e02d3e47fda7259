import { registerEnumType } from 'type-graphql';

/** The parts of the product that permissions open, and how they are shown to people. */
export const AREA_CATALOGUE = {
  CUSTOMERS: { label: 'Customers (KYC)', description: 'Customer list and profiles.' },
  CALLS: { label: 'Calls (Video KYC)', description: 'Call center and in-call tools.' },
  USER_ADMIN: { label: 'User Admin', description: 'Users, roles and the audit log of the organization.' },
  COMPANY_SETTINGS: {
    label: 'Company Settings',
    description: 'Webhooks, billing, activation and IP whitelist.',
  },
  TRAVEL_RULE: {
    label: 'Travel Rule',
    description: 'Travel Rule transfers, where the organization has the feature.',
  },
  BIOPAY: { label: 'BioPay', description: 'BioPay attempts and settings.' },
} as const;

export type Area = keyof typeof AREA_CATALOGUE;

export const ALL_AREAS = Object.keys(AREA_CATALOGUE) as Area[];

export const Area = Object.fromEntries(ALL_AREAS.map((area) => [area, area])) as { [Name in Area]: Name };

export interface PermissionInfo {
  /** As stored and exported. */
  readonly key: string;
  readonly area: Area;
  readonly description: string;
}

/** The permission catalogue: every permission there is, by its GraphQL name. */
export const PERMISSION_CATALOGUE = {
  VIEW_CUSTOMERS: {
    key: 'view_customers',
    area: 'CUSTOMERS',
    description: 'See the customer list and customer profiles.',
  },
  ACCESS_CALLS: {
    key: 'access_calls',
    area: 'CALLS',
    description: 'Open the call center and use the tools in a call.',
  },
  VIEW_USERS: {
    key: 'view_users',
    area: 'USER_ADMIN',
    description: 'Open User Admin and see every user of the organization.',
  },
  ADD_USER: { key: 'add_user', area: 'USER_ADMIN', description: 'Add users.' },
  EDIT_USER: {
    key: 'edit_user',
    area: 'USER_ADMIN',
    description: 'Change the details, password and role of users.',
  },
  SET_USER_ENABLED: { key: 'set_user_enabled', area: 'USER_ADMIN', description: 'Disable and enable users.' },
  RESET_MFA: {
    key: 'reset_mfa',
    area: 'USER_ADMIN',
    description: "Turn off a user's two-factor authentication.",
  },
  MANAGE_ROLES: { key: 'manage_roles', area: 'USER_ADMIN', description: 'Create, change and delete roles.' },
  MANAGE_ORGANIZATION: {
    key: 'manage_organization',
    area: 'USER_ADMIN',
    description:
      "Change the organization's name and features, and require two-factor authentication of everyone.",
  },
  VIEW_AUDIT_LOG: {
    key: 'view_audit_log',
    area: 'USER_ADMIN',
    description: 'Read who changed what and when.',
  },
  MANAGE_API_TOKENS: {
    key: 'manage_api_tokens',
    area: 'USER_ADMIN',
    description: 'Create and revoke API tokens.',
  },
  MANAGE_WEBHOOKS: { key: 'manage_webhooks', area: 'COMPANY_SETTINGS', description: 'Set up webhooks.' },
  MANAGE_BILLING: { key: 'manage_billing', area: 'COMPANY_SETTINGS', description: 'See and change billing.' },
  MANAGE_ACTIVATION: {
    key: 'manage_activation',
    area: 'COMPANY_SETTINGS',
    description: 'Activate the company account.',
  },
  MANAGE_IP_WHITELIST: {
    key: 'manage_ip_whitelist',
    area: 'COMPANY_SETTINGS',
    description: 'Decide which addresses may use the API.',
  },
  VIEW_TRAVEL_RULE: {
    key: 'view_travel_rule',
    area: 'TRAVEL_RULE',
    description: 'See Travel Rule transfers.',
  },
  VIEW_BIOPAY_ATTEMPTS: { key: 'view_biopay_attempts', area: 'BIOPAY', description: 'See BioPay attempts.' },
  MANAGE_BIOPAY_SETTINGS: {
    key: 'manage_biopay_settings',
    area: 'BIOPAY',
    description: 'See and change BioPay settings.',
  },
} as const satisfies Record<string, PermissionInfo>;

export type PermissionName = keyof typeof PERMISSION_CATALOGUE;

/** A permission as the database stores it, for example `add_user`. */
export type Permission = (typeof PERMISSION_CATALOGUE)[PermissionName]['key'];

const NAMES = Object.keys(PERMISSION_CATALOGUE) as PermissionName[];

/** GraphQL name to stored key: ADD_USER to add_user. */
export const Permission = Object.fromEntries(
  NAMES.map((name) => [name, PERMISSION_CATALOGUE[name].key]),
) as Record<PermissionName, Permission>;

export const ALL_PERMISSIONS: readonly Permission[] = NAMES.map((name) => PERMISSION_CATALOGUE[name].key);

/** The permissions of a stored JSON list; keys that this version does not know are left out. */
export function parsePermissions(json: string): Permission[] {
  return inCatalogueOrder(JSON.parse(json) as string[]);
}

/** Stored key to GraphQL name: add_user to ADD_USER. */
export function permissionName(permission: Permission): PermissionName {
  return permission.toUpperCase() as PermissionName;
}

/** Without repetitions and in the order of the catalogue, as roles are stored and shown. */
export function inCatalogueOrder(permissions: Iterable<string>): Permission[] {
  const given = new Set(permissions);
  return ALL_PERMISSIONS.filter((permission) => given.has(permission));
}

registerEnumType(Area, {
  name: 'Area',
  description: 'A part of the product that permissions open.',
  valuesConfig: Object.fromEntries(
    ALL_AREAS.map((area) => [area, { description: AREA_CATALOGUE[area].description }]),
  ),
});

registerEnumType(Permission, {
  name: 'Permission',
  description: 'What a role can allow.',
  valuesConfig: Object.fromEntries(
    NAMES.map((name) => [name, { description: PERMISSION_CATALOGUE[name].description }]),
  ),
});

/** Whoever has all of these can administer the organization's users; one such user must always remain. */
export const ADMINISTRATION: readonly Permission[] = [
  'view_users',
  'add_user',
  'edit_user',
  'set_user_enabled',
  'manage_roles',
];
