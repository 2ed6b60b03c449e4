import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Reason } from '../core/reasons.ts';

export type NewOffer = { readonly id: string; readonly ticketId: string; readonly queueId: string; readonly personId: string; readonly expiresAt: Date; readonly why: readonly Reason[] };
export type StoredOffer = {
  readonly id: string; readonly ticketId: string; readonly queueId: string; readonly queueName: string; readonly personId: string; readonly state: 'offered' | 'accepted' | 'refused' | 'passed' | 'withdrawn';
  readonly offeredAt: Date; readonly expiresAt: Date; readonly why: unknown;
};
export type ListedOffer = StoredOffer & { readonly number: number; readonly subject: string; readonly priority: string; readonly channel: string; readonly language: string | null; readonly flags: readonly string[] | null };

/** A ticket is offered to one person at a time: those that are offered already are left out. */
export async function insertOffers(tx: Tx, workspaceId: string, offers: readonly NewOffer[], at: Date): Promise<Set<string>> {
  if (offers.length === 0) return new Set();
  const rows = await tx.insertInto('offers').values(offers.map(({ id, ticketId, queueId, personId, expiresAt, why }) => ({
    workspace_id: workspaceId, id, ticket_id: ticketId, queue_id: queueId, person_id: personId, state: 'offered' as const, offered_at: at, expires_at: expiresAt, why: JSON.stringify(why),
  }))).onConflict((conflict) => conflict.doNothing()).returning('id').execute();
  return new Set(rows.map(({ id }) => id));
}

const offers = (tx: Tx) => tx.selectFrom('offers as o')
  .innerJoin('queues as q', (j) => j.onRef('q.workspace_id', '=', 'o.workspace_id').onRef('q.id', '=', 'o.queue_id'))
  .innerJoin('tickets as t', (j) => j.onRef('t.workspace_id', '=', 'o.workspace_id').onRef('t.id', '=', 'o.ticket_id'))
  .select([
    'o.id', 'o.ticket_id as ticketId', 'o.queue_id as queueId', 'q.name as queueName', 'o.person_id as personId', 'o.state', 'o.offered_at as offeredAt', 'o.expires_at as expiresAt', 'o.why',
    't.number', 't.subject', 't.priority', 't.channel', 't.language',
  ])
  .select((e) => e.selectFrom('customers as c').select('c.flags').whereRef('c.workspace_id', '=', 't.workspace_id').whereRef('c.id', '=', 't.customer_id').as('flags'));

export const findOffer = (tx: Tx, id: string): Promise<ListedOffer | undefined> => offers(tx).where('o.id', '=', id).executeTakeFirst();
export const openOfferOf = (tx: Tx, ticketId: string): Promise<ListedOffer | undefined> => offers(tx).where('o.ticket_id', '=', ticketId).where('o.state', '=', 'offered').executeTakeFirst();
export const openOffersTo = (tx: Tx, personId: string, { limit, after }: { limit: number; after: readonly [string, string] | null }): Promise<ListedOffer[]> =>
  offers(tx).where('o.person_id', '=', personId).where('o.state', '=', 'offered')
    .$if(after !== null, (q) => q.where(sql<boolean>`(o.offered_at, o.id) > (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid)`))
    .orderBy('o.offered_at').orderBy('o.id').limit(limit).execute();

/** False when it was settled before, by whomever. */
export async function settleOffer(tx: Tx, id: string, state: 'accepted' | 'refused' | 'passed', at: Date, reason = ''): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('offers').set({ state, settled_at: at, reason }).where('id', '=', id).where('state', '=', 'offered').executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Those that are open, of a ticket or to a person, are no more. */
export const withdrawOffers = (tx: Tx, of: { ticketId: string } | { personId: string }, at: Date): Promise<{ id: string; ticketId: string; personId: string }[]> =>
  tx.updateTable('offers').set({ state: 'withdrawn', settled_at: at }).where('state', '=', 'offered')
    .where('ticketId' in of ? 'ticket_id' : 'person_id', '=', 'ticketId' in of ? of.ticketId : of.personId)
    .returning(['id', 'ticket_id as ticketId', 'person_id as personId']).execute();

/** Of each ticket, who refused it or let it pass since then. */
export async function refusalsOf(tx: Tx, ticketIds: readonly string[], since: Date): Promise<Map<string, string[]>> {
  if (ticketIds.length === 0) return new Map();
  const rows = await tx.selectFrom('offers').select(['ticket_id as ticketId', 'person_id as personId']).where(sql<boolean>`ticket_id = any(${[...ticketIds]}::uuid[])`)
    .where('settled_at', '>', since).where('state', 'in', ['refused', 'passed']).execute();
  const found = new Map<string, string[]>();
  for (const { ticketId, personId } of rows) found.set(ticketId, [...(found.get(ticketId) ?? []), personId]);
  return found;
}
