import { isIP } from 'node:net';
import { listOf, parsedBy } from './variable-kinds';

export const trustedProxies = listOf(
  parsedBy(
    (text) => (isNetwork(text) ? text : null),
    (text) => `must name addresses such as 10.0.0.5 or 10.0.0.0/8, not "${text}".`,
  ),
);

/** An address, alone or with the length of its network's prefix; never everyone (/0). */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}
