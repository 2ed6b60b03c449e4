import { addressKey, splitPlus } from './addresses.ts';
import { answerAddress, MAX_AUTOMATIC_PER_HOUR } from './acknowledgement.ts';
import type { Nature } from './robots.ts';

/** Why nothing is written by itself. */
export type NoMail = 'no_address' | 'robot' | 'own_address' | 'unproven_sender' | 'undeliverable' | 'too_many' | 'needs_approval';

export type ArrivedMail = {
  /** Null: from before it was kept. */
  readonly nature: Nature | null; readonly verdict: string | null; readonly returnPath: string | null; readonly from: string | null;
};

/** What an automatic mail about a ticket depends on besides what was sent of late. */
export type AutomaticFacts = {
  /** It answers what has just come, as an acknowledgement does; otherwise it is something that we say ourselves. */
  readonly answers: boolean;
  readonly to: string | null;
  /** Addresses of ours, by key. */
  readonly own: ReadonlySet<string>;
  /** Behind the address sits a machine. */
  readonly isNobody: boolean;
  /** What came by mail on the ticket, newest first. */
  readonly arrived: readonly ArrivedMail[];
  /** What came last was handed in by a program, which anybody may have told whatever they like. */
  readonly isHandedIn: boolean;
  /** A person here has written to them on this ticket: it is no stranger. */
  readonly isConversation: boolean;
};

/** By the rules of automatic mail (RFC 3834): never to machines, lists and ourselves, nor where a stranger may have named another. Null: it may go. */
export function refusalOf({ answers, to, own, isNobody, arrived, isHandedIn, isConversation }: AutomaticFacts): NoMail | null {
  if (to === null) return 'no_address';
  if (own.has(addressKey(splitPlus(to).base))) return 'own_address';
  const letter = letterOf(arrived, answers);
  if (isNobody || isOfMachine(letter)) return 'robot';
  if (isConversation) return null;
  return isHandedIn || (letter && !isTheirs(letter, to)) ? 'unproven_sender' : null;
}

/** Somebody who is away is still somebody, unless it is their robot that would be answered. */
const letterOf = (arrived: readonly ArrivedMail[], answers: boolean): ArrivedMail | undefined =>
  (answers ? arrived[0] : arrived.find(({ nature }) => nature !== 'autoreply') ?? arrived[0]);

const isOfMachine = (letter: ArrivedMail | undefined): boolean => (letter?.nature ?? 'person') !== 'person';

/** Whoever writes a stranger's name on a letter must not have mail sent to them. */
function isTheirs({ verdict, returnPath, from }: ArrivedMail, to: string): boolean {
  if (verdict === 'fail' || from === null || addressKey(from) !== addressKey(to)) return false;
  return addressKey(answerAddress({ from, returnPath, isVouched: verdict === 'pass' })) === addressKey(from);
}

/** To somebody of whom only a letter says that they wrote it, on however many tickets, in a day. */
export const MAX_TO_STRANGER = 3;

/** One answer to a sender in a day, and so many on a ticket in an hour; few to an address in which others may have written many letters. */
export const isTooMuch = ({ answers, isTrusted, toSender, onTicket }: { answers: boolean; isTrusted: boolean; toSender: number; onTicket: number }): boolean =>
  (answers && toSender > 0) || (!isTrusted && toSender >= MAX_TO_STRANGER) || onTicket >= MAX_AUTOMATIC_PER_HOUR;
