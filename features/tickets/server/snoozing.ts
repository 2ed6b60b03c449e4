import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { EventActor } from '../../../platform/events/events.ts';
import { dueRows, type DueWork } from '../../../platform/jobs/due.ts';
import type { Automaton } from '../core/automatic.ts';
import { MOST_SNOOZE_DAYS, type SnoozeSet, type WokenBy } from '../core/snooze.ts';
import { snoozeTicket, type TicketState, wakeTicket } from '../core/ticket.ts';
import { byPerson, type Context } from './context.ts';
import { findTicket, lockTicket } from './store.ts';

const DAY_MS = 86_400_000;
type Sleeper = { readonly workspaceId: string; readonly id: string; readonly by: WokenBy };

/** Setting a ticket aside, and waking it: by hand, at its time, or when what it waits for is done. */
export function createSnoozing(context: Context) {
  const { work, emit, now } = context;

  async function target(tx: Tx, ticket: TicketState, id: string | undefined): Promise<TicketState | null> {
    if (id === undefined) return null;
    const other = id === ticket.id ? undefined : await findTicket(tx, id);
    if (!other || isOver(other)) throw new AppError('invalid', 'snooze.no_such_ticket', 'ticketId has to name another ticket that is not done yet.');
    return other;
  }

  /** On a ticket that the caller has locked, after the right was asked for. */
  const snoozeByPerson = (tx: Tx, actor: Actor, ticket: TicketState, given: SnoozeSet): Promise<TicketState> => setAside(tx, actor.workspaceId, ticket, given, { actor: byPerson(actor), by: actor.id });

  async function setAside(tx: Tx, workspaceId: string, ticket: TicketState, given: SnoozeSet, { actor, by }: { actor: EventActor; by: string | null }): Promise<TicketState> {
    const at = now();
    const until = untilOf(given, at);
    const other = await target(tx, ticket, given.ticketId);
    const saved = await context.record(tx, workspaceId, ticket, snoozeTicket(ticket, { until, ticketId: other?.id ?? null, by }, at), actor, at);
    await emit(tx, workspaceId, { type: 'ticket.snoozed', ticketId: ticket.id, actor, data: { until: until?.toISOString() ?? null, ticketId: other?.id ?? null, number: other?.number ?? null }, at });
    return saved;
  }

  async function wake(tx: Tx, workspaceId: string, ticket: TicketState, actor: EventActor, by: WokenBy | 'person'): Promise<TicketState> {
    if (ticket.snoozedAt === null) return ticket;
    const at = now();
    const saved = await context.record(tx, workspaceId, ticket, wakeTicket(ticket, at, by !== 'person'), actor, at);
    await emit(tx, workspaceId, { type: 'ticket.woken', ticketId: ticket.id, actor, data: { by }, at });
    return saved;
  }

  return {
    snoozeByPerson,

    /** For rooms above that act for the workspace. */
    snoozeBy: (tx: Tx, workspaceId: string, ticket: TicketState, until: Date | null, { id }: Automaton): Promise<TicketState> =>
      setAside(tx, workspaceId, ticket, until ? { until: until.toISOString() } : {}, { actor: { kind: 'system', id }, by: null }),
    wakeByPerson: (tx: Tx, actor: Actor, ticket: TicketState): Promise<TicketState> => wake(tx, actor.workspaceId, ticket, byPerson(actor), 'person'),

    snooze: (actor: Actor, id: string, given: SnoozeSet): Promise<void> =>
      work(actor, 'tickets.change', async (tx) => { await snoozeByPerson(tx, actor, await context.accessLive(tx, id), given); }),

    wakeUp: (actor: Actor, id: string): Promise<void> =>
      work(actor, 'tickets.change', async (tx) => { await wake(tx, actor.workspaceId, await context.accessLive(tx, id), byPerson(actor), 'person'); }),

    /** Wakes what is due, each once, whoever else looks. */
    snoozes: (log: Log): DueWork => dueRows<Sleeper>({
      name: 'snoozes', log, machineNow: context.machineNow, idOf: ({ id }) => id,
      find: async (at, limit) => (await sql<Sleeper>`
        (select workspace_id as "workspaceId", id, 'time' as by from tickets where snoozed_until <= ${at} order by snoozed_until, id limit ${limit})
        union all
        (select s.workspace_id, s.id, 'ticket' from tickets s join tickets o on o.workspace_id = s.workspace_id and o.id = s.wakes_on where s.wakes_on is not null and o.phase <> 'active' limit ${limit})
        limit ${limit}`.execute(context.db.owner)).rows,
      async handle({ workspaceId, id, by }, at) {
        await context.db.work(workspaceId, async (tx) => {
          const ticket = await lockTicket(tx, id);
          if (!ticket || !await isDue(tx, ticket, by, at)) return;
          await wake(tx, workspaceId, ticket, { kind: 'system', id: null }, by);
        });
      },
    }),
  };
}

function untilOf({ until: given }: SnoozeSet, at: Date): Date | null {
  const until = given === undefined ? null : new Date(given);
  if (until && until.getTime() > at.getTime() + MOST_SNOOZE_DAYS * DAY_MS) throw new AppError('invalid', 'snooze.too_far', `A ticket can be set aside for ${MOST_SNOOZE_DAYS} days.`);
  return until;
}

const isOver = ({ status, mergedInto, deletedAt }: TicketState): boolean => status === 'resolved' || status === 'closed' || mergedInto !== null || deletedAt !== null;

async function isDue(tx: Tx, ticket: TicketState, by: WokenBy, at: Date): Promise<boolean> {
  if (by === 'time') return ticket.snoozedUntil !== null && ticket.snoozedUntil <= at;
  const other = ticket.wakesOn === null ? undefined : await findTicket(tx, ticket.wakesOn);
  return other !== undefined && isOver(other);
}
