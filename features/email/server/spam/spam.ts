import type { Now } from '../../../../kernel/actor.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import type { Emit, LoggedEvent } from '../../../../platform/events/events.ts';
import type { Files } from '../../../../platform/files/files.ts';
import type { Parser } from '../../../../platform/mail/parser.ts';
import type { Log } from '../../../../platform/mail/sender.ts';
import type { Tickets } from '../../../tickets/server/tickets.ts';
import { createFilters } from './filters.ts';
import { createGate } from './gate.ts';
import { createJudging } from './judging.ts';
import { createLessons } from './lessons.ts';
import { createSpamSettings } from './settings.ts';

/**
 * What keeps unwanted mail from the desk: senders that are blocked, limits for each sender, rules, and a filter that learns
 * from what people decide. It only holds back; nothing is ever dropped.
 */
export function createSpam({ db, files, parser, tickets, emit, now, machineNow, log }: {
  db: Database; files: Pick<Files, 'read'>; parser: Pick<Parser, 'parse'>; tickets: Pick<Tickets, 'hasAnswered' | 'mailOf'>; emit: Emit; now: Now; machineNow: Now; log: Log;
}) {
  const filters = createFilters({ db });
  const lessons = createLessons({ db, files, parser, filters, now, machineNow, log });

  const decided = (kind: 'spam' | 'ham') => async (tx: Tx, { workspaceId, ticketId, actor, data }: LoggedEvent): Promise<void> => {
    // A rule is no judgement of a message: it would teach itself.
    if (data.spam === true && actor.kind === 'person' && ticketId !== null) await lessons.teach(tx, workspaceId, await tickets.mailOf(tx, ticketId), kind);
  };

  return {
    ...createSpamSettings({ db, emit, filters, now }),
    /** Asked before a message is taken apart. */
    gate: createGate({ db, filters, now, machineNow }),
    /** Asked before a message opens a ticket. */
    judge: createJudging({ filters, tickets, machineNow }),
    /** What people decide about held messages, in the transaction of the decision; null takes it back. */
    teach: lessons.teach,
    lessons,

    /** What was changed in any process. */
    heard(events: readonly Pick<LoggedEvent, 'type' | 'workspaceId'>[]): void {
      for (const { type, workspaceId } of events) if (type.startsWith('sender.') || type.startsWith('spam_filter.')) filters.forget(workspaceId);
    },

    /** For rooms below, at once and in their transaction. */
    subscriptions: {
      'ticket.deleted': decided('spam'),
      'ticket.restored': decided('ham'),
      'entry.added': async (tx: Tx, { workspaceId, ticketId, actor, data }: LoggedEvent): Promise<void> => {
        if (data.type !== 'message' || data.direction !== 'out' || data.channel !== 'email' || actor.kind !== 'person' || ticketId === null) return;
        await lessons.answered(tx, workspaceId, await tickets.mailOf(tx, ticketId));
      },
    },
  };
}
