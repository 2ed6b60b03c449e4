import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { SplitCreate, SplitView } from '../core/relations.ts';
import { snippetOf, type TicketState } from '../core/ticket.ts';
import { byPerson, notFound, type Context } from './context.ts';
import { entriesByIds, moveEntries, waitingSince, type EntryRow } from './entries-store.ts';
import { begunWith, newTicket } from './receiving.ts';
import { relate } from './relating.ts';
import { dropRelation } from './relation-store.ts';
import { insertTicket, lockTickets } from './store.ts';

/** Part of a ticket becomes one of its own, of the same customer; and back. */
export function createSplitting(context: Context) {
  const { work, emit } = context;

  async function movable(tx: Tx, ticketId: string, ids: readonly string[]): Promise<EntryRow[]> {
    const entries = (await entriesByIds(tx, [...new Set(ids)])).filter((entry) => entry.ticketId === ticketId);
    if (entries.length < new Set(ids).size) throw new AppError('not_found', 'entry.not_found', 'There is no such entry on this ticket.');
    if (entries.some(({ type, direction }) => type === 'message' && direction === 'out')) throw new AppError('invalid', 'split.answers_stay', 'An answer stays on the ticket from which it was sent: replies to it come back there.');
    if (await otherThan(tx, ticketId, ids) === 0) throw new AppError('conflict', 'split.leaves_nothing', 'Something has to stay; this is all that the ticket holds.');
    return entries;
  }

  /** Who waits since when, and the last words, from what is there now. */
  async function asItIs(tx: Tx, ticket: TicketState, at: Date): Promise<TicketState> {
    const last = await tx.selectFrom('entries').select(['text', 'created_at as at']).where('ticket_id', '=', ticket.id).where('withdrawn_at', 'is', null).where('type', '<>', 'note')
      .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
    return { ...ticket, waitingSince: await waitingSince(tx, ticket.id), ...(last && { lastMessageAt: last.at, snippet: snippetOf(last.text) }), updatedAt: at };
  }

  async function move(tx: Tx, actor: Actor, ids: readonly string[], to: string): Promise<void> {
    await moveEntries(tx, { ids }, to);
    await context.search.move(tx, actor.workspaceId, 'entry', [...ids], to);
  }

  const tell = (tx: Tx, actor: Actor, type: 'ticket.split' | 'ticket.unsplit', id: string, source: TicketState, target: TicketState, at: Date): Promise<void> => {
    const data = { source: source.number, target: target.number, sourceId: source.id, targetId: target.id };
    return emit(tx, actor.workspaceId, ...[source.id, target.id].map((ticketId) => ({ type, ticketId, subjectId: id, actor: byPerson(actor), data, at })));
  };

  async function begun(tx: Tx, actor: Actor, source: TicketState, { entryIds, subject = source.subject }: SplitCreate, entries: readonly EntryRow[], at: Date): Promise<TicketState> {
    const { channel, customerId, companyId, isPrivate, assigneeId, teamId, mailboxId, brandId, officeId, language, languageFixed, kind, priority } = source;
    const fresh = newTicket({ subject, channel: entries[0]!.channel, customerId, assigneeId, teamId, mailboxId, brandId, officeId, language, languageFixed, kind, priority, status: 'open' }, at);
    const ticket = await insertTicket(tx, actor.workspaceId, { ...fresh, channel: entries[0]!.type === 'note' ? channel : fresh.channel, companyId, isPrivate });
    await emit(tx, actor.workspaceId, { type: 'ticket.created', ticketId: ticket.id, actor: byPerson(actor), data: { channel: ticket.channel, number: ticket.number, status: ticket.status, priority, ...begunWith(ticket) }, at });
    await move(tx, actor, entryIds, ticket.id);
    return ticket;
  }

  /** The clocks of the new ticket begin where its customer began to wait. */
  async function saidHere(tx: Tx, actor: Actor, ticket: TicketState, entries: readonly EntryRow[], at: Date): Promise<void> {
    const asked = entries.findLast(({ type, direction, authorKind }) => type === 'message' && direction === 'in' && authorKind === 'customer');
    if (!asked || ticket.waitingSince === null) return;
    await emit(tx, actor.workspaceId, {
      type: 'entry.added', ticketId: ticket.id, subjectId: asked.id, actor: byPerson(actor), at,
      data: { type: 'message', direction: 'in', channel: asked.channel, receivedAt: ticket.waitingSince.toISOString(), split: true },
    });
  }

  return {
    split: (actor: Actor, id: string, given: SplitCreate): Promise<SplitView> =>
      work(actor, 'tickets.change', async (tx) => {
        const source = await context.accessLive(tx, id);
        const entries = (await movable(tx, id, given.entryIds)).toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
        const at = context.now();
        const ticket = await begun(tx, actor, source, given, entries, at);
        const target = await context.record(tx, actor.workspaceId, ticket, await asItIs(tx, ticket, at), byPerson(actor), at);
        await context.record(tx, actor.workspaceId, source, await asItIs(tx, source, at), byPerson(actor), at);
        const splitId = newId();
        await tx.insertInto('ticket_splits').values({ workspace_id: actor.workspaceId, id: splitId, source_id: id, target_id: target.id, entry_ids: entries.map((entry) => entry.id), split_by: actor.id, split_at: at }).execute();
        await relate(context, tx, actor, { fromId: target.id, toId: id, kind: 'split_from' });
        await saidHere(tx, actor, target, entries, at);
        await tell(tx, actor, 'ticket.split', splitId, source, target, at);
        await context.makeFindable(tx, actor.workspaceId, target);
        return { id: splitId, ticketId: target.id, number: target.number };
      }),

    unsplit: (actor: Actor, splitId: string): Promise<void> =>
      work(actor, 'tickets.change', async (tx) => {
        const split = await tx.selectFrom('ticket_splits').selectAll().where('id', '=', splitId).where('undone_at', 'is', null).forUpdate().executeTakeFirst();
        if (!split) throw new AppError('not_found', 'split.not_found', 'There is no such split, or it was undone.');
        const both = await lockTickets(tx, [split.source_id, split.target_id]);
        const [source, target] = [both.find((one) => one.id === split.source_id), both.find((one) => one.id === split.target_id)];
        if (!source || !target) throw notFound();
        const isGone = [source, target].some(({ mergedInto, deletedAt }) => mergedInto !== null || deletedAt !== null);
        if (isGone || await otherThan(tx, target.id, split.entry_ids) > 0) throw new AppError('conflict', 'split.went_on', 'The new ticket has gone on since; merge the two instead.');
        const at = context.now();
        await move(tx, actor, split.entry_ids, source.id);
        await tx.updateTable('ticket_splits').set({ undone_at: at }).where('id', '=', splitId).execute();
        await dropRelation(tx, source.id, target.id);
        await context.record(tx, actor.workspaceId, target, { ...target, deletedAt: at, deletedBy: actor.id, updatedAt: at }, byPerson(actor), at);
        await context.search.hide(tx, actor.workspaceId, target.id, true);
        await emit(tx, actor.workspaceId, { type: 'ticket.deleted', ticketId: target.id, actor: byPerson(actor), at });
        await context.record(tx, actor.workspaceId, source, await asItIs(tx, source, at), byPerson(actor), at);
        await tell(tx, actor, 'ticket.unsplit', splitId, source, target, at);
      }),
  };
}

/** How many entries there are besides these, up to one. */
async function otherThan(tx: Tx, ticketId: string, ids: readonly string[]): Promise<number> {
  return (await tx.selectFrom('entries').select('id').where('ticket_id', '=', ticketId).where('withdrawn_at', 'is', null).where(sql<boolean>`id <> all(${[...ids]}::uuid[])`).limit(1).execute()).length;
}
