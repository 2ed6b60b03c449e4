import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { inOrder } from '../../customers/core/flags.ts';
import type { TicketView } from '../../tickets/core/contract.ts';
import type { TicketRoutingView, WaitingView } from '../core/contract.ts';
import type { Agent, Waiting } from '../core/needs.ts';
import { readReasons, type Reason } from '../core/reasons.ts';
import { whyWaiting } from '../core/waiting.ts';
import type { createAgents } from './agents.ts';
import type { Context } from './context.ts';
import type { createGiving } from './giving.ts';
import { openOfferOf } from './offer-store.ts';
import type { Rules } from './queue-store.ts';
import type { createQueues } from './queues.ts';
import { logOf } from './store.ts';
import { aheadOf, seatOf, waitingPage, type QueueRow } from './waiting-store.ts';

const HISTORY = 50;
const MOST_PLACE = 999;

type State = {
  readonly seen: Seen; readonly row: QueueRow | undefined;
  /** Its place, while it has one. */
  readonly seat: QueueRow | null;
  readonly offer: Awaited<ReturnType<typeof openOfferOf>>; readonly history: Awaited<ReturnType<typeof logOf>>;
  /** Null when it does not wait, or is being offered. */
  readonly ahead: number | null;
};
type Seen = { readonly rules: Rules; readonly agents: readonly Agent[]; readonly now: Date };

