import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { NewEvent } from '../../../platform/events/events.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import { fits, type Channel } from '../core/capacity.ts';
import { decide, type Decision } from '../core/decide.ts';
import { belongs, isThere, needsOf, type Agent, type OwnAgent, type Waiting } from '../core/needs.ts';
import { waitsForUs } from '../core/seats.ts';
import type { createAgents } from './agents.ts';
import { BY_ROUTING, type Context } from './context.ts';
import { insertOffers, refusalsOf } from './offer-store.ts';
import { deputiesOf } from './absence-store.ts';
import { isPresenceUsed } from './presence-store.ts';
import { hoursOf } from './queue-hours.ts';
import { saveLook, saveNobody, type Rules, type StoredQueue } from './queue-store.ts';
import { mayGiveOut, writeLog } from './store.ts';
import { markOffered, namedAgents, nextOfEach, oldestIn, saveOwnAgents, turnOf, type FoundOwn, type QueueRow } from './waiting-store.ts';

/** Whoever refused a ticket, or let it pass, is asked again after so long: nothing waits for ever. */
export const REFUSED_MS = 10 * 60_000;
/** How many of a kind are looked at together; many more than become free at once. */
const EACH = 100;
/** Given in one transaction, which holds their tickets; offers take one statement for all of them. */
const [GIVEN_AT_ONCE, OFFERED_AT_ONCE] = [25, 500];
const LOOK_EVERY_MS = 30_000;

