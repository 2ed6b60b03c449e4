import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { TicketState } from '../core/ticket.ts';
import { byPerson, notFound, type Context } from './context.ts';
import { moveEntries } from './entries-store.ts';
import { joinFollowers, unjoinFollowers } from './follower-store.ts';
import { joinLink, unjoinLink } from './link-store.ts';
import { doerOf, type Doer } from './relating.ts';
import { sharedAlong, sharedBack } from './shared-draft-store.ts';
import { addParticipants, lockTickets, participantsOf } from './store.ts';

type Undo = { entryIds: string[]; participants: string[]; target: { waitingSince: string | null; lastMessageAt: string; snippet: string; reopenedFrom?: Reopened } };
type Reopened = { status: TicketState['status']; resolvedAt: string | null };

/** Everything of `sourceId` goes on in `targetId`, in the caller's unit of work. */
export async function mergeAs(context: Context, tx: Tx, { workspaceId, id: by, actor }: Doer, sourceId: string, targetId: string): Promise<string> {
  if (sourceId === targetId) throw new AppError('invalid', 'ticket.merge_with_itself', 'A ticket cannot be merged into itself.');
  const both = await lockTickets(tx, [sourceId, targetId]);
  const [source, target] = [both.find((t) => t.id === sourceId), both.find((t) => t.id === targetId)];
  if (!source || !target) throw notFound();
  for (const ticket of both) {
    if (ticket.mergedInto) throw new AppError('conflict', 'ticket.merged', `Ticket ${ticket.number} was merged already.`, { ticketId: ticket.mergedInto });
    if (ticket.deletedAt) throw new AppError('conflict', 'ticket.deleted', `Ticket ${ticket.number} was deleted; restore it first.`);
  }
  if (target.status === 'closed') throw new AppError('conflict', 'ticket.closed', 'A closed ticket takes nothing more in; merge the other way round.');
  const at = context.now();

  const moved = (await moveEntries(tx, { ticketId: sourceId }, targetId)).map((row) => row.id);
  await context.search.move(tx, workspaceId, 'entry', moved, targetId);
  await context.search.hide(tx, workspaceId, sourceId, true);
  const known = new Set((await participantsOf(tx, targetId)).map((one) => one.key));
  const people = [...await requesterOf(source, target), ...await participantsOf(tx, sourceId)].filter((one) => !known.has(one.address.toLowerCase()));
  await addParticipants(tx, workspaceId, targetId, people, at);

  const id = newId();
  const after = combined(source, target, at);
  const undo: Undo = {
    entryIds: moved, participants: people.map((one) => one.address.toLowerCase()),
    target: factsOf(target, after),
  };
  await tx.insertInto('ticket_merges').values({
    workspace_id: workspaceId, id, source_id: sourceId, target_id: targetId, undo: JSON.stringify(undo), merged_by: by, merged_at: at,
  }).execute();
  await joinFollowers(tx, workspaceId, { sourceId, targetId, mergeId: id, at });
  await sharedAlong(tx, { from: sourceId, to: targetId, mergeId: id });
  await joinLink(tx, sourceId, targetId, { mergeId: id, by: actor.kind === 'person' ? by : null, at });
  await context.record(tx, workspaceId, source, { ...source, mergedInto: targetId, updatedAt: at }, actor, at);
  await context.record(tx, workspaceId, target, after, actor, at);
  const data = { source: source.number, target: target.number, sourceId, targetId };
  await context.emit(tx, workspaceId,
    { type: 'ticket.merged', ticketId: sourceId, subjectId: id, actor, data, at },
    { type: 'ticket.merged', ticketId: targetId, subjectId: id, actor, data, at });
  return id;

  async function requesterOf(from: TicketState, into: TicketState) {
    if (from.customerId === into.customerId) return [];
    const customer = await context.customers.known(tx, from.customerId);
    return customer?.email ? [{ name: customer.name, address: customer.email }] : [];
  }
}

