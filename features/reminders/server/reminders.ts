import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { changeAnswers } from '../../../platform/http/idempotency.ts';
import { dueRows } from '../../../platform/jobs/due.ts';
import { can, demand } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import { followMerges } from '../../tickets/core/merging.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { MOST_DAYS, MOST_OF_PERSON, MOST_OF_TICKET, type ReminderCreate, type ReminderView } from '../core/contract.ts';
import { countOpen, dueReminders, insertReminder, lockReminder, markDone, markTold, moveAlong, moveBack, shownReminders, strikeWords, type DueReminder, type ShownReminder, type StoredReminder } from './store.ts';

export type Reminders = ReturnType<typeof createReminders>;
type Paging = { limit: number; cursor?: string | undefined };
const [DAY_MS, MOST_COUNTED] = [86_400_000, 99];
const notFound = () => new AppError('not_found', 'reminder.not_found', 'There is no such reminder.');

/** The front door of the room: who wants to be told of a ticket when. */
export function createReminders({ db, now, machineNow, emit, log, people, tickets }: {
  db: Database; now: Now; machineNow: Now; emit: Emit; log: Log; people: Pick<People, 'requireActive'>; tickets: Pick<Tickets, 'hold' | 'find' | 'onRedacted'>;
}) {
  tickets.onRedacted(async (tx, _workspaceId, { ticketIds, strike }) => changeAnswers(tx, await strikeWords(tx, ticketIds, strike.text), strike.text));

  const read = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => { demand(actor, 'tickets.read'); return db.work(actor.workspaceId, act); };
  const write = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => { demand(actor, 'tickets.note'); demand(actor, 'tickets.read'); return db.work(actor.workspaceId, act); };

  const mayDrop = (actor: Actor, { personId, madeBy }: Pick<StoredReminder, 'personId' | 'madeBy'>): boolean => actor.id === personId || actor.id === madeBy || can(actor, 'reminders.share');
  const present = (actor: Actor) => (row: ShownReminder): ReminderView => ({
    id: row.id, ticket: { id: row.ticketId, number: row.number, subject: row.subject }, person: { id: row.personId, name: row.personName }, madeBy: { id: row.madeBy, name: row.madeByName }, note: row.note,
    dueAt: row.dueAt.toISOString(), isDue: row.dueAt <= now(), mayDrop: mayDrop(actor, row),
  });
  const pageOf = (actor: Actor, rows: ShownReminder[], limit: number): Page<ReminderView> => pageOfRows(rows, limit, (row) => [row.dueAt.toISOString(), row.id], present(actor));
  const after = (cursor: string | undefined) => (cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']));
  const tell = (tx: Tx, workspaceId: string, what: 'made' | 'done' | 'due', { id, ticketId, personId }: StoredReminder, by: string | null) =>
    emit(tx, workspaceId, { type: `reminder.${what}`, ticketId, subjectId: id, actor: by === null ? { kind: 'system', id: null } : { kind: 'person', id: by }, data: { personId }, at: now() });

  return {
    ofTicket: (actor: Actor, ticketId: string, { limit, cursor }: Paging): Promise<Page<ReminderView>> =>
      read(actor, async (tx) => {
        if (!await tickets.find(tx, ticketId)) throw new AppError('not_found', 'ticket.not_found', 'There is no such ticket.');
        return pageOf(actor, await shownReminders(tx, { ticketId }, limit + 1, after(cursor)), limit);
      }),

    list: (actor: Actor, { due, limit, cursor }: Paging & { due: boolean }): Promise<Page<ReminderView>> =>
      read(actor, async (tx) => pageOf(actor, await shownReminders(tx, { personId: actor.id, dueBy: due ? now() : null }, limit + 1, after(cursor)), limit)),

    count: (actor: Actor): Promise<{ due: number }> => read(actor, async (tx) => ({ due: await countOpen(tx, { personId: actor.id, dueBy: now() }, MOST_COUNTED) })),

    make: (actor: Actor, ticketId: string, { dueAt: given, personId = actor.id, note }: ReminderCreate): Promise<ReminderView> =>
      write(actor, async (tx) => {
        await tickets.hold(tx, ticketId);
        const [at, dueAt] = [now(), new Date(given)];
        if (dueAt <= at) throw new AppError('invalid', 'reminder.past', 'That moment has passed; choose a later one.');
        if (dueAt.getTime() > at.getTime() + MOST_DAYS * DAY_MS) throw new AppError('invalid', 'reminder.too_far', `A reminder lies ${MOST_DAYS} days ahead at most.`);
        await people.requireActive(tx, personId);
        if (await countOpen(tx, { ticketId }, MOST_OF_TICKET) >= MOST_OF_TICKET) throw new AppError('conflict', 'reminder.too_many', `A ticket has ${MOST_OF_TICKET} reminders at most; cross one off first.`);
        if (await countOpen(tx, { personId, dueBy: null }, MOST_OF_PERSON) >= MOST_OF_PERSON) throw new AppError('conflict', 'reminder.overwhelmed', `One person has ${MOST_OF_PERSON} reminders at most.`);
        const reminder: StoredReminder = { id: newId(), ticketId, personId, madeBy: actor.id, note, dueAt, toldAt: null, doneAt: null };
        await insertReminder(tx, actor.workspaceId, reminder, at);
        await tell(tx, actor.workspaceId, 'made', reminder, actor.id);
        return present(actor)((await shownReminders(tx, { id: reminder.id }, 1, null))[0]!);
      }),

    /** Crosses it off. Twice is once. */
    drop: (actor: Actor, id: string): Promise<void> =>
      write(actor, async (tx) => {
        const reminder = await lockReminder(tx, id);
        if (!reminder || !await tickets.find(tx, reminder.ticketId)) throw notFound();
        if (!mayDrop(actor, reminder)) throw new AppError('forbidden', 'reminder.not_yours', 'It is for whom it is for, who made it, or a lead to cross it off.');
        if (reminder.doneAt !== null) return;
        await markDone(tx, id, now());
        await tell(tx, actor.workspaceId, 'done', reminder, actor.id);
      }),

    due: dueRows<DueReminder>({
      name: 'reminders', log, machineNow, idOf: ({ id }) => id, find: (at, limit) => dueReminders(db.owner, at, limit),
      async handle({ workspaceId, id }, at) {
        await db.work(workspaceId, async (tx) => {
          const reminder = await lockReminder(tx, id);
          // Another process told it, or it was crossed off a moment ago.
          if (!reminder || reminder.toldAt !== null || reminder.doneAt !== null) return;
          await markTold(tx, id, at);
          await tell(tx, workspaceId, 'due', reminder, null);
        });
      },
    }),

    subscriptions: followMerges<Tx>({ along: moveAlong, back: moveBack }),
  };
}
