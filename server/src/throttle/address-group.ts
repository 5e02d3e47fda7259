import { isIPv6 } from 'node:net';

/**
 * Addresses that are counted as one: those of an IPv6 network of 64 bits, because one customer has all of
 * it. An IPv4 address that is mapped to IPv6 counts as the IPv4 address.
 */
export function addressGroup(address: string): string {
  const [bare = ''] = address.split('%');
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
  const zeros = 8 - groups(head).length - groups(tail).length;
  return [...groups(head), ...Array<string>(zeros).fill('0'), ...groups(tail)];
}
