import type { Tx } from '../../../../platform/db/db.ts';
import type { Authentication } from '../../../../platform/mail/authentication.ts';
import type { ParsedMail } from '../../../../platform/mail/parser.ts';
import type { Customers } from '../../../customers/server/customers.ts';
import type { MailName } from '../../core/addresses.ts';
import type { Judgement } from '../../core/quarantine.ts';
import type { Nature } from '../../core/robots.ts';
import { carriesVerification } from '../../core/verification-codes.ts';
import type { OpenMessage } from '../ledger-store.ts';

/** A message that would open a ticket, before it does. */
export type Newcomer = {
  readonly workspaceId: string; readonly message: OpenMessage; readonly mail: ParsedMail; readonly author: MailName; readonly nature: Nature;
  /** Keys of our own addresses. */
  readonly own: ReadonlySet<string>; readonly authentication: Authentication | null;
};

/** Says why a message is held back, or null. In the transaction that would file it; the message is claimed. */
export type Judge = (tx: Tx, newcomer: Newcomer) => Promise<Judgement | null>;

/** Asks one judge after the other; the first who objects is heard. What people let out of the quarantine is not judged again. */
export const screenWith = (judges: readonly Judge[]): Judge => async (tx, newcomer) => {
  if (newcomer.message.isReleased) return null;
  for (const judge of judges) {
    const judgement = await judge(tx, newcomer);
    if (judgement) return judgement;
  }
  return null;
};

export const verificationCodes = (customers: Pick<Customers, 'isKnown'>): Judge => async (tx, { mail, author, nature }) => {
  const signs = { from: author.address, subject: mail.subject, text: mail.text, isMachine: nature === 'machine' };
  // Only what looks like one at all is worth a question to the database.
  if (!carriesVerification({ ...signs, isKnown: false })) return null;
  const isKnown = await customers.isKnown(tx, author.address);
  return carriesVerification({ ...signs, isKnown }) ? { reason: 'verification_code', words: '' } : null;
};

/**
 * What comes on a ticket, on which somebody from outside reads along: they may have named a service as taking part and
 * given it the address of their ticket. People who answer pass; a service that hands over a code does not, known or not.
 */
export const codesOnTickets: Judge = (_tx, { mail, author, nature }) => {
  const isMachine = nature !== 'person';
  const carries = carriesVerification({ from: author.address, subject: mail.subject, text: mail.text, isMachine, isKnown: !isMachine });
  return Promise.resolve(carries ? { reason: 'verification_code', words: '' } : null);
};
