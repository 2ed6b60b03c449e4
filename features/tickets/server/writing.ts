import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Mention, NoteCreate, TicketPatch } from '../core/contract.ts';
import { ONLY_THANKS } from '../core/incoming.ts';
import { changeTicket, isResolved, uniqueTags, type TicketState } from '../core/ticket.ts';
import { bodyOf } from './bodies.ts';
import { byPerson, type Context } from './context.ts';
import { claimAttachments, type EntryRow, findEntry, insertAttachments, insertEntry, latestIncoming, usableAttachments, waitingSince, withdrawEntry, withoutNotice } from './entries-store.ts';
import { saveMentions } from './mention-store.ts';
import { reopenShared } from './shared-draft-store.ts';
import { companyOf, isActivePerson, isCompany, isPlace, isTeam, lockNextUnassigned, markRead, mentionable, nameOf } from './store.ts';

export type Contact = {
  type: 'call' | 'visit' | 'letter'; direction: 'in' | 'out'; text?: string | undefined; html?: string | undefined; attachmentIds: readonly string[]; mentions?: readonly Mention[];
  receivedAt?: string | undefined; pickedUp?: { askedAt: string; answeredAt: string } | undefined;
};
type Written = { text?: string | undefined; html?: string | undefined; attachmentIds: readonly string[] };
type Kind = Pick<EntryRow, 'type' | 'channel' | 'direction' | 'recipients' | 'leavesAt' | 'forwardedEntryId' | 'writtenBy'>;

/** What a ticket may point at. */
type Targets = Partial<Pick<TicketPatch, 'assigneeId' | 'teamId' | 'customerId' | 'companyId' | 'brandId' | 'officeId' | 'slaPolicyId' | 'queueChoice'>>;

export const CONTACT_CHANNEL = { call: 'phone', visit: 'desk', letter: 'letter' } as const;

