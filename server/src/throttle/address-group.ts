import { isIPv6 } from 'node:net';

/**
 * What counts as one address: of IPv6 the network of 64 bits, all of which one customer has to
 * himself; an IPv4 address in IPv6 clothes is the plain one.
 */
export function addressGroup(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (!isIPv6(bare)) return bare;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare);
  return mapped?.[1] ?? ipv6Groups(bare).slice(0, 4).join(':');
}

/** The eight groups of an address in any notation. */
function ipv6Groups(address: string): string[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const groups = (part: string) => part.split(':').filter((group) => group !== '');
  if (tail === undefined) return groups(head);
  const permissionDenial = 8 - groups(head).length - groups(tail).length;
  return [...groups(head), ...Array<string>(permissionDenial).fill('0'), ...groups(tail)];
}
