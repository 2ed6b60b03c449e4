import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { ForwardCreate, ReplyCreate } from '../core/contract.ts';
import { onlyHolds } from '../core/holding.ts';
import type { MailName } from '../core/incoming.ts';
import { personReplied, type TicketState } from '../core/ticket.ts';
import { byPerson, type Context } from './context.ts';
import { findEntry, usableAttachments, type EntryRow } from './entries-store.ts';
import type { Held, Outgoing } from './gate.ts';
import { recipientsOf } from './receiving.ts';
import type { SharedDrafts } from './shared-drafts.ts';
import { addParticipants, nameOf } from './store.ts';
import { unseenSince } from './unseen-store.ts';
import type { createWriting } from './writing.ts';

/** How long a mail can be taken back; machine time. */
export const UNDO_MS = 10_000;
const MAX_AHEAD_MS = 366 * 86_400_000;

/** The one way on which words of people leave the house: `post` asks the gate, `deliver` is for who has asked it. */
export function createSending(context: Context, { write }: Pick<ReturnType<typeof createWriting>, 'write'>, shared: Pick<SharedDrafts, 'takeShared' | 'sentShared' | 'writersCopied'>) {
  const { work, emit } = context;

  async function addressed(tx: Tx, ticket: TicketState, given: { to?: readonly string[] | undefined; cc?: readonly string[] | undefined }): Promise<{ to: MailName[]; cc: MailName[] }> {
    const usual = await recipientsOf(context, tx, ticket);
    const names = new Map([...usual.to, ...usual.cc].map((one) => [one.address.toLowerCase(), one.name]));
    const named = (addresses: readonly string[]) => addresses.map((address) => ({ name: names.get(address.toLowerCase()) ?? '', address }));
    const to = given.to ? named(given.to) : usual.to;
    const seen = new Set(to.map((one) => one.address.toLowerCase()));
    const cc = (given.cc ? named(given.cc) : given.to ? [] : usual.cc).filter((one) => !seen.has(one.address.toLowerCase()));
    if (to.length === 0) throw new AppError('invalid', 'reply.no_address', 'No e-mail address of this customer is known: add one, or log a call instead.');
    return { to, cc };
  }

  function leavesAt(sendAt: string | undefined): Date {
    const machine = context.machineNow().getTime();
    const wanted = sendAt === undefined ? 0 : Date.parse(sendAt);
    if (wanted > machine + MAX_AHEAD_MS) throw new AppError('invalid', 'reply.too_far_ahead', 'A reply can be planned for up to a year ahead.');
    return new Date(Math.max(machine + UNDO_MS, wanted));
  }

  async function reply(tx: Tx, actor: Actor, ticket: TicketState, { given, wordsOf = [] }: Extract<Outgoing, { kind: 'reply' }>, at: Date): Promise<EntryRow> {
    demandOpen(ticket);
    const recipients = await addressed(tx, ticket, given);
    const entry = await write(tx, actor, ticket, {
      type: 'message', channel: 'email', direction: 'out', recipients, leavesAt: leavesAt(given.sendAt), forwardedEntryId: null, writtenBy: wordsOf.filter(({ id }) => id !== actor.id),
    }, given, at);
    // Whoever is written to from now on takes part: their answer belongs here.
    const requester = await context.customers.known(tx, ticket.customerId);
    const others = [...recipients.to, ...recipients.cc].filter((one) => !requester?.identities.some((i) => i.key === one.address.toLowerCase()));
    await addParticipants(tx, actor.workspaceId, ticket.id, others, at);

    const after = personReplied(ticket, { text: entry.text, by: actor.id, status: given.status, at });
    await context.record(tx, actor.workspaceId, ticket, after, byPerson(actor), at, {
      type: 'entry.added', ticketId: ticket.id, subjectId: entry.id, actor: byPerson(actor), at,
      data: {
        type: 'message', direction: 'out', channel: 'email', leavesAt: entry.leavesAt?.toISOString() ?? null, holds: onlyHolds(entry.text, given.attachmentIds.length),
        before: { status: ticket.status, assigneeId: ticket.assigneeId }, after: { status: after.status, assigneeId: after.assigneeId },
      },
    });
    return entry;
  }

  /** In a chat: at once, to whoever sits in front of it. The talk goes on, so nothing is waited for. */
  async function say(tx: Tx, actor: Actor, ticket: TicketState, given: ReplyCreate, at: Date): Promise<EntryRow> {
    demandOpen(ticket);
    demandForChat(given);
    const entry = await write(tx, actor, ticket, { type: 'message', channel: 'chat', direction: 'out', recipients: null, leavesAt: null, forwardedEntryId: null }, given, at);
    const after = personReplied(ticket, { text: entry.text, by: actor.id, status: given.status ?? 'open', at });
    await context.record(tx, actor.workspaceId, ticket, after, byPerson(actor), at, {
      type: 'entry.added', ticketId: ticket.id, subjectId: entry.id, actor: byPerson(actor), at,
      data: {
        type: 'message', direction: 'out', channel: 'chat', holds: onlyHolds(entry.text, given.attachmentIds.length),
        before: { status: ticket.status, assigneeId: ticket.assigneeId }, after: { status: after.status, assigneeId: after.assigneeId },
      },
    });
    return entry;
  }

  /** They see that entry and nothing else; it answers nobody and opens nothing. */
  async function passOn(tx: Tx, actor: Actor, ticket: TicketState, given: ForwardCreate, at: Date): Promise<EntryRow> {
    const about = await forwarded(tx, ticket, given);
    const bare = (addresses: readonly string[]) => addresses.map((address) => ({ name: '', address }));
    const entry = await write(tx, actor, ticket, {
      type: 'message', channel: 'email', direction: 'out', recipients: { to: bare(given.to), cc: bare(given.cc ?? []) },
      leavesAt: leavesAt(undefined), forwardedEntryId: about.id,
    }, given, at);
    await emit(tx, actor.workspaceId, {
      type: 'entry.forwarded', ticketId: ticket.id, subjectId: entry.id, actor: byPerson(actor), data: { of: about.id, leavesAt: entry.leavesAt?.toISOString() ?? null }, at,
    });
    return entry;
  }

  async function forwarded(tx: Tx, ticket: TicketState, given: ForwardCreate): Promise<EntryRow> {
    const about = await findEntry(tx, given.entryId);
    if (!about || about.ticketId !== ticket.id) throw new AppError('not_found', 'entry.not_found', 'There is no such entry on this ticket.');
    return about;
  }

  const deliver = (tx: Tx, actor: Actor, ticket: TicketState, outgoing: Outgoing, at: Date): Promise<EntryRow> => {
    if (outgoing.kind === 'forward') return passOn(tx, actor, ticket, outgoing.given, at);
    return outgoing.kind === 'chat' ? say(tx, actor, ticket, outgoing.given, at) : reply(tx, actor, ticket, outgoing, at);
  };

  /** To whom it goes is part of what is read before it leaves: who joins the ticket meanwhile does not get it. So are all whose words it holds, whether they are named or not. */
  async function whole(tx: Tx, actor: Actor, ticket: TicketState, outgoing: Outgoing): Promise<Outgoing> {
    const copied = await shared.writersCopied(tx, ticket.id, actor.id, outgoing.given);
    const wordsOf = [...new Map([...outgoing.wordsOf ?? [], ...copied].map((one) => [one.id, one])).values()];
    if (outgoing.kind !== 'reply') return { ...outgoing, wordsOf };
    const { to, cc } = await addressed(tx, ticket, outgoing.given);
    return { ...outgoing, wordsOf, given: { ...outgoing.given, to: to.map(({ address }) => address), cc: cc.map(({ address }) => address) } };
  }

  /** What is kept back could be delivered as it is. */
  async function checkKept(tx: Tx, actor: Actor, ticket: TicketState, { kind, given }: Outgoing): Promise<void> {
    if (kind === 'forward') await forwarded(tx, ticket, given);
    else demandOpen(ticket);
    if (kind === 'chat') demandForChat(given);
    if (kind === 'reply') {
      await addressed(tx, ticket, given);
      leavesAt(given.sendAt);
    }
    const ids = [...new Set(given.attachmentIds)];
    if (ids.length > 0 && (await usableAttachments(tx, ids, actor.id, ticket.id)).length < ids.length) throw new AppError('invalid', 'attachment.not_found', 'One of the attachments is not there any more; attach it again.');
  }

  /** In the caller's unit of work, on a ticket that it has locked. What has to be seen by somebody else first is kept by the room that keeps the gate. */
  async function post(tx: Tx, actor: Actor, ticket: TicketState, outgoing: Outgoing, at: Date): Promise<EntryRow | Held> {
    const held = await context.gate.hold(tx, actor, ticket, outgoing, () => whole(tx, actor, ticket, outgoing));
    if (!held) return deliver(tx, actor, ticket, outgoing, at);
    await checkKept(tx, actor, ticket, outgoing);
    return held;
  }

  /** Words of a shared draft end it, whoever sends them; where somebody has to see them first, nobody of those who wrote them decides. */
  async function sendMail(tx: Tx, actor: Actor, ticket: TicketState, { sharedDraft, ...given }: ReplyCreate): Promise<EntryRow | Held> {
    if (!sharedDraft) return post(tx, actor, ticket, { kind: 'reply', given }, context.now());
    const wordsOf = await shared.takeShared(tx, actor, ticket, sharedDraft);
    const outcome = await post(tx, actor, ticket, { kind: 'reply', given, wordsOf }, context.now());
    await shared.sentShared(tx, actor, ticket, sharedDraft.id, 'heldAs' in outcome ? null : outcome.id);
    return outcome;
  }

  return {
    post,

    /** For the room that keeps the gate: what it let pass, in the name of who wrote it, on a ticket that it has locked. */
    deliver,
    keepGate: context.gate.keepBy,

    sendReply: (actor: Actor, id: string, given: ReplyCreate): Promise<EntryRow | Held> =>
      work(actor, 'tickets.reply', async (tx) => {
        if (given.channel !== 'email' && given.channel !== 'chat') throw new AppError('invalid', 'reply.channel', 'A reply goes by mail or into the chat; log calls, visits and letters as contacts.');
        // The name of whoever writes is on the way already when it is needed.
        const [ticket] = await Promise.all([context.accessLive(tx, id), nameOf(tx, actor.id)]);
        if (given.channel === 'email' && given.seenEntryId !== undefined) await demandSeen(tx, actor, id, given.seenEntryId);
        return given.channel === 'chat' ? post(tx, actor, ticket, { kind: 'chat', given }, context.now()) : sendMail(tx, actor, ticket, given);
      }, { repeats: given.channel === 'chat' }),

    /** Passes an entry on to anybody. */
    forward: (actor: Actor, id: string, given: ForwardCreate): Promise<EntryRow | Held> =>
      work(actor, 'tickets.reply', async (tx) => post(tx, actor, await context.accessLive(tx, id), { kind: 'forward', given }, context.now())),
  };
}

/** What somebody else said meanwhile is read before an answer goes; who has seen it sends. */
async function demandSeen(tx: Tx, actor: Actor, ticketId: string, entryId: string): Promise<void> {
  const entries = await unseenSince(tx, ticketId, entryId, actor.id);
  if (entries === null) throw new AppError('invalid', 'reply.seen_unknown', 'seenEntryId names no entry of this ticket; read the timeline again.');
  if (entries.length > 0) throw new AppError('conflict', 'reply.unseen', 'Something was said meanwhile that the writer has not seen; look at entries, then name the last of them as seenEntryId to send anyway.', { entries });
}

function demandOpen(ticket: TicketState): void {
  if (ticket.status === 'closed') throw new AppError('conflict', 'ticket.closed', 'A closed ticket takes no more replies; write a new one to the customer.');
}

function demandForChat(given: ReplyCreate): void {
  if (given.sharedDraft) throw new AppError('invalid', 'reply.chat_has_no_drafts', 'A shared draft is a reply by mail; leave out sharedDraft in a chat.');
  if (given.to || given.cc || given.sendAt) throw new AppError('invalid', 'reply.chat_goes_to_chat', 'What is said in a chat goes to its visitor at once: leave out to, cc and sendAt, or reply by mail.');
}
