import { promises as dns } from 'node:dns';
import type { DNSResolver } from 'mailauth';

export type { DNSResolver } from 'mailauth';

/** The name servers of this machine, asked directly, so that what a file of hosts says does not matter. */
export function systemResolver(): DNSResolver {
  const resolver = new dns.Resolver({ timeout: 1_000, tries: 2 });
  return async (domain, type) => await resolver.resolve(domain, type) as string[] | string[][];
}
