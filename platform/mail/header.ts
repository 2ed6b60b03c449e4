import { randomBytes } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { AppError } from '../../kernel/errors.ts';

export type MailName = { readonly name: string; readonly address: string };

const ATOM = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}$/u;
const DOMAIN = /^(?:[^\s@<>()[\]\\,;:"._\p{Cc}-](?:[^\s@<>()[\]\\,;:"._\p{Cc}]*[^\s@<>()[\]\\,;:"._\p{Cc}-])?\.)*[^\s@<>()[\]\\,;:"._\p{Cc}-](?:[^\s@<>()[\]\\,;:"._\p{Cc}]*[^\s@<>()[\]\\,;:"._\p{Cc}-])?$/u;
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * Whether we send to this address: one plain `local@domain`. Quoted local parts, comments, groups and address literals
 * are refused, so that what was checked and where the mail goes can never be read in two ways.
 */
export function isPlainAddress(address: string): boolean {
  if (address.length > 320) return false;
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  return at > 0 && ATOM.test(local) && !local.startsWith('.') && !local.endsWith('.') && domain.length <= 255 && DOMAIN.test(domain);
}

const WITHOUT_DOTS = new Set(['gmail.com', 'googlemail.com']);

/**
 * One name for the many under which one mailbox gets mail (`name+anything@…`): by it is counted what strangers can make us
 * send there. Never where mail goes, nor who somebody is.
 */
export function countedAs(address: string): string {
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at).trim().toLowerCase(), domainToASCII(address.slice(at + 1).trim()) || address.slice(at + 1)];
  const base = local.split('+', 1)[0] || local;
  return WITHOUT_DOTS.has(domain) ? `${base.replaceAll('.', '')}@gmail.com` : `${base}@${domain}`;
}

/** Refuses what could begin a header of its own. */
export function checkHeader(field: string, value: string): void {
  if (CONTROL.test(value)) {
    throw new AppError('invalid', 'mail.header_refused', `The ${field} of a mail cannot contain line breaks or control characters.`, { field });
  }
}

export function checkName(field: string, { name, address }: MailName): void {
  checkHeader(field, name);
  if (!isPlainAddress(address)) {
    throw new AppError('invalid', 'mail.address_refused', `"${address.replace(/[\u0000-\u001f\u007f]/g, ' ')}" is not an address that mail can be sent to; write it as name@example.org.`, { field });
  }
}

/** The beginning of a text, never with half of a character: PostgreSQL refuses such a half inside JSON. */
export const cut = (text: string, max: number): string => text.slice(0, max).replace(/[\ud800-\udbff]$/, '').toWellFormed();

/** Text of strangers made fit for one header line: control characters become spaces. */
export const oneLine = (text: string, max = 998): string =>
  cut(text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim(), max);

/** The domain that our Message-IDs carry: that of the sending address. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** A domain as name servers know it, however it is written; empty when it is none. */
export const inDns = (domain: string): string => domainToASCII(domain.replace(/\.$/, ''));

/** A Message-ID that says nothing; what belongs to a ticket gets a signed one from the email room. */
export const newMessageId = (senderAddress: string): string => `<${randomBytes(16).toString('hex')}@${domainOf(senderAddress)}>`;
