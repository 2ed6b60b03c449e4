import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit, EventActor } from '../../../platform/events/events.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Email } from '../../email/server/email.ts';
import { can, demand, type Permission } from '../../people/core/permissions.ts';
import { stateOf } from '../../people/core/person.ts';
import type { People } from '../../people/server/people.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { demandAhead, dueOf, soonAtOf, type Commitment } from '../core/commitment.ts';
import type { CommitmentView, LocalDue } from '../core/contract.ts';
import { shown } from './list-store.ts';
import { present } from './present.ts';
import { findCommitment, lockCommitment, nextDues } from './store.ts';

export type CommitmentsDeps = {
  readonly db: Database; readonly now: Now; readonly machineNow: Now; readonly emit: Emit; readonly log: Log;
  readonly tickets: Pick<Tickets, 'hold' | 'holdsEntry' | 'find' | 'setDues' | 'lockFree' | 'onRedacted'>; readonly calendars: Pick<Calendars, 'timeFor'>;
  readonly people: Pick<People, 'peopleByIds' | 'whoLeads'>; readonly customers: Pick<Customers, 'known' | 'carries'>; readonly workspaces: Pick<Workspaces, 'get'>;
  readonly email: { readonly automatic: Pick<Email['automatic'], 'allowed' | 'send'> };
};

export type Word = 'made' | 'changed' | 'handed_over' | 'due_soon' | 'broken' | 'kept' | 'renegotiated' | 'withdrawn' | 'untold';
export type When = { readonly dueAt?: string | undefined; readonly due?: LocalDue | undefined };
export type Context = ReturnType<typeof createContext>;

export const byPerson = (actor: Actor): EventActor => ({ kind: 'person', id: actor.id });
export const THE_DESK: EventActor = { kind: 'system', id: null };
const absent = () => new AppError('not_found', 'commitment.not_found', 'There is no such promise.');

/** What every verb of the room stands on: the guard, the locks, the moment that was named, the announcement. */
export function createContext(deps: CommitmentsDeps) {
  /** The hours that hold for its ticket. */
  const timeOf = async (tx: Tx, workspaceId: string, ticketId: string): Promise<WorkingTime> =>
    deps.calendars.timeFor(tx, workspaceId, null, await deps.tickets.find(tx, ticketId) ?? undefined);

  /** The list of tickets hears what is due next. */
  const settle = async (tx: Tx, workspaceId: string, ...ticketIds: readonly string[]): Promise<void> =>
    deps.tickets.setDues(tx, 'commitments', await nextDues(tx, workspaceId, ticketIds));

  return {
    ...deps, timeOf, settle,

    work<T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> {
      demand(actor, permission);
      // Whoever changes a promise is answered with it.
      demand(actor, 'tickets.read');
      return deps.db.work(actor.workspaceId, act);
    },

    async find(tx: Tx, workspaceId: string, id: string): Promise<Commitment> {
      const commitment = await findCommitment(tx, workspaceId, id);
      if (!commitment) throw absent();
      return commitment;
    },

    /** Its ticket first, then itself: the order in which everybody locks. */
    async lock(tx: Tx, workspaceId: string, id: string): Promise<Commitment> {
      const seen = await findCommitment(tx, workspaceId, id);
      if (!seen) throw absent();
      await deps.tickets.hold(tx, seen.ticketId);
      return (await lockCommitment(tx, workspaceId, id))!;
    },

    async view(tx: Tx, workspaceId: string, id: string): Promise<CommitmentView> {
      const [found] = await shown(tx, workspaceId, [id]);
      if (!found) throw absent();
      return present(found);
    },

    /** The moment that was named, when it begins to be soon, and whether only a day was named. */
    async moments(tx: Tx, workspaceId: string, { dueAt, due }: When, { ticketId, at }: { ticketId: string; at: Date }): Promise<Pick<Commitment, 'dueAt' | 'soonAt' | 'wholeDay'>> {
      const time = await timeOf(tx, workspaceId, ticketId);
      const zone = due?.timeZone ?? (await deps.workspaces.get(workspaceId)).timeZone;
      const moment = due ? dueOf(due, zone, time) : new Date(dueAt ?? Number.NaN);
      demandAhead(moment, at);
      return { dueAt: moment, soonAt: soonAtOf(at, moment, time), wholeDay: due !== undefined && due.time === undefined };
    },

    async demandOwner(tx: Tx, id: string): Promise<void> {
      const person = (await deps.people.peopleByIds(tx, [id])).get(id);
      if (!person || stateOf(person) !== 'active' || !can({ role: person.role, scopes: null }, 'tickets.change')) {
        throw new AppError('invalid', 'commitment.no_such_owner', 'A promise is kept by somebody who works here and answers customers; name another person.');
      }
    },

    /** Tells what happened. */
    async announce(tx: Tx, workspaceId: string, word: Word, commitment: Commitment, { actor, at, more = {} }: { actor: EventActor; at: Date; more?: { readonly [key: string]: Json } }): Promise<void> {
      const { ticketId, id, ownerId, teamId, kind, what, dueAt, wholeDay } = commitment;
      await settle(tx, workspaceId, ticketId);
      await deps.emit(tx, workspaceId, {
        type: `commitment.${word}`, ticketId, subjectId: id, actor, at, data: { ownerId, teamId, kind, what, dueAt: dueAt.toISOString(), wholeDay, ...more },
      });
    },

    newId,
  };
}