export function createMerging(context: Context) {
  return {
    /** Entries interleaved, requester and participants kept. Returns the merge. */
    merge: (actor: Actor, sourceId: string, targetId: string): Promise<string> =>
      context.work(actor, 'tickets.change', (tx) => mergeAs(context, tx, doerOf(actor), sourceId, targetId)),

    /** Takes a merge of tickets apart: the entries that came with it go back; what came since stays where it came. Merges of customers are undone by the same word. */
    unmerge: (actor: Actor, mergeId: string): Promise<void> =>
      context.work(actor, 'tickets.change', async (tx) => {
        const merge = await tx.selectFrom('ticket_merges').selectAll().where('id', '=', mergeId).where('undone_at', 'is', null).forUpdate().executeTakeFirst();
        if (!merge) return context.customers.unmerge(actor, mergeId);
        const both = await lockTickets(tx, [merge.source_id, merge.target_id]);
        const [source, target] = [both.find((t) => t.id === merge.source_id), both.find((t) => t.id === merge.target_id)];
        if (!source || !target) throw notFound();
        if (target.mergedInto) throw new AppError('conflict', 'merge.buried', `Ticket ${target.number} was merged on; undo that first.`);
        const at = context.now();
        const undo = merge.undo as Undo;
        if (undo.entryIds.length > 0) await moveEntries(tx, { ids: undo.entryIds }, source.id);
        await context.search.move(tx, actor.workspaceId, 'entry', undo.entryIds, source.id);
        await context.search.hide(tx, actor.workspaceId, source.id, false);
        if (undo.participants.length > 0) {
          await tx.deleteFrom('participants').where('ticket_id', '=', target.id).where('address_key', 'in', undo.participants).execute();
        }
        await tx.updateTable('ticket_merges').set({ undone_at: at }).where('id', '=', mergeId).execute();
        await unjoinLink(tx, mergeId);
        await unjoinFollowers(tx, target.id, mergeId);
        await sharedBack(tx, { from: target.id, to: source.id, mergeId });
        await context.record(tx, actor.workspaceId, source, { ...source, mergedInto: null, updatedAt: at }, byPerson(actor), at);
        const untouched = target.lastMessageAt <= merge.merged_at;
        const back = untouched ? { waitingSince: undo.target.waitingSince === null ? null : new Date(undo.target.waitingSince), lastMessageAt: new Date(undo.target.lastMessageAt), snippet: undo.target.snippet, ...asBefore(undo.target.reopenedFrom, target) } : {};
        await context.record(tx, actor.workspaceId, target, { ...target, ...back, updatedAt: at }, byPerson(actor), at);
        const data = { source: source.number, target: target.number, sourceId: source.id, targetId: target.id };
        await context.emit(tx, actor.workspaceId,
          { type: 'ticket.unmerged', ticketId: source.id, subjectId: mergeId, actor: byPerson(actor), data, at },
          { type: 'ticket.unmerged', ticketId: target.id, subjectId: mergeId, actor: byPerson(actor), data, at });
      }),
  };
}

/** What of the target a merge changes, for the way back. */
const factsOf = (target: TicketState, after: TicketState): Undo['target'] => ({
  waitingSince: target.waitingSince?.toISOString() ?? null, lastMessageAt: target.lastMessageAt.toISOString(), snippet: target.snippet,
  ...(after.status !== target.status && { reopenedFrom: { status: target.status, resolvedAt: target.resolvedAt?.toISOString() ?? null } }),
});

/** What a merge reopened goes back, unless somebody has moved it since. */
const asBefore = (from: Reopened | undefined, now: TicketState): Partial<TicketState> =>
  from && now.status === 'open' ? { status: from.status, resolvedAt: from.resolvedAt === null ? null : new Date(from.resolvedAt) } : {};

/** The target after taking the source in: who waits longest counts, and reopens it; the last words are the later ones. */
function combined(source: TicketState, target: TicketState, at: Date): TicketState {
  const waiting = [source.waitingSince, target.waitingSince].filter((date) => date !== null).sort((a, b) => a.getTime() - b.getTime());
  const later = source.lastMessageAt > target.lastMessageAt ? source : target;
  const open = source.waitingSince !== null && target.status !== 'new' ? { status: 'open', resolvedAt: null } as const : {};
  // What came by another way was not written for the eyes of the company's other people.
  const isPrivate = target.isPrivate || source.isPrivate || source.companyId !== target.companyId;
  return { ...target, ...open, isPrivate, waitingSince: waiting[0] ?? null, lastMessageAt: later.lastMessageAt, snippet: later.snippet, updatedAt: at };
}
