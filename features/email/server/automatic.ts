import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { domainOf, isPlainAddress, oneLine } from '../../../platform/mail/header.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Automaton } from '../../tickets/core/automatic.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { addressKey, splitPlus } from '../core/addresses.ts';
import { QUIET_HOURS } from '../core/acknowledgement.ts';
import { isTooMuch, refusalOf, type NoMail } from '../core/automatic.ts';
import { natureOf } from '../core/robots.ts';
import { mailBodies } from './bodies.ts';
import { arrivedMail } from './ledger-store.ts';
import { answersTo, mailboxFor, subjectOf, threadOf } from './outgoing.ts';
import { automaticMailSince, ownAddresses } from './store.ts';
import type { Suppressions } from './suppression/suppressions.ts';
import type { Tokens } from './tokens.ts';

const HOUR_MS = 3_600_000;

/** `answers`: to what has just come in, such as an acknowledgement; one a day for each sender. */
type Occasion = { readonly answers: boolean };
/** `by`: whose words stand in it. */
type Asked = Occasion & { readonly by?: Pick<Actor, 'role'> | null };
type Allowed = {
  readonly to: { readonly name: string; readonly address: string };
  /** They are who they say: their own words, such as their name and subject, may stand in the mail. */
  readonly isTrusted: boolean;
};

const isNobody = (address: string): boolean => natureOf({ headers: {}, fromAddress: address, subject: '', nullSender: false, report: null }) !== 'person';

/** What came is theirs, or nothing came by mail. */
const isVouched = ([first]: readonly { readonly verdict: string | null }[]): boolean => first === undefined || first.verdict === 'pass';

/** Mail to the customer of a ticket that no person writes: an entry of the ticket, and a mail from the null sender that no machine answers. */
export function createAutomaticMail({ outbox, tickets, tokens, suppressions, machineNow }: {
  outbox: Pick<Outbox, 'queue'>; tickets: Pick<Tickets, 'recipients' | 'mailOf' | 'isHandedIn' | 'hasAnsweredOn' | 'messageBy' | 'passOnBy' | 'outgoing' | 'sentAs' | 'isGated'>; tokens: Tokens;
  suppressions: Pick<Suppressions, 'among'>; machineNow: Now;
}) {
  async function stops(tx: Tx, workspaceId: string, ticketId: string, address: string, { answers, by = null, isTrusted }: Asked & Pick<Allowed, 'isTrusted'>): Promise<NoMail | null> {
    if ((await suppressions.among(tx, workspaceId, [address])).length > 0) return 'undeliverable';
    const at = machineNow().getTime();
    const { toSender, onTicket } = await automaticMailSince(tx, workspaceId, {
      address, sinceForAddress: new Date(at - QUIET_HOURS * HOUR_MS), ticketId, sinceForTicket: new Date(at - HOUR_MS),
    });
    if (isTooMuch({ answers, isTrusted, toSender, onTicket })) return 'too_many';
    return await tickets.isGated(tx, workspaceId, ticketId, by) ? 'needs_approval' : null;
  }

  /** Whether, and to whom, an automatic mail may go now. Asks the database only. */
  async function allowed(tx: Tx, workspaceId: string, ticketId: string, { answers, by = null }: Asked): Promise<Allowed | { readonly refused: NoMail }> {
    const to = (await tickets.recipients(tx, ticketId)).to.find(({ address }) => isPlainAddress(address));
    const arrived = await arrivedMail(tx, workspaceId, await tickets.mailOf(tx, ticketId));
    const isConversation = await tickets.hasAnsweredOn(tx, ticketId);
    const refused = refusalOf({
      answers, to: to?.address ?? null, own: new Set(await ownAddresses(tx, workspaceId)),
      isNobody: to !== undefined && isNobody(to.address), arrived, isHandedIn: await tickets.isHandedIn(tx, ticketId), isConversation,
    });
    if (refused || !to) return { refused: refused ?? 'no_address' };
    const isTrusted = isConversation || isVouched(arrived);
    const stopped = await stops(tx, workspaceId, ticketId, to.address, { answers, by, isTrusted });
    return stopped ? { refused: stopped } : { to, isTrusted };
  }

  /** Whether what a customer wrote may be passed on to this address now; only what a person wrote, and never to ourselves. */
  async function mayPassOn(tx: Tx, workspaceId: string, ticketId: string, to: string): Promise<NoMail | null> {
    if (new Set(await ownAddresses(tx, workspaceId)).has(addressKey(splitPlus(to).base))) return 'own_address';
    const [latest] = await arrivedMail(tx, workspaceId, await tickets.mailOf(tx, ticketId));
    if (isNobody(to) || (latest?.nature ?? 'person') !== 'person') return 'robot';
    return stops(tx, workspaceId, ticketId, to, { answers: false, isTrusted: true });
  }

  return {
    allowed, mayPassOn,

    /** After `mayPassOn` said so in the same transaction, on a ticket that the caller has locked; false when there is nothing to pass on. */
    passOn: async (tx: Tx, workspaceId: string, ticket: TicketState, given: { readonly to: string; readonly text: string }, by: Automaton): Promise<boolean> =>
      await tickets.passOnBy(tx, workspaceId, ticket, given, by) !== null,

    /** Sends it, on a ticket that the caller has locked and after `allowed` said so in the same transaction; answers with the entry. */
    async send(tx: Tx, workspaceId: string, ticket: TicketState, mail: Occasion & Allowed & { readonly text: string; readonly html?: string | undefined; readonly language: Language }, by: Automaton): Promise<string> {
      const { answers, to, isTrusted, text, html, language } = mail;
      const entryId = await tickets.messageBy(tx, workspaceId, ticket, { to: [to], text, html }, by);
      const letter = await tickets.outgoing(tx, workspaceId, entryId);
      const mailbox = await mailboxFor(tx, workspaceId, ticket);
      const subject = { workspaceId, mailboxId: mailbox.id, ticketId: ticket.id };
      const messageId = tokens.messageId({ ...subject, domain: domainOf(mailbox.address) });
      const bodies = mailBodies({ text: letter.text, html: letter.html, signature: mailbox.signature, quote: null, language, timeZone: 'UTC', mark: tokens.mark(subject) });
      await outbox.queue(tx, workspaceId, {
        // Those are counted by their address.
        purpose: answers || !isTrusted ? 'acknowledgement' : 'notice', entryId, ticketId: ticket.id, messageId, from: { name: mailbox.name, address: mailbox.address },
        ...answersTo(tokens, mailbox, ticket.id, workspaceId),
        to: [{ name: isTrusted ? oneLine(to.name, 300) : '', address: to.address }],
        // What a stranger wrote stays out of a mail that anybody can cause.
        subject: isTrusted ? subjectOf(letter, 'reply') : oneLine(`${mailbox.name || mailbox.address} (#${ticket.number})`, 900),
        ...bodies, language, ...threadOf(letter), notBefore: machineNow(), envelopeFrom: '',
        headers: { 'Auto-Submitted': answers ? 'auto-replied' : 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      await tickets.sentAs(tx, entryId, messageId);
      return entryId;
    },
  };
}
