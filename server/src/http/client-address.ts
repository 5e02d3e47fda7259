import { BlockList, isIP, isIPv4 } from 'node:net';
import type { FastifyRequest } from 'fastify';

export type Trusts = (address: string) => boolean;

/**
 * Whether an address is that of a proxy whose headers are believed.
 * @param networks addresses and networks such as 10.0.0.0/8
 */
export function trustedBy(networks: readonly string[]): Trusts {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (text) => {
    const address = readAddress(text);
    if (address === null) return false;
    if (!isIPv4(address)) return list.check(address, 'ipv6');
    // A network of mapped addresses holds the IPv4 addresses that they stand for.
    return list.check(address, 'ipv4') || list.check(`::ffff:${address}`, 'ipv6');
  };
}

/**
 * The address that the nearest trusted proxies saw. A proxy may pass on text that its client made up; where that
 * is no address, the address of the proxy is used instead.
 */
export function clientAddress({ headers, socket }: FastifyRequest, trusts: Trusts): string {
  let address = readAddress(socket.remoteAddress ?? '') ?? '';
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').reverse();
  for (const text of forwarded) {
    if (!trusts(address)) return address;
    const next = readAddress(text);
    if (next === null) return address;
    address = next;
  }
  return address;
}

/**
 * An address as proxies write it: in brackets, with a port (Azure), a zone or quotes. Neither port nor zone is part
 * of it, and an IPv4 address that is mapped to IPv6 is the IPv4 address.
 * @returns null for what is no address
 */
function readAddress(text: string): string | null {
  const [bare = ''] = withoutPort(text.trim().replaceAll('"', '')).split('%');
  const mapped = bare.toLowerCase().startsWith('::ffff:') ? bare.slice('::ffff:'.length) : '';
  if (isIPv4(mapped)) return mapped;
  return isIP(bare) ? bare : null;
}

function withoutPort(text: string): string {
  if (text.startsWith('[')) return text.slice(1, Math.max(1, text.indexOf(']')));
  const [host = '', port, ...rest] = text.split(':');
  return port !== undefined && rest.length === 0 ? host : text;
}
