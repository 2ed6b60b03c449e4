import { BlockList, isIP } from 'node:net';
import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { AppError } from '../../kernel/errors.ts';

/** IPv4 that is not the public internet (the IANA special-purpose registry), and multicast. */
const NOT_PUBLIC_4 = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12],
  ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15],
  ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const;

/** IPv6 is public inside 2000::/3 only, and not where an IPv4 address is wrapped or documentation lives. */
const NOT_PUBLIC_6 = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]] as const;

const refused = new BlockList();
for (const [network, bits] of NOT_PUBLIC_4) refused.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of NOT_PUBLIC_6) refused.addSubnet(network, bits, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** False for everything that is not plainly a public address: private, loopback, link-local, mapped, translated, garbage. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refused.check(address, 'ipv4');
  return family === 6 && !address.includes('%') && globalUnicast.check(address, 'ipv6') && !refused.check(address, 'ipv6');
}

/** Refuses an address that a person typed, and that leads into this machine or its network. */
export function checkAddress(address: string): void {
  if (!isPublicAddress(address)) {
    throw new AppError('invalid', 'egress.private_address', 'This host is, or leads to, an address inside a private network; use a public one.');
  }
}

export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

const resolveBySystem: Resolve = (hostname) => new Promise((resolve, reject) => {
  systemLookup(hostname, { all: true, order: 'verbatim' }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
});

type LookupDone = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
export type GuardedLookup = (hostname: string, options: LookupOptions, done: LookupDone) => void;

/**
 * For `lookup` of node's sockets: resolves once, refuses when any of the addresses is not public, and hands out exactly
 * the addresses that were checked, so that a second answer of the name server cannot matter.
 * Node does not ask it about literal addresses: give those to `checkAddress`.
 */
export const guardedLookup = (resolve: Resolve = resolveBySystem): GuardedLookup => lookupOf(async (hostname) => {
  const addresses = await resolve(hostname);
  for (const { address } of addresses) checkAddress(address);
  return addresses;
});

/** The same without the refusal, for hosts that the environment names. */
export const openLookup = (resolve: Resolve = resolveBySystem): GuardedLookup => lookupOf(resolve);

const lookupOf = (resolve: Resolve): GuardedLookup => (hostname, { all, family }, done) => {
  resolve(hostname).then((addresses) => pick(addresses, hostname, family)).then((found) => {
    if (all) done(null, found);
    else done(null, found[0]!.address, found[0]!.family);
  }, (error: Error) => done(error, all ? [] : ''));
};

function pick(addresses: readonly LookupAddress[], hostname: string, family: LookupOptions['family']): LookupAddress[] {
  const wanted = family === 4 || family === 'IPv4' ? 4 : family === 6 || family === 'IPv6' ? 6 : null;
  const found = addresses.filter((address) => wanted === null || address.family === wanted);
  if (found.length === 0) throw new AppError('unavailable', 'egress.unknown_host', `There is no address for ${hostname}.`);
  return found;
}
