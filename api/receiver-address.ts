import { BlockList, isIPv4, isIPv6 } from 'node:net';

const THIS_MACHINE = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Networks that lead inside, or nowhere: whoever chooses an address must not reach the shop's own machines by it.
 * 169.254.169.254 is where clouds tell their machines secrets.
 *
 * @see RFC 6890
 */
const INSIDE_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const;
const INSIDE_IPV6 = [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const;

/** IPv4 within IPv6, `::ffff:10.0.0.1`, is found by its IPv4. */
const INSIDE = new BlockList();
for (const [net, prefix] of INSIDE_IPV4) INSIDE.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of INSIDE_IPV6) INSIDE.addSubnet(net, prefix, 'ipv6');

/** Whether messages can be sent to this address at all: https, and http only on this machine. */
export function isReceiver(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username } = new URL(url);
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && isOnThisMachine(url)));
}

export function isOnThisMachine(url: string): boolean {
  return THIS_MACHINE.includes(new URL(url).hostname);
}

/** Whether an address leads inside by what it says. What a name resolves to is not looked up: it may change. */
export function leadsInside(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$|\.$/g, '');
  if (isIPv4(host)) return INSIDE.check(host, 'ipv4');
  if (isIPv6(host)) return INSIDE.check(host, 'ipv6');
  return /(^|\.)localhost$/.test(host);
}
