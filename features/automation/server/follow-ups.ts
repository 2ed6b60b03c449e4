import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { dueRows } from '../../../platform/jobs/due.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { LATE_MS } from '../core/causes.ts';
import { claimFollowUp, dueFollowUps } from './runs-store.ts';
import { findRule } from './store.ts';
import type { Wording } from './wording.ts';

/** Brings tickets back when a rule said so: opened again, with a note, and the assignee is told. */
export function createFollowUps({ db, now, machineNow, emit, tickets, wording, log }: {
  db: Database; now: Now; machineNow: Now; emit: Emit; tickets: Pick<Tickets, 'lockLive' | 'noteBy' | 'changeBy'>; wording: Wording; log: Log;
}) {
  return dueRows({
    name: 'automation.follow_ups', machineNow, log,
    find: (at, limit) => dueFollowUps(db.owner, at, limit),
    idOf: ({ id }) => id,
    handle: ({ workspaceId, id, ticketId }, at) => db.work(workspaceId, async (tx) => {
      const ticket = await tickets.lockLive(tx, ticketId);
      const due = await claimFollowUp(tx, id, at);
      if (!due || !ticket) return;
      const rule = await findRule(tx, due.ruleId);
      const by = { id: due.ruleId, name: rule?.definition.name ?? '' };
      await tickets.noteBy(tx, workspaceId, ticket, { text: await wording.note(tx, workspaceId, due.text, ticket, rule?.definition.calendarId ?? null) }, by);
      if (ticket.status !== 'closed') await tickets.changeBy(tx, workspaceId, ticket, { status: 'open' }, by);
      await emit(tx, workspaceId, {
        type: 'automation.follow_up_due', ticketId, subjectId: due.ruleId, actor: { kind: 'system', id: due.ruleId }, at: now(),
        data: {
          ruleId: due.ruleId, name: by.name, personIds: ticket.assigneeId === null ? [] : [ticket.assigneeId], dueAt: due.dueAt.toISOString(),
          late: at.getTime() - due.dueAt.getTime() > LATE_MS,
        },
      });
    }),
  });
}