export function createWriting(context: Context) {
  const { work, emit } = context;

  /** Writes an entry of a person: body, files, index. The caller has locked the ticket and tells the world. */
  async function write(tx: Tx, actor: Actor, ticket: TicketState, kind: Kind, written: Written, at: Date): Promise<EntryRow> {
    const name = await nameOf(tx, actor.id);
    const { text, html } = bodyOf(written);
    const entry: EntryRow = {
      id: newId(), ticketId: ticket.id, authorKind: 'person', authorId: actor.id, authorName: name, authorAddress: null,
      subject: '', text, quoted: '', messageId: null, ledgerId: null, hasHtml: html !== null, notice: null, createdAt: at, ...kind,
    };
    const findable = (fileNames: readonly string[]): Promise<void> => context.makeEntryFindable(tx, actor.workspaceId, ticket, { id: entry.id, at, authorName: name, authorAddress: null, text, fileNames });
    const attached = written.attachmentIds.length > 0;
    const [, files] = await Promise.all([
      insertEntry(tx, actor.workspaceId, entry, html), attach(tx, actor, ticket.id, entry.id, written.attachmentIds, at), markRead(tx, actor.workspaceId, actor.id, ticket.id, at), !attached && findable([]),
    ]);
    if (attached) await findable(files);
    return entry;
  }

  /** Loose files of the writer are taken, files of the same ticket are sent along as copies. Anything else is not there. */
  async function attach(tx: Tx, actor: Actor, ticketId: string, entryId: string, ids: readonly string[], at: Date): Promise<string[]> {
    if (ids.length === 0) return [];
    const usable = await usableAttachments(tx, [...new Set(ids)], actor.id, ticketId);
    if (usable.length < new Set(ids).size) throw new AppError('invalid', 'attachment.not_found', 'One of the attachments is not there any more; attach it again.');
    const loose = usable.filter((file) => file.entryId === null).map((file) => file.id);
    if (loose.length > 0) await claimAttachments(tx, loose, entryId);
    const copies = usable.filter((file) => file.entryId !== null).map((file) => ({ ...file, id: newId(), entryId, uploadedBy: actor.id }));
    await insertAttachments(tx, actor.workspaceId, copies, at);
    return usable.map((file) => file.name);
  }

  async function logContact(tx: Tx, actor: Actor, ticket: TicketState, contact: Contact, at: Date): Promise<EntryRow> {
    const channel = CONTACT_CHANNEL[contact.type];
    const entry = await write(tx, actor, ticket, { type: contact.type, channel, direction: contact.direction, recipients: null, leavesAt: null, forwardedEntryId: null }, contact, at);
    const [receivedAt, pickedUp] = [receivedOf(contact, at), pickedUpOf(contact, at)];
    // Whoever was spoken with is not waiting any more.
    const after = { ...ticket, waitingSince: receivedAt ? (ticket.waitingSince ?? receivedAt) : null, lastMessageAt: at, snippet: entry.text.slice(0, 160), updatedAt: at };
    await context.record(tx, actor.workspaceId, ticket, ticket.status === 'new' ? { ...after, status: 'open' as const } : after, byPerson(actor), at);
    await emit(tx, actor.workspaceId, {
      type: 'entry.added', ticketId: ticket.id, subjectId: entry.id, actor: byPerson(actor), at,
      data: { type: contact.type, direction: contact.direction, channel, ...(receivedAt && { receivedAt: receivedAt.toISOString() }), ...pickedUp, ...await mentioned(tx, actor, ticket.id, contact.mentions) },
    });
    return entry;
  }

  async function requireReply(tx: Tx, ticketId: string, entryId: string): Promise<void> {
    const entry = await findEntry(tx, entryId);
    const isReply = entry?.ticketId === ticketId && entry.direction === 'out' && entry.type === 'message';
    if (!isReply) throw new AppError('not_found', 'reply.not_found', 'There is no such reply.');
  }

  async function checkTargets(tx: Tx, patch: Targets): Promise<void> {
    await checkPlace(tx, patch);
    if (patch.assigneeId && !await isActivePerson(tx, patch.assigneeId)) throw new AppError('invalid', 'ticket.no_such_person', 'There is no such active person to assign to.');
    if (patch.teamId && !await isTeam(tx, patch.teamId)) throw new AppError('invalid', 'ticket.no_such_team', 'There is no such team.');
    if (patch.customerId) await customerFor(tx, patch.customerId);
    if (patch.companyId && !await isCompany(tx, patch.companyId)) throw new AppError('invalid', 'ticket.no_such_company', 'There is no such company.');
  }

  async function checkPlace(tx: Tx, { brandId, officeId, slaPolicyId, queueChoice }: Targets): Promise<void> {
    for (const [kind, id] of [['brand', brandId], ['office', officeId]] as const) if (id && !await isPlace(tx, kind, id)) throw new AppError('invalid', `ticket.no_such_${kind}`, `There is no such ${kind}.`);
    if (slaPolicyId && !await context.above?.isPolicy(tx, slaPolicyId)) throw new AppError('invalid', 'ticket.no_such_policy', 'There is no such policy.');
    if (queueChoice && queueChoice !== 'none' && !await context.above?.isQueue(tx, queueChoice)) throw new AppError('invalid', 'ticket.no_such_queue', 'There is no such queue.');
  }

  async function customerFor(tx: Tx, id: string): Promise<string> {
    const customer = await context.customers.known(tx, id);
    if (!customer) throw new AppError('invalid', 'ticket.no_such_customer', 'There is no such customer.');
    return customer.id;
  }

  /** Another person speaks for another company, unless it is said for which. */
  async function companyAfter(tx: Tx, ticket: TicketState, { customerId, companyId }: TicketPatch): Promise<string | null | undefined> {
    if (companyId !== undefined || customerId === undefined || customerId === ticket.customerId) return companyId;
    return companyOf(tx, customerId, null);
  }

  /** Whom it names, as whoever hears of it is told: those who work here, and teams that are there. */
  async function mentioned(tx: Tx, actor: Actor, ticketId: string, mentions: readonly Mention[] = []): Promise<{ people?: string[]; teams?: string[] }> {
    if (mentions.length === 0) return {};
    const people = [...new Set(mentions.flatMap((one) => ('personId' in one ? [one.personId] : [])))];
    const teams = [...new Set(mentions.flatMap((one) => ('teamId' in one ? [one.teamId] : [])))];
    const known = await mentionable(tx, people, teams);
    if (known.people < people.length) throw new AppError('invalid', 'note.no_such_person', 'Somebody whom the note names does not work here any more; take their name out.');
    if (known.teams < teams.length) throw new AppError('invalid', 'note.no_such_team', 'A team that the note names is not there any more; take its name out.');
    await saveMentions(tx, actor.workspaceId, ticketId, [...people, ...teams], context.now());
    return { people, teams };
  }

  /** Opened again after words that were taken for thanks: their writer has waited since then. */
  async function waitingAfterAll(tx: Tx, before: TicketState, after: TicketState): Promise<TicketState> {
    if (before.status !== 'resolved' || isResolved(after.status)) return after;
    const latest = await latestIncoming(tx, before.id);
    if (latest?.notice !== ONLY_THANKS) return after;
    await withoutNotice(tx, latest.id);
    return { ...after, waitingSince: latest.createdAt };
  }

  async function changeByPerson(tx: Tx, actor: Actor, ticket: TicketState, { fields, ...given }: Omit<TicketPatch, 'version'>): Promise<TicketState> {
    await checkTargets(tx, given);
    const patch = { ...given, ...(given.customerId !== undefined && { customerId: await customerFor(tx, given.customerId) }) };
    const at = context.now();
    const after = changeTicket(ticket, { ...patch, companyId: await companyAfter(tx, ticket, patch), fields: await context.fieldsAfter(tx, ticket.fields, fields), ...(patch.tags && { tags: uniqueTags(patch.tags) }) }, at);
    const saved = await context.record(tx, actor.workspaceId, ticket, await waitingAfterAll(tx, ticket, after), byPerson(actor), at);
    if (patch.language) await context.customers.speaks(tx, saved.customerId, patch.language, at);
    if (patch.subject !== undefined || patch.customerId !== undefined || patch.tags || patch.language) await context.makeFindable(tx, actor.workspaceId, saved);
    return saved;
  }

  async function noteByPerson(tx: Tx, actor: Actor, ticket: TicketState, given: Omit<NoteCreate, 'mentions'> & Partial<Pick<NoteCreate, 'mentions'>>): Promise<EntryRow> {
    const at = context.now();
    const entry = await write(tx, actor, ticket, { type: 'note', channel: 'web', direction: 'internal', recipients: null, leavesAt: null, forwardedEntryId: null }, given, at);
    await emit(tx, actor.workspaceId, { type: 'entry.added', ticketId: ticket.id, subjectId: entry.id, actor: byPerson(actor), data: { type: 'note', direction: 'internal', channel: 'web', ...await mentioned(tx, actor, ticket.id, given.mentions) }, at });
    return entry;
  }

  return {
    logContact, checkTargets, write,
    /** Of rooms above that do several things for a person in one unit of work: on a ticket that they have locked, after they have asked for the right. */
    changeByPerson, noteByPerson,

    change: (actor: Actor, id: string, { version, ...patch }: TicketPatch): Promise<void> =>
      work(actor, 'tickets.change', async (tx) => {
        const ticket = await context.accessLive(tx, id);
        if (version !== undefined && version !== ticket.version) {
          throw new AppError('conflict', 'ticket.changed_meanwhile', 'Somebody else changed the ticket a moment ago; look at it again.', { version: ticket.version });
        }
        await changeByPerson(tx, actor, ticket, patch);
      }),

    /** Takes a reply or forward back while its mail has not begun to leave; what it changed on the ticket is taken back too. */
    undoReply: (actor: Actor, id: string, entryId: string): Promise<void> =>
      work(actor, 'tickets.reply', async (tx) => {
        const ticket = await context.access(tx, id);
        await requireReply(tx, id, entryId);
        if (!await context.outbox.withdraw(tx, actor.workspaceId, entryId)) throw new AppError('conflict', 'reply.already_left', 'It is too late: the mail is on its way.');
        const at = context.now();
        await withdrawEntry(tx, entryId, at);
        await reopenShared(tx, { entryId });
        await context.search.remove(tx, actor.workspaceId, 'entry', entryId);
        const logged = await tx.selectFrom('events').select('data').where('ticket_id', '=', id).where('subject_id', '=', entryId).where('type', '=', 'entry.added').executeTakeFirst();
        const after = withoutReply({ ...ticket, waitingSince: await waitingSince(tx, id), updatedAt: at }, logged?.data as ReplyRecord | undefined);
        await context.record(tx, actor.workspaceId, ticket, after, byPerson(actor), at);
        await emit(tx, actor.workspaceId, { type: 'entry.withdrawn', ticketId: id, subjectId: entryId, actor: byPerson(actor), at });
      }),

    note: (actor: Actor, id: string, given: Omit<NoteCreate, 'mentions'> & Partial<Pick<NoteCreate, 'mentions'>>): Promise<EntryRow> =>
      work(actor, 'tickets.note', async (tx) => noteByPerson(tx, actor, await context.accessLive(tx, id), given)),

    contact: (actor: Actor, id: string, contact: Contact): Promise<EntryRow> =>
      work(actor, 'tickets.change', async (tx) => logContact(tx, actor, await context.accessLive(tx, id), contact, context.now())),

    /** The unassigned ticket whose customer waits longest becomes mine. Two who ask at once get two tickets. */
    takeNext: (actor: Actor, team: string | undefined): Promise<string> =>
      work(actor, 'tickets.change', async (tx) => {
        const teamIds = team === undefined ? null : team === 'mine' ? actor.teamIds : [team];
        const ticket = teamIds?.length === 0 ? undefined : await lockNextUnassigned(tx, teamIds);
        if (!ticket) throw new AppError('not_found', 'ticket.none_waiting', 'Nothing waits to be taken.');
        const at = context.now();
        await context.record(tx, actor.workspaceId, ticket, changeTicket(ticket, { assigneeId: actor.id }, at), byPerson(actor), at);
        return ticket.id;
      }),

    markRead: (actor: Actor, id: string): Promise<void> =>
      work(actor, 'tickets.note', async (tx) => {
        await context.look(tx, id);
        await markRead(tx, actor.workspaceId, actor.id, id, context.now());
      }),
  };
}