/** "Why did this come to me" and "why is this waiting". */
export function createExplaining(context: Context, { present }: Pick<ReturnType<typeof createAgents>, 'present'>, { waitingOf }: Pick<ReturnType<typeof createGiving>, 'waitingOf'>, { required }: Pick<ReturnType<typeof createQueues>, 'required'>) {
  const { tickets, now } = context;

  async function look(tx: Tx, workspaceId: string): Promise<Seen> {
    const rules = await context.rules(tx, workspaceId);
    return { rules, agents: await present(tx, rules.settings, now()), now: now() };
  }

  function reasonsOf(waiting: Waiting, row: Pick<QueueRow, 'state' | 'personId'>, ahead: number, { rules, agents, now: at }: Seen): Reason[] {
    if (row.state === 'offered' && row.personId !== null) return [{ code: 'asked', values: { person: row.personId } }];
    const queue = rules.queues.find(({ id }) => id === waiting.queueId);
    return queue ? whyWaiting(waiting, { queue, agents, languages: rules.languages, ahead }, at.getTime()) : [];
  }

  /** Why it is with whom it is: what routing wrote when it gave it, else who assigned it. */
  async function whyGiven(tx: Tx, ticketId: string, personId: string, row: QueueRow | undefined, history: Awaited<ReturnType<typeof logOf>>): Promise<Reason[]> {
    const line = history.find((one) => one.personId === personId && row?.personId === personId && one.at.getTime() === row.givenAt?.getTime());
    if (line) return readReasons(line.why);
    const by = await tickets.assignedBy(tx, ticketId);
    if (by?.kind === 'person' && by.id !== null) return [{ code: 'by_hand', values: { person: by.id } }];
    return by?.kind === 'system' ? [{ code: 'by_rule', values: {} }] : [];
  }

  /** What is known of a ticket that somebody looks at. */
  async function stateOf(tx: Tx, workspaceId: string, ticket: TicketView): Promise<State> {
    const seen = await look(tx, workspaceId);
    const [row, offer, history] = [await seatOf(tx, ticket.id), await openOfferOf(tx, ticket.id), await logOf(tx, ticket.id, HISTORY)];
    const seat = row !== undefined && row.state !== 'given' && ticket.assignee === null ? row : null;
    const ahead = seat?.state === 'waiting' ? await aheadOf(tx, seat.queueId, seat) : null;
    return { seen, row, seat, offer, history, ahead };
  }

  async function whyNow(tx: Tx, ticket: TicketView, { seen, row, seat, history, ahead }: State): Promise<Reason[]> {
    if (ticket.assignee) return whyGiven(tx, ticket.id, ticket.assignee.id, row, history);
    const [waiting] = seat ? await waitingOf(tx, seen.rules, [seat], seen.now) : [];
    if (waiting && seat) return reasonsOf(waiting, seat, ahead ?? 0, seen);
    return [{ code: ticket.status === 'new' || ticket.status === 'open' ? 'no_queue' : 'not_waiting', values: {} }];
  }

  return {
    ticketRouting: async (actor: Actor, ticketId: string): Promise<TicketRoutingView> => {
      const ticket = await tickets.get(actor, ticketId);
      return context.work(actor, 'routing.read', async (tx) => {
        const state = await stateOf(tx, actor.workspaceId, ticket);
        const { row, offer, history, ahead } = state;
        const [why = [], ...past] = await context.explain(tx, actor, [await whyNow(tx, ticket, state), ...history.map((line) => readReasons(line.why))]);
        const names = await context.people.peopleByIds(tx, [...history.flatMap(({ personId }) => personId ?? []), ...(offer ? [offer.personId] : [])]);
        const named = (id: string | null) => (id === null ? null : { id, name: names.get(id)?.name ?? '' });
        const queue = state.seen.rules.queues.find(({ id }) => id === row?.queueId);
        return {
          state: wordFor(ticket, state), queue: queue ? { id: queue.id, name: queue.name } : null, since: row?.since.toISOString() ?? null,
          headStartSeconds: row ? headStart(row) : 0, place: ahead !== null && ahead < MOST_PLACE ? ahead + 1 : null,
          offer: offer ? { person: named(offer.personId)!, expiresAt: offer.expiresAt.toISOString() } : null, why,
          history: history.map((line, i) => ({
            at: line.at.toISOString(), person: named(line.personId), queue: line.queueId === null ? null : { id: line.queueId, name: line.queueName ?? '' }, late: line.late, why: past[i] ?? [],
          })),
        };
      });
    },

    /** Who waits, in turn. */
    waitingTickets: (actor: Actor, queueId: string, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<WaitingView>> =>
      context.work(actor, 'routing.read', async (tx) => {
        await required(tx, queueId);
        const seen = await look(tx, actor.workspaceId);
        const rows = await waitingPage(tx, queueId, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'time', 'number']));
        const page = pageOfRows(rows, limit, (row) => [row.rankAt.toISOString(), row.since.toISOString(), row.number], (row) => row);
        const [first] = page.items;
        const before = first ? await aheadOf(tx, queueId, first) : 0;
        const waiting = await waitingOf(tx, seen.rules, page.items, seen.now);
        const why = await context.explain(tx, actor, page.items.map((row, i) => reasonsOf(waiting[i]!, row, before + page.items.slice(0, i).filter(({ state }) => state === 'waiting').length, seen)));
        return {
          items: page.items.map((row, i) => ({
            ticket: { id: row.ticketId, number: row.number, subject: row.subject, priority: row.priority, channel: row.channel, language: row.language === '' ? null : row.language as WaitingView['ticket']['language'], flags: inOrder(row.flags ?? []) },
            since: row.since.toISOString(), headStartSeconds: headStart(row),
            offeredTo: row.state === 'offered' && row.personId !== null ? { id: row.personId, name: row.offeredName ?? '' } : null, why: why[i] ?? [],
          })),
          nextCursor: page.nextCursor,
        };
      }),
  };
}

const headStart = ({ since, rankAt }: Pick<QueueRow, 'since' | 'rankAt'>): number => Math.round((since.getTime() - rankAt.getTime()) / 1000);

function wordFor(ticket: TicketView, { seat, offer }: State): TicketRoutingView['state'] {
  if (ticket.assignee) return 'given';
  return seat === null ? 'none' : offer ? 'offered' : 'waiting';
}
