import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { demand } from '../../people/core/permissions.ts';
import type { Routing } from '../../routing/server/routing.ts';
import { isNews, linesOf, type Line, type MeanwhileTicket } from '../core/meanwhile.ts';
import { movedPage, namingEvents, pastEvents, whoIs, type MovedTicket } from './meanwhile-store.ts';

/** Of one ticket; the rest stands in its timeline. */
const MOST_LINES = 6;

/** What happened on somebody's tickets while they were away: read from the event log when they are back. */
export function createMeanwhile({ db, routing, now }: { db: Database; routing: Pick<Routing, 'requirePast'>; now: Now }) {
  async function told(tx: Tx, workspaceId: string, personId: string, moved: readonly MovedTicket[], span: { from: Date; until: Date }): Promise<MeanwhileTicket[]> {
    const ids = moved.map(({ id }) => id);
    const events = Map.groupBy(await pastEvents(tx, workspaceId, ids, span), ({ ticketId }) => ticketId);
    const reader = { id: personId, namedIn: await namingEvents(tx, workspaceId, personId, ids, span) };
    const lines = new Map(ids.map((id) => [id, linesOf(events.get(id) ?? [], reader)]));
    const names = await whoIs(tx, workspaceId, [...lines.values()].flat().flatMap(({ byId, toId }) => [byId, toId]).filter((id) => id !== null));
    // What was taken back again, or names nobody, leaves no line.
    return moved.filter(({ id }) => lines.get(id)!.some(isNews)).map((ticket) => present(ticket, lines.get(ticket.id)!, names));
  }

  return {
    meanwhile(actor: Actor, absenceId: string, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<MeanwhileTicket>> {
      demand(actor, 'tickets.read');
      demand(actor, 'routing.work');
      return db.work(actor.workspaceId, async (tx) => {
        const { from, backAt } = await routing.requirePast(tx, actor.id, absenceId);
        const span = { absenceId, personId: actor.id, from, until: backAt };
        const after = cursor === undefined ? null : decodeCursor(cursor, ['number', 'number', 'id']);
        const rows = await movedPage(tx, actor.workspaceId, span, { now: now(), limit: limit + 1, after });
        const page = pageOfRows(rows, limit, ({ rank, place, id }) => [rank, place, id], (row) => row);
        return { items: await told(tx, actor.workspaceId, actor.id, page.items, span), nextCursor: page.nextCursor };
      });
    },
  };
}

function present({ id, number, subject, status, customerId, customerName, assigneeId, assigneeName, waitingSince, dueAt }: MovedTicket, lines: readonly Line[], names: ReadonlyMap<string, string>): MeanwhileTicket {
  const nameOf = (one: string | null): string | null => (one === null ? null : names.get(one) ?? null);
  return {
    ticket: {
      id, number, subject, status, customer: { id: customerId, name: customerName }, assignee: assigneeId === null ? null : { id: assigneeId, name: assigneeName ?? '' },
      waitingSince: waitingSince?.toISOString() ?? null, dueAt: dueAt?.toISOString() ?? null,
    },
    happenings: lines.slice(0, MOST_LINES).map(({ kind, byId, toId, number: other, text, count, at }) => ({ kind, by: nameOf(byId), to: nameOf(toId), number: other, text, count, at: at.toISOString() })),
    more: Math.max(0, lines.length - MOST_LINES),
  };
}
