import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { inOrder } from '../../customers/core/flags.ts';
import type { OfferView } from '../core/contract.ts';
import { readReasons } from '../core/reasons.ts';
import { BY_ROUTING, byPerson, type Context } from './context.ts';
import { findOffer, openOffersTo, settleOffer, withdrawOffers, type ListedOffer } from './offer-store.ts';
import { lockPresence, updatePresence } from './presence-store.ts';
import { writeLog } from './store.ts';
import { markWaiting } from './waiting-store.ts';

const notFound = () => new AppError('not_found', 'offer.not_found', 'There is no such offer to you.');
const over = () => new AppError('conflict', 'offer.over', 'The offer is over: it was answered, or somebody else has the ticket.');

/** What people are asked to take, and what they say. */
export function createOffering(context: Context) {
  const { tickets, emit, now } = context;

  /** One's own; anybody else's is not there. */
  async function mine(tx: Tx, actor: Actor, id: string): Promise<ListedOffer> {
    const offer = await findOffer(tx, id);
    if (!offer || offer.personId !== actor.id) throw notFound();
    return offer;
  }

  async function views(tx: Tx, actor: Actor, offers: readonly ListedOffer[]): Promise<OfferView[]> {
    const why = await context.explain(tx, actor, offers.map((offer) => readReasons(offer.why)));
    return offers.map((offer, i) => ({
      id: offer.id, ticket: { id: offer.ticketId, number: offer.number, subject: offer.subject, priority: offer.priority, channel: offer.channel as OfferView['ticket']['channel'], language: offer.language as OfferView['ticket']['language'], flags: inOrder(offer.flags ?? []) },
      queue: { id: offer.queueId, name: offer.queueName }, state: offer.state, offeredAt: offer.offeredAt.toISOString(), expiresAt: offer.expiresAt.toISOString(), why: why[i] ?? [],
    }));
  }

  /** Nobody took it: it waits again, with its time. */
  async function back(tx: Tx, workspaceId: string, offer: Pick<ListedOffer, 'id' | 'ticketId' | 'queueId' | 'personId'>, how: 'declined' | 'passed', at: Date, late = false): Promise<void> {
    await markWaiting(tx, [offer.ticketId]);
    await writeLog(tx, workspaceId, [{ id: newId(), ticketId: offer.ticketId, queueId: offer.queueId, personId: offer.personId, at, late, why: [{ code: how, values: {} }] }]);
    await emit(tx, workspaceId, { type: `routing.${how}`, ticketId: offer.ticketId, subjectId: offer.id, actor: how === 'declined' ? byPerson({ id: offer.personId }) : BY_ROUTING, data: { personId: offer.personId, late }, at });
  }

  /** Too many in a row left to pass: nobody is there, whatever they said. */
  async function missed(tx: Tx, workspaceId: string, personId: string, at: Date): Promise<void> {
    const { settings } = await context.settingsIn(tx);
    const presence = await lockPresence(tx, personId);
    if (!presence) return;
    const count = presence.missed + 1;
    const isTooMany = settings.missedOffers !== null && count >= settings.missedOffers && presence.state === 'online';
    await updatePresence(tx, personId, isTooMany ? { missed: count, missed_away: true, state: 'away', since: at } : { missed: count });
    if (isTooMany) await emit(tx, workspaceId, { type: 'presence.changed', subjectId: personId, actor: BY_ROUTING, data: { state: 'away', because: 'missed_offers' }, at });
  }

  return {
    offers: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<OfferView>> =>
      context.work(actor, 'routing.read', async (tx) => {
        const rows = await openOffersTo(tx, actor.id, { limit: limit + 1, after: cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']) });
        const page = pageOfRows(rows, limit, (row) => [row.offeredAt.toISOString(), row.id], (row) => row);
        return { items: await views(tx, actor, page.items), nextCursor: page.nextCursor };
      }),

    accept: (actor: Actor, id: string): Promise<OfferView> =>
      context.work(actor, 'routing.work', async (tx) => {
        const offer = await mine(tx, actor, id);
        const at = now();
        const ticket = await tickets.lock(tx, offer.ticketId);
        if (ticket.assigneeId !== null || offer.expiresAt <= at || !await settleOffer(tx, id, 'accepted', at)) throw over();
        await tickets.handOver(tx, actor.workspaceId, ticket, actor.id, byPerson(actor), at);
        await updatePresence(tx, actor.id, { missed: 0 });
        await writeLog(tx, actor.workspaceId, [{ id: newId(), ticketId: offer.ticketId, queueId: offer.queueId, personId: actor.id, at, why: [{ code: 'accepted', values: {} }, ...readReasons(offer.why)] }]);
        await emit(tx, actor.workspaceId, { type: 'routing.accepted', ticketId: offer.ticketId, subjectId: id, actor: byPerson(actor), data: { personId: actor.id, queueId: offer.queueId }, at });
        return (await views(tx, actor, [{ ...offer, state: 'accepted' }]))[0]!;
      }),

    refuse: (actor: Actor, id: string, reason: string): Promise<void> =>
      context.work(actor, 'routing.work', async (tx) => {
        const offer = await mine(tx, actor, id);
        await tickets.lock(tx, offer.ticketId);
        if (!await settleOffer(tx, id, 'refused', now(), reason)) throw over();
        await updatePresence(tx, actor.id, { missed: 0 });
        await back(tx, actor.workspaceId, offer, 'declined', now());
      }),

    /** Nobody said anything in time. */
    pass: async (tx: Tx, workspaceId: string, id: string, at: Date, late: boolean): Promise<void> => {
      const offer = await findOffer(tx, id);
      if (!offer) return;
      await tickets.lock(tx, offer.ticketId);
      if (offer.expiresAt > at || !await settleOffer(tx, id, 'passed', at)) return;
      await back(tx, workspaceId, offer, 'passed', at, late);
      await missed(tx, workspaceId, offer.personId, at);
    },

    /** They are not there any more: what they were asked waits again. */
    withdrawFrom: async (tx: Tx, workspaceId: string, personId: string, at: Date): Promise<void> => {
      const gone = await withdrawOffers(tx, { personId }, at);
      await markWaiting(tx, gone.map(({ ticketId }) => ticketId));
      await emit(tx, workspaceId, ...gone.map(({ id, ticketId }) => ({ type: 'routing.withdrawn' as const, ticketId, subjectId: id, actor: BY_ROUTING, data: { personId }, at })));
    },
  };
}
