import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { EventActor } from '../../../platform/events/events.ts';
import { HANDED_IN, ONLY_THANKS, UNPROVEN_ADDRESS, type Incoming } from '../core/incoming.ts';
import { AWAKE, customerThanked, customerWrote, snippetOf, type TicketState } from '../core/ticket.ts';
import { SAFE_VERSION, safeHtml } from './bodies.ts';
import { notFound, type Context } from './context.ts';
import { hasAnswered, insertAttachments, insertEntry, latestIncoming, latestWords, mailOf, threadOf, findEntry, attachmentsOf, htmlOf, waitingSince, type EntryRow } from './entries-store.ts';
import { linkTickets } from './linking.ts';
import { addParticipants, heldTicket, insertTicket, lockTicket, participantsOf, saveTicket } from './store.ts';

/** Whom one message brings in, and how many take part in a ticket. */
const MAX_NEW_PARTICIPANTS = 10;
const MAX_PARTICIPANTS = 50;
const MAX_THREAD = 20;
/** Messages whose words an answer is likely to repeat. */
const MAX_REPEATED = 10;
const MAX_SUBJECT = 1000;

export type NewTicket = Pick<TicketState, 'subject' | 'channel' | 'customerId'> & Partial<Pick<TicketState,
  'homeId' | 'status' | 'priority' | 'kind' | 'assigneeId' | 'teamId' | 'mailboxId' | 'brandId' | 'officeId' | 'language' | 'tags' | 'fields' | 'languageFixed'>>;

export const newTicket = (given: NewTicket, at: Date): Omit<TicketState, 'number'> => ({
  id: newId(), status: 'new', priority: 'normal', kind: 'question', assigneeId: null, teamId: null, mailboxId: null, brandId: null, officeId: null, slaPolicyId: null, queueChoice: null, language: null,
  statusSince: at, languageFixed: false, tags: [], fields: {}, snippet: '', waitingSince: null, lastMessageAt: at, version: 1, createdAt: at, updatedAt: at,
  resolvedAt: null, closedAt: null, deletedAt: null, deletedBy: null, spamAt: null, mergedInto: null, ...AWAKE, wokenAt: null, homeId: null, customerFlags: [], followerIds: [], companyId: null, isKeyAccount: null, isPrivate: false, ...given, subject: given.subject.slice(0, MAX_SUBJECT),
});

/** Who has it from its beginning, and what conditions may ask for, so that the log alone tells it. */
export const begunWith = ({ assigneeId, teamId, companyId, brandId, officeId, language, kind, tags }: Pick<TicketState, 'assigneeId' | 'teamId' | 'companyId' | 'brandId' | 'officeId' | 'language' | 'kind' | 'tags'>) => ({
  ...(companyId !== null && { companyId }), ...(brandId !== null && { brandId }), ...(officeId !== null && { officeId }), ...(assigneeId !== null && { assigneeId }), ...(teamId !== null && { teamId }), ...(language !== null && { language }), ...(kind !== 'question' && { kind }), ...(tags.length > 0 && { tags: [...tags] }),
});