/** Gives out what waits: what `decide` says, in one transaction, by one process at a time in a workspace. */
export function createGiving(context: Context, { present }: Pick<ReturnType<typeof createAgents>, 'present'>) {
  const { db, tickets, calendars, emit } = context;

  /** As routing sees them: with their own agents, and who has refused them a moment ago. It writes nothing: whoever only looks asks it too. */
  const waitingOf = async (tx: Tx, rules: Rules, rows: readonly QueueRow[], now: Date): Promise<Waiting[]> => (await seen(tx, rules, rows, now)).waiting;

  /** Besides, the own agents that were looked for just now. */
  async function seen(tx: Tx, rules: Rules, rows: readonly QueueRow[], now: Date): Promise<{ waiting: Waiting[]; found: FoundOwn[] }> {
    const keeping = new Set(rules.queues.filter(({ ownAgentSeconds }) => ownAgentSeconds !== null).map(({ id }) => id));
    const unknown = rows.filter(({ queueId, ownKnown }) => !ownKnown && keeping.has(queueId)).map(({ ticketId }) => ticketId);
    const [own, refusals] = await Promise.all([ownOf(tx, unknown), refusalsOf(tx, rows.map(({ ticketId }) => ticketId), new Date(now.getTime() - REFUSED_MS))]);
    const known = rows.map((row) => (row.ownKnown ? { personId: row.ownAgentId, by: row.ownBy } : own.get(row.ticketId) ?? { personId: null, by: null }));
    const deputies = await deputiesOf(tx, [...new Set(known.flatMap(({ personId }) => personId ?? []))], now);
    const waiting = rows.map((row, i): Waiting => ({
      ...turnOf(row), ticketId: row.ticketId, queueId: row.queueId, channel: row.channel, language: row.language === '' ? null : row.language,
      own: ownAgentOf(known[i]!, deputies), dueAt: row.dueAt?.getTime() ?? null, refusedBy: refusals.get(row.ticketId) ?? [],
    }));
    return { waiting, found: unknown.map((ticketId) => ({ ticketId, personId: own.get(ticketId)?.personId ?? null, by: own.get(ticketId)?.by ?? null })) };
  }

  /** Who is named for the customer; where nobody is, who had their last ticket. */
  async function ownOf(tx: Tx, ticketIds: readonly string[]): Promise<Map<string, { personId: string; by: 'set' | 'last' }>> {
    const named = await namedAgents(tx, ticketIds);
    const last = await tickets.lastAgents(tx, ticketIds.filter((id) => !named.has(id)));
    const found = new Map<string, { personId: string; by: 'set' | 'last' }>();
    for (const [id, personId] of last) found.set(id, { personId, by: 'last' });
    for (const [id, personId] of named) found.set(id, { personId, by: 'set' });
    return found;
  }

  async function offer(tx: Tx, workspaceId: string, decisions: readonly Decision[], free: ReadonlyMap<string, TicketState>, now: Date): Promise<number> {
    const offers = decisions.filter(({ ticketId }) => free.has(ticketId)).map(({ ticketId, queueId, personId, expiresAt, why }) => ({ id: newId(), ticketId, queueId, personId, expiresAt: new Date(expiresAt!), why }));
    const made = await insertOffers(tx, workspaceId, offers, now);
    const fresh = offers.filter(({ id }) => made.has(id));
    if (fresh.length === 0) return 0;
    await Promise.all([
      markOffered(tx, fresh),
      writeLog(tx, workspaceId, fresh.map(({ ticketId, queueId, personId, why }) => ({ id: newId(), ticketId, queueId, personId, at: now, why: [{ code: 'offered', values: {} }, ...why] }))),
      emit(tx, workspaceId, ...fresh.map(({ id, ticketId, queueId, personId, expiresAt }): NewEvent => ({
        type: 'routing.offered', ticketId, subjectId: id, actor: BY_ROUTING, data: { personId, queueId, until: expiresAt.toISOString() }, at: now,
      }))),
    ]);
    return fresh.length;
  }

  async function give(tx: Tx, workspaceId: string, decisions: readonly Decision[], free: ReadonlyMap<string, TicketState>, now: Date): Promise<number> {
    let count = 0;
    for (const { ticketId, queueId, personId, why } of decisions) {
      const ticket = free.get(ticketId);
      if (!ticket) continue;
      await tickets.handOver(tx, workspaceId, ticket, personId, BY_ROUTING, now);
      await writeLog(tx, workspaceId, [{ id: newId(), ticketId, queueId, personId, at: now, why }]);
      await emit(tx, workspaceId, { type: 'routing.given', ticketId, subjectId: personId, actor: BY_ROUTING, data: { personId, queueId }, at: now });
      count += 1;
    }
    return count;
  }

  /** Within its hours, without any within those of one of its teams; and where people take the next without ever saying that they are there, nobody is missed. */
  async function isExpected(tx: Tx, workspaceId: string, queue: StoredQueue, now: Date): Promise<boolean> {
    if (queue.mode === 'pull' && !await isPresenceUsed(tx)) return false;
    return (await hoursOf(calendars, tx, workspaceId, queue)).isOpen(now);
  }

  async function missed(tx: Tx, workspaceId: string, queue: StoredQueue, agents: readonly Agent[], since: Date | null, now: Date): Promise<void> {
    const isMissing = since !== null && peopleIn(queue, agents, since, now) === 0;
    if (isMissing === (queue.nobodySince !== null)) return;
    if (isMissing && !await isExpected(tx, workspaceId, queue, now)) return;
    await saveNobody(tx, queue.id, isMissing ? now : null);
    await emit(tx, workspaceId, {
      type: isMissing ? 'routing.nobody_free' : 'routing.somebody_free', subjectId: queue.id, actor: BY_ROUTING,
      data: { queueId: queue.id, queue: queue.name, teamId: queue.teamIds[0] ?? null, oldestSince: since?.toISOString() ?? null }, at: now,
    });
  }

  /** In each queue something waits and nobody is there: told once, and once more when somebody is. */
  async function lookAround(tx: Tx, workspaceId: string, { queues, agents, oldest }: { queues: readonly StoredQueue[]; agents: readonly Agent[]; oldest: ReadonlyMap<string, Date> }, now: Date): Promise<void> {
    for (const queue of queues) await missed(tx, workspaceId, queue, agents, oldest.get(queue.id) ?? null, now);
    await saveLook(tx, queues.filter(({ mode }) => mode === 'pull').map(({ id }) => id), new Date(now.getTime() + LOOK_EVERY_MS));
  }

  return {
    waitingOf,

    /** True when there is more to give out at once. */
    pass: (workspaceId: string, now: Date): Promise<boolean> => db.work(workspaceId, async (tx) => {
      const [isOurs, cached, queues] = await Promise.all([mayGiveOut(tx, workspaceId), context.rules(tx, workspaceId), context.freshQueues(tx)]);
      if (!isOurs || queues.length === 0) return false;
      const rules = { ...cached, queues };
      const [agents, oldest] = await Promise.all([present(tx, rules.settings, now, { thereOnly: true }), oldestIn(tx, queues.map(({ id }) => id))]);
      await lookAround(tx, workspaceId, { queues, agents, oldest }, now);
      const giving = rules.queues.filter(({ mode }) => mode !== 'pull');
      if (giving.length === 0 || !agents.some(hasRoom)) return false;
      const rows = await nextOfEach(tx, giving.map(({ id }) => id), EACH);
      if (rows.length === 0) return false;
      const { waiting, found } = await seen(tx, rules, rows, now);
      await saveOwnAgents(tx, found);
      const decisions = decide({ queues: new Map(giving.map((queue) => [queue.id, queue])), agents, waiting, languages: rules.languages }, now.getTime());
      const gives = decisions.filter(({ how }) => how === 'give').slice(0, GIVEN_AT_ONCE);
      const offers = decisions.filter(({ how }) => how === 'offer').slice(0, OFFERED_AT_ONCE);
      // What somebody is working on at this moment is left for the next time.
      const locked = await tickets.lockFree(tx, [...gives, ...offers].map(({ ticketId }) => ticketId));
      const free = new Map(locked.filter(waitsForUs).map((ticket) => [ticket.id, ticket]));
      const count = await offer(tx, workspaceId, offers, free, now) + await give(tx, workspaceId, gives, free, now);
      // Whom nobody was found for now is not found for in the next moment either.
      return count > 0 && (decisions.length > count || decisions.length >= EACH);
    }),
  };
}

function ownAgentOf({ personId, by }: Omit<FoundOwn, 'ticketId'>, deputies: ReadonlyMap<string, string>): OwnAgent | null {
  if (personId === null || by === null) return null;
  const deputy = deputies.get(personId);
  return deputy === undefined ? { id: personId, by, absentId: null } : { id: deputy, by, absentId: personId };
}

const hasRoom = (agent: Agent): boolean => (Object.keys(agent.capacity.channels) as Channel[]).some((channel) => fits(agent.load, agent.capacity, channel));

/** Those who belong to it by now, and take anything at all. */
export const peopleIn = (queue: StoredQueue, agents: readonly Agent[], since: Date, now: Date): number => {
  const needs = needsOf(queue, { since: since.getTime(), language: null }, new Map(), now.getTime());
  return agents.filter((agent) => belongs(agent, needs) && (Object.keys(agent.capacity.channels) as Channel[]).some((channel) => isThere(agent, channel))).length;
};
