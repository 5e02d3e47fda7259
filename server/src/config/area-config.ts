import type { AreaUrls } from '../access/area-access';
import { ALL_AREAS, type Area } from '../access/permissions';

/** Areas with pages of their own elsewhere; User Admin is this service. */
const ELSEWHERE = ALL_AREAS.filter((area) => area !== 'USER_ADMIN');

/**
 * Where the other areas are: `CUSTOMERS=https://kyc.example.com, CALLS=https://calls.example.com`. What
 * is wrong joins `problems`.
 */
export function readAreaUrls(value: string | undefined, problems: string[]): AreaUrls {
  const urls: Partial<Record<Area, string>> = {};
  for (const entry of (value ?? '').split(',').map((text) => text.trim())) {
    if (entry === '') continue;
    const [name = '', ...rest] = entry.split('=');
    const area = ELSEWHERE.find((known) => known === name.trim());
    const url = rest.join('=').trim();
    if (area && isWebAddress(url) && !urls[area]) urls[area] = url;
    else {
      problems.push(
        `AREA_URLS must name each area once, like CUSTOMERS=https://kyc.example.com, not "${entry}". ` +
          `The areas are ${ELSEWHERE.join(', ')}.`,
      );
    }
  }
  return urls;
}

/** Only the web: any other scheme, javascript: above all, must not become a link of the menu. */
function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