/** A letter that came in waits since the day on which it came; null for everything else. */
function receivedOf({ type, direction, receivedAt }: Contact, at: Date): Date | null {
  if (type !== 'letter' || direction !== 'in') return null;
  const received = receivedAt === undefined ? at : new Date(receivedAt);
  if (received > at) throw new AppError('invalid', 'letter.not_yet', 'A letter cannot have come in the future; correct the day on which it came.');
  return received;
}

function pickedUpOf({ type, direction, pickedUp }: Contact, at: Date): { askedAt: string; answeredAt: string } | null {
  if (pickedUp === undefined) return null;
  const [asked, answered] = [new Date(pickedUp.askedAt), new Date(pickedUp.answeredAt)];
  if (type === 'letter' || direction === 'out' || asked > answered || answered > at) {
    throw new AppError('invalid', 'contact.bad_times', 'Only a call or a visit that came in is picked up: askedAt first, then answeredAt, neither in the future.');
  }
  return { askedAt: asked.toISOString(), answeredAt: answered.toISOString() };
}

type ReplyRecord = { before?: Pick<TicketState, 'status' | 'assigneeId'>; after?: Pick<TicketState, 'status' | 'assigneeId'> };

/** What a reply changed goes back, unless somebody changed it since. */
function withoutReply(ticket: TicketState, { before, after }: ReplyRecord = {}): TicketState {
  if (!before || !after) return ticket;
  const status = after.status === ticket.status ? before.status : ticket.status;
  const assigneeId = after.assigneeId === ticket.assigneeId ? before.assigneeId : ticket.assigneeId;
  return { ...ticket, status, assigneeId, resolvedAt: status === 'resolved' ? ticket.resolvedAt : null };
}
