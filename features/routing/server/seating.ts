import type { Json } from '../../../kernel/json.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { LoggedEvent, WithinHandler } from '../../../platform/events/events.ts';
import { isLive } from '../../tickets/core/channels.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import { isDone, queueOf, waitsForUs } from '../core/seats.ts';
import { BY_ROUTING, type Context } from './context.ts';
import { withdrawOffers } from './offer-store.ts';
import { updatePresence } from './presence-store.ts';
import { hoursOf } from './queue-hours.ts';
import type { Rules, StoredQueue } from './queue-store.ts';
import { insertWait, saveReplied, unanswered } from './wait-store.ts';
import { followDues, forgetOwnAgents, markGiven, saveRecheck, seat, takeRecheck, unseat } from './waiting-store.ts';

/** Keeps every ticket in the queue where it belongs, in the transaction that changes it. Without queues it asks for their version and does nothing. */
export function createSeating(context: Context) {
  const { tickets, calendars, emit } = context;
  tickets.onDues(followDues);

  /** Seconds of working time, as waits are measured. */
  async function workingSeconds(tx: Tx, workspaceId: string, queue: StoredQueue | undefined, from: Date, to: Date): Promise<number> {
    return Math.round((await hoursOf(calendars, tx, workspaceId, queue)).between(from, to).seconds);
  }

  async function withdraw(tx: Tx, workspaceId: string, ticketId: string, at: Date): Promise<void> {
    const gone = await withdrawOffers(tx, { ticketId }, at);
    await emit(tx, workspaceId, ...gone.map(({ id, personId }) => ({ type: 'routing.withdrawn' as const, ticketId, subjectId: id, actor: BY_ROUTING, data: { personId }, at })));
  }

  async function given(tx: Tx, workspaceId: string, rules: Rules, ticket: TicketState & { assigneeId: string }, at: Date): Promise<void> {
    const row = await markGiven(tx, ticket.id, ticket.assigneeId, at);
    await updatePresence(tx, ticket.assigneeId, { last_given_at: at, idle_since: at });
    if (!row || row.was === 'given') return;
    if (row.was === 'offered') await withdraw(tx, workspaceId, ticket.id, at);
    const queue = rules.queues.find(({ id }) => id === row.queueId);
    await insertWait(tx, workspaceId, {
      id: newId(), queueId: row.queueId, ticketId: ticket.id, since: row.since, givenAt: at, ahead: row.ahead ?? 0,
      waitedSeconds: await workingSeconds(tx, workspaceId, queue, row.since, at), low: row.low, high: row.high, replyLow: row.replyLow, replyHigh: row.replyHigh,
    });
  }

  async function leave(tx: Tx, workspaceId: string, ticket: TicketState, at: Date): Promise<void> {
    await unseat(tx, ticket.id);
    await withdraw(tx, workspaceId, ticket.id, at);
  }

  async function put(tx: Tx, workspaceId: string, rules: Rules, ticket: TicketState, at: Date): Promise<void> {
    const { queue, until } = queueOf(rules.queues, ticket, at);
    if (Number.isFinite(until)) await saveRecheck(tx, workspaceId, ticket.id, new Date(until));
    if (!queue) return unseat(tx, ticket.id);
    await seat(tx, workspaceId, {
      ticketId: ticket.id, queueId: queue.id, number: ticket.number, channel: ticket.channel, language: ticket.language ?? '', waitingSince: ticket.waitingSince, at,
      queueHeadStartSeconds: queue.headStartSeconds, isLive: isLive(ticket.channel),
    });
  }

  /** As it is now. `changed`: what the change was, when it is known. */
  async function follow(tx: Tx, workspaceId: string, ticketId: string, at: Date, changed: Changed = ALL): Promise<void> {
    const rules = await context.rules(tx, workspaceId);
    if (rules.queues.length === 0) return;
    const ticket = await tickets.current(tx, ticketId);
    if (waitsForUs(ticket)) return put(tx, workspaceId, rules, ticket, at);
    await finished(tx, rules, ticket, changed, at);
    if (isDone(ticket) || ticket.assigneeId === null) return leave(tx, workspaceId, ticket, at);
    if (changed.assignee) await given(tx, workspaceId, rules, { ...ticket, assigneeId: ticket.assigneeId }, at);
  }

  /** Whoever has done something is idle from now on, and after live work has a moment to wrap it up. */
  async function finished(tx: Tx, { settings }: Rules, ticket: TicketState, changed: Changed, at: Date): Promise<void> {
    const personId = changed.from ?? (changed.status && isDone(ticket) ? ticket.assigneeId : null);
    if (personId === null) return;
    await updatePresence(tx, personId, { idle_since: at, ...(isLive(ticket.channel) && { wrap_up_until: new Date(at.getTime() + settings.wrapUpSeconds * 1000) }) });
  }

  /** Time alone may have put it into another queue. Whoever works on it at this moment has it locked: a little later. */
  async function followTime(tx: Tx, workspaceId: string, ticketId: string, now: Date): Promise<void> {
    if ((await tickets.lockFree(tx, [ticketId])).length > 0 && await takeRecheck(tx, ticketId, now)) await follow(tx, workspaceId, ticketId, now, NOTHING);
  }

  const whole: WithinHandler = (tx, { workspaceId, ticketId, at }) => (ticketId === null ? Promise.resolve() : follow(tx, workspaceId, ticketId, at));

  const onChange: WithinHandler = async (tx, { workspaceId, ticketId, data, at }) => {
    if (ticketId === null) return;
    if (data['customerId'] !== undefined) await forgetOwnAgents(tx, { ticketId });
    await follow(tx, workspaceId, ticketId, at, changeIn(data));
  };

  const onCustomer: WithinHandler = async (tx, { subjectId, data }) => {
    if (subjectId !== null && data['agentId'] !== undefined) await forgetOwnAgents(tx, { customerId: subjectId });
  };

  /** Whose own agent a ticket waits for may be another one now. */
  const onPeople: WithinHandler = async (tx, { data: { sourceId, targetId } }) => {
    for (const customerId of [sourceId, targetId]) if (typeof customerId === 'string') await forgetOwnAgents(tx, { customerId });
  };

  /** The first answer after a wait: what a promise of answers is made of. */
  const onEntry: WithinHandler = async (tx, { workspaceId, ticketId, actor, data, at }: LoggedEvent) => {
    if (ticketId === null || actor.kind !== 'person' || data['direction'] !== 'out' || data['type'] !== 'message') return;
    const wait = await unanswered(tx, ticketId);
    if (!wait) return;
    const rules = await context.rules(tx, workspaceId);
    if (rules.queues.length === 0) return;
    const queue = rules.queues.find(({ id }) => id === wait.queueId);
    await saveReplied(tx, wait.id, at, await workingSeconds(tx, workspaceId, queue, wait.since, at));
  };

  return {
    follow, followTime, workingSeconds,
    subscriptions: {
      'ticket.created': whole, 'ticket.changed': onChange, 'ticket.deleted': whole, 'ticket.restored': whole, 'ticket.merged': whole, 'ticket.unmerged': whole, 'customer.changed': onCustomer, 'customer.merged': onPeople, 'customer.unmerged': onPeople, 'entry.added': onEntry,
    } satisfies Record<string, WithinHandler>,
  };
}

type Changed = { readonly assignee: boolean; readonly status: boolean; readonly from: string | null };
const NOTHING: Changed = { assignee: false, status: false, from: null };
const ALL: Changed = { assignee: true, status: true, from: null };

function changeIn(data: { readonly [key: string]: Json }): Changed {
  const assignee = data['assigneeId'];
  const from = Array.isArray(assignee) && typeof assignee[0] === 'string' ? assignee[0] : null;
  return { assignee: assignee !== undefined, status: data['status'] !== undefined, from };
}
