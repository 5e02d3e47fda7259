import type { AreaUrls } from '../access/area-access';
import { ALL_AREAS, type Area } from '../access/permissions';
import { listOf, parsedBy } from './variable-kinds';

/** Areas with pages of their own elsewhere; User Admin is this service. */
const ELSEWHERE = ALL_AREAS.filter((area) => area !== 'USER_ADMIN');

interface AreaUrl {
  readonly area: Area;
  readonly url: string;
  /** The entry as it was written. */
  readonly text: string;
}

/** Where the other areas are: `CUSTOMERS=https://kyc.example.com, CALLS=https://calls.example.com`. */
export const areaUrls = listOf(parsedBy(parseAreaUrl, problemOf)).transform((entries, { issues }) => {
  const urls: Partial<Record<Area, string>> = {};
  for (const { area, url, text } of entries) {
    if (urls[area]) issues.push({ code: 'custom', message: problemOf(text), input: text });
    urls[area] = url;
  }
  return urls satisfies AreaUrls;
});

function parseAreaUrl(text: string): AreaUrl | null {
  const [name = '', ...rest] = text.split('=');
  const area = ELSEWHERE.find((known) => known === name.trim());
  const url = rest.join('=').trim();
  return area && isWebAddress(url) ? { area, url, text } : null;
}

function problemOf(text: string): string {
  const areas = ELSEWHERE.join(', ');
  return `must name each area once, like CUSTOMERS=https://kyc.example.com, not "${text}". The areas are ${areas}.`;
}

/** Only http and https: a javascript: URL, for example, must not become a link of the menu. */
function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
