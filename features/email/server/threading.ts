import type { Tx } from '../../../platform/db/db.ts';
import type { Verdict } from '../../../platform/mail/authentication.ts';
import type { ParsedMail } from '../../../platform/mail/parser.ts';
import type { Links } from '../../tickets/core/incoming.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { addressKey, splitPlus } from '../core/addresses.ts';
import { notice } from '../core/notices.ts';
import { ticketNumbersIn } from '../core/subject-tag.ts';
import type { Claim, Tokens } from './tokens.ts';

/** Where a message belongs: on an existing ticket, or (null) on a new one, with a word on why and what it points at. */
export type Thread = { readonly ticketId: string | null; readonly notice: string | null; readonly linkTo: Links | null };
type Ticket = NonNullable<Awaited<ReturnType<Tickets['find']>>>;

export type Question = {
  readonly workspaceId: string;
  /** Every mailbox of ours that it is for. */
  readonly mailboxIds: readonly string[];
  readonly mail: ParsedMail; readonly author: string; readonly envelopeTo: readonly string[]; readonly verdict: Verdict; readonly at: Date;
  /** Set when the author's address is a colleague's. */
  readonly personId: string | null;
};

const ON_ITS_OWN: Thread = { ticketId: null, notice: null, linkTo: null };
const MAX_HINTS = 5;

/**
 * A message joins a ticket only with a token of ours for this workspace and mailbox, only from somebody who takes part in
 * it, and not when the sender's domain disowns it. Everything else that points at a ticket (a known Message-ID, a number
 * in the subject, a token of long ago, one in a stranger's hand) is a hint: enough from somebody who takes part and for
 * whom the domain vouches, else a link that a person can follow.
 */
export function createThreading({ tickets, tokens }: {
  tickets: Pick<Tickets, 'find' | 'findByNumber' | 'takesPart' | 'takesAnswers' | 'entriesWithMessageIds'>; tokens: Tokens;
}) {
  /** All that we signed ourselves, the nearest first; of each ticket the best. */
  function claims({ workspaceId, mailboxIds, mail, envelopeTo, personId }: Pick<Question, 'workspaceId' | 'mailboxIds' | 'mail' | 'envelopeTo' | 'personId'>): Claim[] {
    const addresses = [...envelopeTo, ...(mail.robot['delivered-to'] ?? '').split('\n'), ...[...mail.to, ...mail.cc].map(({ address }) => address)];
    const details = addresses.flatMap((address) => splitPlus(address.trim()).detail ?? []);
    const read = (candidates: readonly string[]): Claim[] => candidates.flatMap((candidate) =>
      mailboxIds.flatMap((mailboxId) => tokens.read(candidate, { workspaceId, mailboxId }, personId) ?? []));
    const found = read([...mail.ancestors, ...details]);
    // A program that drops the headers still quotes the mail that it answers.
    return found.length > 0 ? found : read([mail.quoted, mail.text, mail.html?.raw ?? ''].flatMap(tokens.inWords));
  }

  const isLiving = (ticket: Ticket | null): ticket is Ticket => ticket !== null && ticket.deletedAt === null;

  async function on(tx: Tx, ticket: Ticket, at: Date): Promise<Thread> {
    if (await tickets.takesAnswers(tx, ticket, at)) return { ticketId: ticket.id, notice: null, linkTo: null };
    return { ticketId: null, notice: notice.follows(ticket.number), linkTo: { ticketId: ticket.id, reason: 'follows' } };
  }

  async function proven(tx: Tx, signed: readonly Claim[], { author, verdict, at }: Question): Promise<Thread | null> {
    let first: Ticket | null = null;
    for (const ticketId of new Set(signed.map((claim) => claim.ticketId))) {
      const ticket = await tickets.find(tx, ticketId);
      if (!isLiving(ticket)) continue;
      first ??= ticket;
      if (!await tickets.takesPart(tx, ticket.id, author)) continue;
      if (verdict === 'fail') return { ticketId: null, notice: notice.unproven(ticket.number), linkTo: { ticketId: ticket.id, reason: 'unproven' } };
      return on(tx, ticket, at);
    }
    return first && { ticketId: null, notice: notice.stranger(first.number), linkTo: { ticketId: first.id, reason: 'stranger' } };
  }

  /**
   * A Message-ID that others know too can be sent ahead of its owner, on a ticket of somebody else's that names the owner.
   * So it counts for joining only when the entry is ours, or the author's own and vouched for, or its author is openly
   * among those written to now: then nobody learns what was not meant for them.
   */
  async function byMessageId(tx: Tx, { mail, author }: Question): Promise<{ ticketId: string; fits: boolean }[]> {
    const openly = new Set([author, ...[...mail.to, ...mail.cc].map(({ address }) => address)].map(addressKey));
    return (await tickets.entriesWithMessageIds(tx, mail.ancestors)).map(({ ticketId, direction, authorAddress, verdict }) => {
      const by = addressKey(authorAddress ?? '');
      return { ticketId, fits: direction === 'out' || (by === addressKey(author) ? verdict === 'pass' : openly.has(by)) };
    });
  }

  async function hinted(tx: Tx, old: readonly Claim[], question: Question): Promise<Thread> {
    const { mail, author, verdict, at } = question;
    const tagged = await Promise.all(ticketNumbersIn(mail.subject).map((number) => tickets.findByNumber(tx, number)));
    const hints = [
      ...old.map(({ ticketId }) => ({ ticketId, fits: true })), ...await byMessageId(tx, question),
      ...tagged.flatMap((ticket) => (ticket ? [{ ticketId: ticket.id, fits: true }] : [])),
    ];
    let first: Ticket | null = null;
    for (const { ticketId, fits } of hints.slice(0, MAX_HINTS)) {
      const ticket = await tickets.find(tx, ticketId);
      if (!isLiving(ticket)) continue;
      first ??= ticket;
      if (fits && verdict === 'pass' && await tickets.takesPart(tx, ticket.id, author)) return on(tx, ticket, at);
    }
    return first ? { ticketId: null, notice: notice.possiblyBelongsTo(first.number), linkTo: { ticketId: first.id, reason: 'possibly_belongs_to' } } : ON_ITS_OWN;
  }

  return {
    claims,
    async find(tx: Tx, signed: readonly Claim[], question: Question): Promise<Thread> {
      const good = signed.filter(({ isOld }) => !isOld);
      return await proven(tx, good, question) ?? hinted(tx, signed.filter(({ isOld }) => isOld), question);
    },
  };
}
