import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { inOrder } from '../../customers/core/flags.ts';
import { demand } from '../../people/core/permissions.ts';
import type { AnswerCreate, BanCreate, BanView, ChatView, MineView, TransferCreate } from '../core/contract.ts';
import { BY_ITSELF, byPerson, noChat, type Context } from './context.ts';
import type { createEnding } from './ending.ts';
import type { createStream } from './stream.ts';
import { conversationOn, heldBy, heldByEach, latestOf, newestUpTo, saveChoices, type Conversation } from './store.ts';
import { banPage, deleteBan, findBan, insertBan, isBanned, mark, type Visitor } from './visitor-store.ts';

const DAY_MS = 86_400_000;
const MOST_HELD = 100;
/** Whoever is banned comes back with a new secret, so their network is shut out too, for a day: others may sit behind it. */
const NETWORK_MS = DAY_MS;

/** What agents see of a chat besides its words, and what they do with it. */
export function createDesk(context: Context, stream: ReturnType<typeof createStream>, { finish }: ReturnType<typeof createEnding>) {
  const { tickets, people, routing, now, machineNow } = context;

  /** The chat of a ticket, which is locked; one that this person may not see is not there. */
  async function access(tx: Tx, actor: Actor, ticketId: string): Promise<{ conversation: Conversation; visitor: Visitor }> {
    await tickets.lock(tx, ticketId);
    return found(tx, actor, ticketId);
  }

  async function found(tx: Tx, { workspaceId }: Actor, ticketId: string): Promise<{ conversation: Conversation; visitor: Visitor }> {
    const conversation = await conversationOn(tx, workspaceId, ticketId);
    if (!conversation) throw noChat();
    return { conversation, visitor: { workspaceId, visitorId: conversation.visitorId } };
  }

  return {
    chat: (actor: Actor, ticketId: string): Promise<ChatView> => context.work(actor, 'chat.read', async (tx) => {
      const { conversation: c, visitor } = await found(tx, actor, ticketId);
      const { visitor: row, widget } = await context.whose(tx, visitor);
      const [deliveredUntil, readUntil] = [await newestUpTo(tx, visitor, c.id, row.deliveredSeq), await newestUpTo(tx, visitor, c.id, row.readSeq)];
      return {
        id: c.id, ticketId: c.ticketId, state: c.state, isMessage: c.isMessage, widget: { id: widget.id, name: widget.name },
        visitor: {
          id: row.id, name: row.name, email: row.email, isProven: row.subject !== null, attributes: row.attributes, provenAttributes: row.provenAttributes, isHere: context.isHere(row),
          seenAt: row.hereAt?.toISOString() ?? null, page: row.page, pages: row.pages,
        },
        deliveredUntil: deliveredUntil?.toISOString() ?? null, readUntil: readUntil?.toISOString() ?? null, rating: c.rating === null ? null : { score: c.rating, comment: c.ratingComment },
        endedBy: c.endedBy, isBanned: await isBanned(tx, visitor, null, machineNow()), startedAt: c.startedAt.toISOString(), endedAt: c.endedAt?.toISOString() ?? null,
      };
    }),

    /** At most a hundred: nobody holds more. */
    mine: (actor: Actor): Promise<Page<MineView>> => context.work(actor, 'chat.read', async (tx) => {
      const held = await heldBy(tx, actor.workspaceId, actor.id, MOST_HELD);
      const brief = await tickets.brief(tx, held.map(({ ticketId }) => ticketId));
      const items = held.flatMap((c) => {
        const ticket = brief.get(c.ticketId);
        return ticket ? [{ ticketId: c.ticketId, number: ticket.number, name: c.name, state: c.state, snippet: ticket.snippet, waitingSince: ticket.waitingSince?.toISOString() ?? null, isHere: context.isHere(c), unread: ticket.waitingSince !== null, flags: inOrder(ticket.flags ?? []) }] : [];
      });
      return { items: items.toSorted((a, b) => (a.waitingSince ?? '9') < (b.waitingSince ?? '9') ? -1 : 1), nextCursor: null };
    }),

    /** Whoever sees a chat has read what stands in it. */
    readChat: (actor: Actor, ticketId: string): Promise<void> => context.work(actor, 'chat.work', async (tx) => {
      const { visitor } = await found(tx, actor, ticketId);
      await mark(tx, visitor, 'taken_seq', Number.MAX_SAFE_INTEGER);
      if (await mark(tx, visitor, 'seen_seq', Number.MAX_SAFE_INTEGER)) await context.tellVisitor(tx, actor.workspaceId, visitor.visitorId);
    }),

    /** Who is to be told that somebody here types: nobody who may not answer says so. */
    visitorOn: (actor: Actor, ticketId: string): Promise<{ visitorId: string; name: string }> => context.work(actor, 'chat.work', async (tx) =>
      ({ visitorId: (await found(tx, actor, ticketId)).visitor.visitorId, name: (await names(tx, [actor.id])).get(actor.id) ?? '' })),

    endChat: (actor: Actor, ticketId: string, status: 'resolved' | 'waiting_customer' | 'open'): Promise<void> => context.work(actor, 'chat.work', async (tx) => {
      const { conversation } = await access(tx, actor, ticketId);
      await finish(tx, actor.workspaceId, conversation, { by: 'agent', at: now(), actor: byPerson(actor) });
      const ticket = await tickets.current(tx, ticketId);
      if (ticket.status !== status && ticket.status !== 'closed') await tickets.change(actor, ticketId, { status });
    }),

    /** To somebody, or to whoever of a team is free: with a word that stays inside, and one for the customer. */
    transfer: (actor: Actor, ticketId: string, { personId, teamId, note }: TransferCreate): Promise<void> => context.work(actor, 'chat.work', async (tx) => {
      const { conversation, visitor } = await access(tx, actor, ticketId);
      if (conversation.state === 'ended') throw new AppError('conflict', 'chat.over', 'The chat has ended; assign the ticket instead.');
      if (note !== '') await tickets.note(actor, ticketId, { text: note, attachmentIds: [] });
      await stream.append(tx, visitor, { conversationId: conversation.id, notice: 'transferred', at: now() });
      await tickets.change(actor, ticketId, personId === undefined ? { assigneeId: null, teamId: teamId! } : { assigneeId: personId });
      await context.emit(tx, actor.workspaceId, { type: 'chat.transferred', ticketId, subjectId: conversation.id, actor: byPerson(actor), data: { personId: personId ?? null, teamId: teamId ?? null, fromId: actor.id }, at: now() });
    }),

    ban: (actor: Actor, ticketId: string, { days, reason }: BanCreate): Promise<BanView> => context.work(actor, 'chat.work', async (tx) => {
      const { conversation, visitor } = await access(tx, actor, ticketId);
      const { visitor: row } = await context.whose(tx, visitor);
      const at = machineNow();
      const ban = { id: newId(), visitorId: row.id, network: row.network, name: row.name, reason, personId: actor.id, createdAt: at, networkUntil: new Date(at.getTime() + NETWORK_MS), endsAt: new Date(at.getTime() + days * DAY_MS) };
      await insertBan(tx, actor.workspaceId, ban);
      await finish(tx, actor.workspaceId, conversation, { by: 'agent', at: now(), actor: byPerson(actor) });
      const ticket = await tickets.lockLive(tx, ticketId);
      // It follows from the ban: what a ticket needs before somebody resolves it keeps no visitor in.
      if (ticket && ticket.status !== 'resolved' && ticket.status !== 'closed') await tickets.changeBy(tx, actor.workspaceId, ticket, { status: 'resolved' }, BY_ITSELF);
      await context.emit(tx, actor.workspaceId, { type: 'chat.banned', ticketId, subjectId: conversation.id, actor: byPerson(actor), data: { days }, at: now() });
      await context.tellVisitor(tx, actor.workspaceId, row.id, { isBanned: true });
      return present(ban, await names(tx, [actor.id]));
    }),

    bans: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<BanView>> => context.work(actor, 'chat.manage', async (tx) => {
      const rows = await banPage(tx, actor.workspaceId, machineNow(), limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']));
      const called = await names(tx, rows.map(({ personId }) => personId));
      return pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], (row) => present(row, called));
    }),

    /** Whoever banned somebody can take it back. */
    liftBan: (actor: Actor, id: string): Promise<void> => context.work(actor, 'chat.work', async (tx) => {
      const ban = await findBan(tx, actor.workspaceId, id);
      if (ban?.personId !== actor.id) demand(actor, 'chat.manage');
      if (!ban) throw new AppError('not_found', 'chat.ban_not_found', 'There is no such ban.');
      await deleteBan(tx, actor.workspaceId, id);
      const latest = await latestOf(tx, { workspaceId: actor.workspaceId, visitorId: ban.visitorId });
      if (latest) await context.tellDesk(tx, actor.workspaceId, latest, 'unbanned', byPerson(actor));
    }),

    /** Who could be handed a chat at this moment. */
    attending: (actor: Actor): Promise<Page<{ personId: string; chats: number }>> => context.work(actor, 'chat.work', async (tx) => {
      const there = [...await routing.attending(tx, 'chat')];
      const held = await heldByEach(tx, actor.workspaceId, there);
      return { items: there.map((personId) => ({ personId, chats: held.get(personId) ?? 0 })), nextCursor: null };
    }),

    /** An answer with others as buttons below it. */
    answer: (actor: Actor, ticketId: string, { text, attachmentIds, choices }: AnswerCreate): Promise<{ entryId: string | null }> => context.work(actor, 'chat.work', async (tx) => {
      const sent = await tickets.sendReply(actor, ticketId, { channel: 'chat', text, attachmentIds });
      if ('heldAs' in sent && choices.length === 0) return { entryId: null };
      if ('heldAs' in sent) throw new AppError('conflict', 'chat.answer_needs_approval', 'Somebody has to approve answers here first, and one with buttons cannot wait for that: send it as a reply without them.');
      const { id: entryId } = sent;
      const { visitor } = await found(tx, actor, ticketId);
      if (choices.length > 0) await saveChoices(tx, visitor, entryId, choices);
      return { entryId };
    }),
  };

  async function names(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
    return new Map([...await people.peopleByIds(tx, ids)].map(([id, { name }]) => [id, name]));
  }
}

const present = ({ id, name, reason, personId, createdAt, endsAt }: Parameters<typeof insertBan>[2], names: ReadonlyMap<string, string>): BanView =>
  ({ id, name, reason, by: names.get(personId) ?? '', createdAt: createdAt.toISOString(), endsAt: endsAt.toISOString() });
