import { parsedBy } from './variable-kinds';

/** The origin of a web address without a path. */
export const publicUrl = parsedBy(
  parseOrigin,
  (text) => `must be an address such as https://users.example.com, not "${text}".`,
);

function parseOrigin(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && /^https?:$/.test(url.protocol) && url.pathname === '/' ? url.origin : null;
}
