import { isIP } from 'node:net';
import { AppError } from '../../kernel/errors.ts';
import { checkAddress, guardedLookup, openLookup, type GuardedLookup, type Resolve } from '../egress/addresses.ts';

/** What people may name without asking whoever runs the machine. */
const PORTS = [143, 993];

export type Security = 'tls' | 'starttls' | 'none';
export type MailHosts = ReturnType<typeof createMailHosts>;

/**
 * Which mail servers may be asked when a person names one: public ones, on the ports of IMAP, encrypted. Hosts that the
 * environment names (`RAPPORT_PRIVATE_HOSTS`) may be anything.
 */
export function createMailHosts({ privateHosts = [], resolve }: { privateHosts?: readonly string[]; resolve?: Resolve } = {}) {
  const exempt = new Set(privateHosts.map((host) => host.toLowerCase()));
  const [guarded, open] = [guardedLookup(resolve), openLookup(resolve)];

  return {
    /** How to find it: refuses what it may not be, now for an address, at the moment of connecting for a name. */
    lookupFor({ host, port, security }: { host: string; port: number; security: Security }): GuardedLookup {
      if (exempt.has(host.toLowerCase())) return open;
      if (!PORTS.includes(port)) {
        throw new AppError('invalid', 'mail.port_refused', `Mail is fetched from port 993 or 143 only; for another one, whoever runs this installation adds the host to RAPPORT_PRIVATE_HOSTS.`);
      }
      if (security === 'none') throw new AppError('invalid', 'mail.unencrypted', 'A password is never sent over the internet unencrypted; choose TLS or STARTTLS.');
      if (isIP(host) !== 0) checkAddress(host);
      return guarded;
    },
  };
}
