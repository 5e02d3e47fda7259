import Users from '@lucide/svelte/icons/users';
import Building from '@lucide/svelte/icons/building';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import type { Component } from 'svelte';
import type { Permission } from './api/generated/graphql';
import { SIGN_IN } from './location.svelte';

interface PublicRoute {
  access: 'public';
  load: () => Promise<{ default: Component }>;
}

interface MemberRoute {
  access: 'signed-in';
  /** Users without it do not see the page; the server withholds its data on its own. */
  requires?: Permission;
  load: () => Promise<{ default: Component }>;
  /** Its place in the menu. */
  navigation?: { label: string; icon: Component<{ class?: string; 'aria-hidden'?: 'true' }> };
}

export type Route = PublicRoute | MemberRoute;

const RESET_PASSWORD = '/reset-password';
export const ACCOUNT = '/account';

export const routes: Record<string, Route> = {
  [SIGN_IN]: {
    access: 'public',
    load: () => import('./sign-in/SignInPage.svelte'),
  },
  [RESET_PASSWORD]: {
    access: 'public',
    load: () => import('./sign-in/ResetPasswordPage.svelte'),
  },
  '/admin': {
    access: 'signed-in',
    requires: 'VIEW_USERS',
    load: () => import('./users/UsersPage.svelte'),
    navigation: { label: 'User Admin', icon: Users },
  },
  '/admin/roles': {
    access: 'signed-in',
    requires: 'VIEW_USERS',
    load: () => import('./roles/RolesPage.svelte'),
    navigation: { label: 'Roles', icon: ShieldCheck },
  },
  '/admin/organization': {
    access: 'signed-in',
    requires: 'MANAGE_ORGANIZATION',
    load: () => import('./organization/OrganizationPage.svelte'),
    navigation: { label: 'Organization', icon: Building },
  },
  '/admin/audit': {
    access: 'signed-in',
    requires: 'VIEW_AUDIT_LOG',
    load: () => import('./audit/AuditPage.svelte'),
    navigation: { label: 'Audit Log', icon: ScrollText },
  },
  [ACCOUNT]: {
    access: 'signed-in',
    load: () => import('./account/AccountPage.svelte'),
  },
};