/** What the rooms of channels use: incoming messages, and what an outgoing one needs to leave. */
export function createReceiving(context: Context) {
  const { emit } = context;

  /** Follows merges to the ticket where the conversation goes on. */
  async function living(tx: Tx, id: string): Promise<TicketState | undefined> {
    let ticket = await heldTicket(tx, id);
    for (let hops = 0; ticket?.mergedInto && hops < 10; hops++) ticket = await heldTicket(tx, ticket.mergedInto);
    return ticket;
  }

  async function ticketFor(tx: Tx, workspaceId: string, incoming: Incoming): Promise<{ ticket: TicketState; created: boolean }> {
    if (incoming.ticketId !== null) {
      const ticket = await living(tx, incoming.ticketId);
      if (!ticket) throw notFound();
      return { ticket, created: false };
    }
    const { subject, channel, customerId, teamId, mailboxId, language, at } = incoming;
    const ticket = await insertTicket(tx, workspaceId, {
      ...newTicket({ subject, channel, customerId, homeId: atHome(incoming), teamId, mailboxId, language, ...incoming.begins }, at), snippet: snippetOf(incoming.text),
      waitingSince: incoming.automatic ? null : at,
    }, { speaksFor: isBelieved(incoming) ? { address: incoming.author.address } : undefined, cameBy: incoming.cameBy });
    return { ticket, created: true };
  }

  async function announce(tx: Tx, workspaceId: string, { ticket, entry, created, leftBy }: { ticket: TicketState; entry: EntryRow; created: boolean; leftBy: string | null }, incoming: Incoming): Promise<void> {
    const { at } = incoming;
    const actor: EventActor = { kind: 'customer', id: incoming.customerId };
    const after = created ? ticket : leftBy === null ? customerWrote(ticket, { text: incoming.text, automatic: incoming.automatic, at }) : customerThanked(ticket, { text: incoming.text, at });
    const added = {
      type: 'entry.added', ticketId: ticket.id, subjectId: entry.id, actor,
      data: { type: 'message', direction: 'in', channel: incoming.channel, automatic: incoming.automatic, ...(created && { begins: true }), ...(leftBy !== null && { leftBy }), before: { status: ticket.status }, after: { status: after.status } }, at,
    } as const;
    if (created) {
      await emit(tx, workspaceId, { type: 'ticket.created', ticketId: ticket.id, actor, data: { channel: incoming.channel, number: ticket.number, status: ticket.status, priority: ticket.priority, ...begunWith(ticket) }, at }, added);
    } else {
      await context.record(tx, workspaceId, ticket, after, actor, at, added);
    }
  }

  /** Words by mail or on a page, with nothing beside them and nothing doubtful about them, on a ticket that is resolved. */
  async function leftResolvedBy(tx: Tx, workspaceId: string, ticket: TicketState, { automatic, notice, channel, attachments, text }: Incoming): Promise<string | null> {
    const mayBe = ticket.status === 'resolved' && !automatic && notice === null && (channel === 'email' || channel === 'web') && attachments.length === 0;
    return mayBe && context.leftResolvedBy ? context.leftResolvedBy(tx, workspaceId, ticket, text) : null;
  }

  return {
    /** Locked, wherever it was merged to; absent when foreign or unknown. */
    living,

    /**
     * Files a message in the caller's unit of work: on `ticketId` (or where it was merged to), else on a new ticket.
     * Whether the sender may join that ticket is for the caller to have decided.
     */
    async receive(tx: Tx, workspaceId: string, incoming: Incoming): Promise<{ ticketId: string; entryId: string }> {
      const { at } = incoming;
      const { ticket, created } = await ticketFor(tx, workspaceId, incoming);
      const leftBy = created ? null : await leftResolvedBy(tx, workspaceId, ticket, incoming);
      const entry: EntryRow = {
        id: newId(), ticketId: ticket.id, type: 'message', channel: incoming.channel, direction: 'in', authorKind: 'customer',
        authorId: incoming.homeId ?? incoming.customerId, authorName: incoming.author.name, authorAddress: incoming.author.address || null,
        subject: incoming.subject.slice(0, MAX_SUBJECT), text: incoming.text, quoted: incoming.quoted, recipients: incoming.recipients,
        messageId: incoming.messageId, ledgerId: incoming.ledgerId, hasHtml: incoming.html !== null, notice: leftBy === null ? incoming.notice : ONLY_THANKS,
        createdAt: at, leavesAt: null, forwardedEntryId: null, authentication: incoming.authentication ?? null,
      };
      const files = incoming.attachments.map((file) => ({ ...file, id: newId(), entryId: entry.id, uploadedBy: null }));
      const findable = {
        id: entry.id, at, authorName: entry.authorName, authorAddress: entry.authorAddress, text: incoming.text, findable: incoming.findable ?? null,
        fileNames: files.map(({ name }) => name),
      };
      // None of these needs another's answer: sent together, in this order.
      await Promise.all([
        insertEntry(tx, workspaceId, entry, htmlOfIncoming(incoming)),
        insertAttachments(tx, workspaceId, files, at),
        join(tx, workspaceId, ticket, incoming),
        created ? context.makeFindable(tx, workspaceId, ticket, findable) : context.makeEntryFindable(tx, workspaceId, ticket, findable),
        announce(tx, workspaceId, { ticket, entry, created, leftBy }, incoming),
        created && incoming.linkTo && linkTickets(context, tx, workspaceId, ticket, incoming.linkTo, { address: incoming.author.address, actor: { kind: 'customer', id: incoming.customerId }, at }),
      ]);
      return { ticketId: ticket.id, entryId: entry.id };
    },

    /** What was said on a ticket of late: by us, and by others. An answer may repeat it. */
    async saidSoFar(tx: Tx, ticketId: string): Promise<{ sent: string; said: string }> {
      const latest = await latestWords(tx, ticketId, MAX_REPEATED);
      const words = (isOurs: boolean) => latest.filter(({ direction }) => (direction === 'out') === isOurs).map(({ text }) => text).join('\n\n');
      return { sent: words(true), said: words(false) };
    },

    /** The ledger's rows of what came by mail, the newest twenty. */
    mailOf: (tx: Tx, ticketId: string): Promise<string[]> => mailOf(tx, ticketId, MAX_THREAD),

    /**
     * Whether what came last was handed in by a program, by somebody on a page who did not sign in, or by a guest in a chat who
     * typed an address: nobody has proven whose it is.
     */
    async isHandedIn(tx: Tx, ticketId: string): Promise<boolean> {
      const latest = await latestIncoming(tx, ticketId);
      const notice = latest?.notice ?? '';
      if (latest?.channel === 'chat') {
        const customer = await context.customers.known(tx, (await context.look(tx, ticketId)).customerId);
        if (!customer?.identities.some(({ kind }) => kind === 'email')) return true;
      }
      return notice === UNPROVEN_ADDRESS || notice.startsWith(`${HANDED_IN}:`);
    },

    /** Whether somebody with this address ever had an answer from a person here, in a matter that was no spam. */
    hasAnswered: (tx: Tx, workspaceId: string, address: string): Promise<boolean> => hasAnswered(tx, workspaceId, address.trim().toLowerCase()),

    /** To whom a reply would go unless the writer says otherwise. */
    recipients: (tx: Tx, ticketId: string) => context.look(tx, ticketId).then((ticket) => recipientsOf(context, tx, ticket)),

    /** An outgoing entry with all that its mail needs. */
    async outgoing(tx: Tx, _workspaceId: string, entryId: string) {
      const entry = await findEntry(tx, entryId);
      if (!entry) throw notFound();
      const ticket = await context.look(tx, entry.ticketId);
      const { to, cc } = entry.recipients ?? { to: [], cc: [] };
      return {
        ticket, entry, to, cc, text: entry.text, html: await safeHtmlOf(tx, entry), attachments: await attachmentsOf(tx, [entryId]),
        notBefore: entry.leavesAt ?? entry.createdAt,
        /** What it answers or passes on, to be quoted below. */
        about: await aboutOf(tx, entry),
        /** Message-IDs of the thread, oldest first. */
        thread: await threadOf(tx, ticket.id, MAX_THREAD),
      };
    },

    /** The email room says under which Message-ID an entry leaves. */
    async sentAs(tx: Tx, entryId: string, messageId: string): Promise<void> {
      await tx.updateTable('entries').set({ message_id: messageId }).where('id', '=', entryId).execute();
    },

    /** An answer could not be delivered: the customer waits again, and the ticket is back among the open ones. */
    async undelivered(tx: Tx, workspaceId: string, ticketId: string, entryId: string): Promise<void> {
      const at = context.now();
      const ticket = await lockTicket(tx, ticketId);
      const entry = await findEntry(tx, entryId);
      if (!ticket || !entry || entry.authorKind === 'system' || entry.forwardedEntryId !== null || ticket.status === 'closed') return;
      const since = await waitingSince(tx, ticketId, entryId);
      await context.record(tx, workspaceId, ticket, { ...ticket, status: 'open', resolvedAt: null, waitingSince: since, updatedAt: at }, { kind: 'system', id: null }, at);
      await emit(tx, workspaceId, { type: 'entry.undelivered', ticketId, subjectId: entryId, actor: { kind: 'system', id: null }, at });
    },

    /** Detection found the language of a ticket; a person's correction stays. */
    async detected(tx: Tx, workspaceId: string, ticketId: string, language: Language): Promise<void> {
      const ticket = await lockTicket(tx, ticketId);
      if (ticket && !ticket.languageFixed && ticket.language !== language) await saveTicket(tx, workspaceId, ticket, { ...ticket, language });
    },
  };

  async function safeHtmlOf(tx: Tx, entry: EntryRow): Promise<string | null> {
    const [html] = entry.hasHtml ? await htmlOf(tx, [entry.id]) : [];
    return html?.safe ?? null;
  }

  async function aboutOf(tx: Tx, entry: EntryRow): Promise<{ entry: EntryRow; html: string | null } | null> {
    const about = entry.forwardedEntryId === null ? await latestIncoming(tx, entry.ticketId) : await findEntry(tx, entry.forwardedEntryId);
    return about ? { entry: about, html: await safeHtmlOf(tx, about) } : null;
  }

  async function join(tx: Tx, workspaceId: string, ticket: TicketState, incoming: Incoming): Promise<void> {
    if (incoming.participants.length === 0) return;
    const known = await participantsOf(tx, ticket.id);
    const others = incoming.participants.filter(({ address }) => !known.some(({ key }) => key === address.toLowerCase()));
    const places = Math.min(MAX_NEW_PARTICIPANTS, MAX_PARTICIPANTS - known.length);
    await addParticipants(tx, workspaceId, ticket.id, others.slice(0, places), incoming.at);
  }
}

