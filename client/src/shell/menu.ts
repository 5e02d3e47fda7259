import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import Building2 from '@lucide/svelte/icons/building-2';
import ContactRound from '@lucide/svelte/icons/contact-round';
import Fingerprint from '@lucide/svelte/icons/fingerprint';
import Video from '@lucide/svelte/icons/video';
import type { Component } from 'svelte';
import type { Area, ViewerPartsFragment } from '../api/generated/graphql';

export interface MenuEntry {
  /** A path of this application, or the address of another one. */
  path: string;
  label: string;
  icon: Component<{ class?: string; 'aria-hidden'?: 'true' }>;
  elsewhere?: boolean;
}

const ICONS: Record<Exclude<Area, 'USER_ADMIN'>, MenuEntry['icon']> = {
  CUSTOMERS: ContactRound,
  CALLS: Video,
  COMPANY_SETTINGS: Building2,
  TRAVEL_RULE: ArrowLeftRight,
  BIOPAY: Fingerprint,
};

/**
 * The viewer's areas in their order: the pages of this application for User Admin, links to the others. Whoever
 * may open one of these pages has it in the menu, also without the area, as an auditor who sees no users.
 */
export function menuOf(areas: ViewerPartsFragment['areas'], ownPages: MenuEntry[]): MenuEntry[] {
  const isAdministrator = areas.some(({ area }) => area === 'USER_ADMIN');
  const entries = areas.flatMap(({ area, label, url }) => {
    if (area === 'USER_ADMIN') return ownPages;
    return url ? [{ path: url, label, icon: ICONS[area], elsewhere: true }] : [];
  });
  return isAdministrator ? entries : [...ownPages, ...entries];
}
