import { isIP } from 'node:net';
import { AppError } from '../../kernel/errors.ts';
import { checkAddress, guardedLookup, openLookup, type GuardedLookup, type Resolve } from '../egress/addresses.ts';

/** What people may name without asking whoever runs the machine. */
const PORTS = [143, 993];
const RELAY_PORTS = [25, 465, 587, 2525];

export type Security = 'tls' | 'starttls' | 'none';
type Place = { readonly host: string; readonly port: number; readonly security: Security };
export type MailHosts = ReturnType<typeof createMailHosts>;

/**
 * Which mail servers may be asked when a person names one: public ones, on the ports of IMAP, encrypted. Hosts that the
 * environment names (`RAPPORT_PRIVATE_HOSTS`) may be anything.
 */
export function createMailHosts({ privateHosts = [], resolve }: { privateHosts?: readonly string[]; resolve?: Resolve } = {}) {
  const exempt = new Set(privateHosts.map((host) => host.toLowerCase()));
  const [guarded, open] = [guardedLookup(resolve), openLookup(resolve)];

  function lookup({ host, port, security }: Place, ports: readonly number[], rule: string): GuardedLookup {
    if (exempt.has(host.toLowerCase())) return open;
    if (!ports.includes(port)) {
      throw new AppError('invalid', 'mail.port_refused', `${rule}; for another one, whoever runs this installation adds the host to RAPPORT_PRIVATE_HOSTS.`);
    }
    if (security === 'none') throw new AppError('invalid', 'mail.unencrypted', 'A password is never sent over the internet unencrypted; choose TLS or STARTTLS.');
    if (isIP(host) !== 0) checkAddress(host);
    return guarded;
  }

  return {
    /** How to find it: refuses what it may not be, now for an address, at the moment of connecting for a name. */
    lookupFor(place: Place): GuardedLookup {
      return lookup(place, PORTS, 'Mail is fetched from port 993 or 143 only');
    },

    /** The same for a server that mail leaves through. */
    relayLookupFor(place: Place): GuardedLookup {
      return lookup(place, RELAY_PORTS, 'Mail leaves through port 465, 587, 2525 or 25 only');
    },
  };
}