/** Null: by the address, or with the customer themselves. */
const atHome = ({ customerId, homeId = customerId }: Incoming): string | null => (homeId === customerId ? null : homeId);

/** Whoever only says who they are speaks for no company. */
const isBelieved = ({ notice, authentication }: Incoming): boolean =>
  authentication?.verdict !== 'fail' && notice !== UNPROVEN_ADDRESS && !(notice ?? '').startsWith(`${HANDED_IN}:`);

function htmlOfIncoming({ html, safeHtml: safe }: Incoming) {
  if (html === null) return null;
  return safe ? { version: SAFE_VERSION, raw: html, safe: safe.html, remoteImages: safe.remoteImages } : safeHtml(html);
}

/** The address that last wrote, when it belongs to the requester or a participant, else the requester's first. */
export async function recipientsOf(context: Pick<Context, 'customers'>, tx: Tx, ticket: TicketState) {
  const customer = await context.customers.known(tx, ticket.customerId);
  const own = (customer?.identities ?? []).filter((identity) => identity.kind === 'email');
  const participants = await participantsOf(tx, ticket.id);
  const last = (await latestIncoming(tx, ticket.id))?.authorAddress?.toLowerCase();
  const address = own.find((identity) => identity.key === last)?.value ?? own[0]?.value;
  const others = participants.filter((one) => !own.some((identity) => identity.key === one.key)).map(({ name, address: a }) => ({ name, address: a }));
  // Of a guest in a chat only the address that they left is known.
  return address === undefined ? { to: others, cc: [] } : { to: [{ name: customer?.name ?? '', address }], cc: others };
}
