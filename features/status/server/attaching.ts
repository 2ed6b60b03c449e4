import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { demand } from '../../people/core/permissions.ts';
import { LIMITS, type AttachRequest, type AttachResult, type MatchView } from '../core/contract.ts';
import type { StatusDeps } from './context.ts';
import { attachTickets, detachTicket, incidentsAbout, latestUpdateId, lockIncident, oweTickets, ticketCounts } from './store.ts';
import { createChoosing } from './choosing.ts';

export const noIncident = (): AppError => new AppError('not_found', 'incident.not_found', 'There is no such incident.');
const MOST_COUNTED = 999;

/** Which tickets are about which incident. Whoever may change tickets says so of one; of many at once, who may write the status page. */
export function createAttaching(deps: StatusDeps) {
  const { db, now, machineNow, tickets } = deps;
  const choose = createChoosing(deps);

  async function attachAll(tx: Tx, actor: Actor, id: string, ticketIds: readonly string[], tell: boolean): Promise<number> {
    const { workspaceId } = actor;
    const incident = await lockIncident(tx, workspaceId, id);
    if (!incident) throw noIncident();
    if (incident.endedAt !== null) throw new AppError('conflict', 'incident.ended', 'This one has ended; begin another.');
    const attached = await attachTickets(tx, workspaceId, { incidentId: id, ticketIds, byId: actor.id, at: now() });
    // Counted with them, since those that are about it already take no more room.
    if (((await ticketCounts(tx, workspaceId, [id])).get(id) ?? 0) > LIMITS.tickets) throw new AppError('conflict', 'incident.too_many_tickets', `${LIMITS.tickets} tickets at most hang on one incident; choose fewer.`);
    const updateId = tell && attached.length > 0 ? await latestUpdateId(tx, workspaceId, id) : null;
    if (updateId !== null) await oweTickets(tx, workspaceId, { updateId, ticketIds: attached, at: machineNow() });
    return attached.length;
  }

  const change = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'tickets.change');
    return db.work(actor.workspaceId, act);
  };
  const seen = async (tx: Tx, ticketId: string): Promise<string> => {
    const ticket = await tickets.find(tx, ticketId);
    if (!ticket) throw new AppError('not_found', 'ticket.not_found', 'There is no such ticket.');
    return ticket.id;
  };

  const seenAll = (tx: Tx, ticketIds: readonly string[]): Promise<string[]> => Promise.all([...new Set(ticketIds)].map((ticketId) => seen(tx, ticketId)));

  return {
    /** Of one that begins in the same transaction, with its first tickets. */
    attachFirst: async (tx: Tx, actor: Actor, incidentId: string, ticketIds: readonly string[]): Promise<void> => {
      await attachTickets(tx, actor.workspaceId, { incidentId, ticketIds: await seenAll(tx, ticketIds), byId: actor.id, at: now() });
    },

    attach: (actor: Actor, id: string, ticketId: string, tell: boolean): Promise<void> => change(actor, async (tx) => { await attachAll(tx, actor, id, [await seen(tx, ticketId)], tell); }),

    detach: (actor: Actor, id: string, ticketId: string): Promise<void> => change(actor, async (tx) => {
      if (!await lockIncident(tx, actor.workspaceId, id)) throw noIncident();
      await detachTicket(tx, actor.workspaceId, id, await seen(tx, ticketId));
    }),

    /** Of many at once: by their ids, or all open ones for which a condition holds. */
    attachMany: (actor: Actor, id: string, { condition, ticketIds, tell }: AttachRequest): Promise<AttachResult> => {
      demand(actor, 'status.manage');
      return change(actor, async (tx) => {
        const chosen = condition === undefined
          ? await seenAll(tx, ticketIds ?? [])
          : (await choose(tx, actor.workspaceId, condition, { shelves: ['active'], most: LIMITS.tickets + 1 })).map((ticket) => ticket.id);
        return { matched: chosen.length, attached: await attachAll(tx, actor, id, chosen, tell) };
      });
    },

    /** How many open tickets a condition holds for. */
    matches: (actor: Actor, condition: unknown): Promise<MatchView> => {
      demand(actor, 'status.manage');
      return db.work(actor.workspaceId, async (tx) => {
        const found = await choose(tx, actor.workspaceId, condition, { shelves: ['active'], most: MOST_COUNTED + 1 });
        return { count: Math.min(found.length, MOST_COUNTED), more: found.length > MOST_COUNTED };
      });
    },

    /** The ids of the incidents that a ticket is about, the newest first. */
    aboutTicket: async (tx: Tx, workspaceId: string, ticketId: string): Promise<string[]> => incidentsAbout(tx, workspaceId, await seen(tx, ticketId)),
  };
}
