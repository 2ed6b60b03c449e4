import type { MailHosts } from '../../../../platform/mail/hosts.ts';
import { isRefusedLogin, openImap, type ImapFlow, type ImapPlace } from '../../../../platform/mail/imap.ts';
import type { Grants } from '../oauth/grants.ts';
import type { Account } from '../oauth/shown-to.ts';

/** The token of whoever signed in for the mailbox, or a password. */
export type Entrance = { readonly password: string } | Account;
export type Open = (place: ImapPlace, entrance: Entrance) => Promise<ImapFlow>;

/** Signs in at a mail server; a token that it refuses is renewed, once. */
export const createOpening = ({ hosts, grants }: { hosts: MailHosts; grants: Pick<Grants, 'access'> }): Open => async (place, entrance) => {
  if ('password' in entrance) return openImap(place, entrance, hosts);
  // Nothing leaves for a place that may not be asked.
  hosts.lookupFor(place);
  const accessToken = await grants.access(entrance);
  try {
    return await openImap(place, { accessToken }, hosts);
  } catch (error) {
    if (!isRefusedLogin(error)) throw error;
    return openImap(place, { accessToken: await grants.access(entrance, { instead: accessToken }) }, hosts);
  }
};
