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

export interface PermissionInfo<Key extends string = Permission> {
  /** As stored and exported. */
  readonly key: Key;
  readonly area: Area;
  /** A short name for people. */
  readonly label: string;
  /** What it allows; where nothing in this service asks for it, also what does. */
  readonly description: string;
  /** The permissions without which it is of no use; a role that has it must have them too. */
  readonly requires?: readonly NoInfer<Key>[];
}

/** Infers the keys, so that `requires` can name no permission that does not exist. */
function catalogueOf<Name extends string, Key extends string>(
  entries: Readonly<Record<Name, PermissionInfo<Key>>>,
) {
  return entries;
}

/** The permission catalogue: every permission there is, by its GraphQL name. */
export const PERMISSION_CATALOGUE = catalogueOf({
  VIEW_CUSTOMERS: {
    key: 'view_customers',
    area: 'CUSTOMERS',
    label: 'View customers',
    description: 'See the customer list and customer profiles. Used by the Customers (KYC) application.',
  },
  ACCESS_CALLS: {
    key: 'access_calls',
    area: 'CALLS',
    label: 'Access calls',
    description:
      'Open the call center and use the tools in a call. Used by the Calls (Video KYC) application.',
  },
  VIEW_USERS: {
    key: 'view_users',
    area: 'USER_ADMIN',
    label: 'Administrator access',
    description: 'Administrator access: open User Admin and see every user of the organization.',
  },
  ADD_USER: {
    key: 'add_user',
    area: 'USER_ADMIN',
    label: 'Add users',
    description: 'Add users.',
    requires: ['view_users'],
  },
  EDIT_USER: {
    key: 'edit_user',
    area: 'USER_ADMIN',
    label: 'Edit users',
    description: 'Change the details, password and role of users.',
    requires: ['view_users'],
  },
  SET_USER_ENABLED: {
    key: 'set_user_enabled',
    area: 'USER_ADMIN',
    label: 'Disable and enable users',
    description: 'Disable and enable users.',
    requires: ['view_users'],
  },
  RESET_MFA: {
    key: 'reset_mfa',
    area: 'USER_ADMIN',
    label: 'Reset two-factor authentication',
    description: "Remove a user's two-factor authentication.",
    requires: ['view_users'],
  },
  MANAGE_ROLES: {
    key: 'manage_roles',
    area: 'USER_ADMIN',
    label: 'Manage roles',
    description: 'Create, change and delete roles.',
    requires: ['view_users'],
  },
  MANAGE_ORGANIZATION: {
    key: 'manage_organization',
    area: 'USER_ADMIN',
    label: 'Manage the organization',
    description:
      "Change the organization's name and features, and require two-factor authentication from everyone.",
  },
  VIEW_AUDIT_LOG: {
    key: 'view_audit_log',
    area: 'USER_ADMIN',
    label: 'View the audit log',
    description: 'Read who changed what and when.',
  },
  MANAGE_API_TOKENS: {
    key: 'manage_api_tokens',
    area: 'USER_ADMIN',
    label: 'Manage API tokens',
    description: 'Create and revoke API tokens. Not used by this version.',
  },
  MANAGE_WEBHOOKS: {
    key: 'manage_webhooks',
    area: 'COMPANY_SETTINGS',
    label: 'Manage webhooks',
    description: 'Set up webhooks. Not used by this version.',
  },
  MANAGE_BILLING: {
    key: 'manage_billing',
    area: 'COMPANY_SETTINGS',
    label: 'Manage billing',
    description: 'See and change billing. Used by the Company Settings application.',
  },
  MANAGE_ACTIVATION: {
    key: 'manage_activation',
    area: 'COMPANY_SETTINGS',
    label: 'Manage activation',
    description: 'Activate the company account. Used by the Company Settings application.',
  },
  MANAGE_IP_WHITELIST: {
    key: 'manage_ip_whitelist',
    area: 'COMPANY_SETTINGS',
    label: 'Manage the IP whitelist',
    description: 'Decide which addresses may use the API. Not used by this version.',
  },
  VIEW_TRAVEL_RULE: {
    key: 'view_travel_rule',
    area: 'TRAVEL_RULE',
    label: 'View Travel Rule',
    description: 'See Travel Rule transfers. Used by the Travel Rule application.',
  },
  VIEW_BIOPAY_ATTEMPTS: {
    key: 'view_biopay_attempts',
    area: 'BIOPAY',
    label: 'View BioPay attempts',
    description: 'See BioPay attempts. Used by the BioPay application.',
  },
  MANAGE_BIOPAY_SETTINGS: {
    key: 'manage_biopay_settings',
    area: 'BIOPAY',
    label: 'Manage BioPay settings',
    description: 'See and change BioPay settings. Used by the BioPay application.',
  },
});

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

/** The permissions that a role needs beside this one. */
export function permissionsNeededBy(permission: Permission): readonly Permission[] {
  return PERMISSION_CATALOGUE[permissionName(permission)].requires ?? [];
}

/**
 * Without those whose needed permissions are missing: whoever may change users answers with users, which only
 * those may read who have view_users. Roles are refused such lists, but may have got them before.
 */
export function effectivePermissions(permissions: readonly Permission[]): Permission[] {
  const effective = permissions.filter((permission) =>
    permissionsNeededBy(permission).every((needed) => permissions.includes(needed)),
  );
  return effective.length === permissions.length ? effective : effectivePermissions(effective);
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
