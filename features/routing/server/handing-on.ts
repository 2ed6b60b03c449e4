import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { demand } from '../../people/core/permissions.ts';
import type { Handover, Handed } from '../core/handover.ts';
import type { Context } from './context.ts';

/** The end of a shift: what somebody has goes to others, with a word for each. */
export function createHandingOn(context: Context) {
  const { tickets } = context;
  return {
    /** All of it or nothing. */
    handOn(actor: Actor, { items }: Handover): Promise<Handed> {
      demand(actor, 'tickets.note');
      return context.work(actor, 'tickets.change', async (tx) => {
        // Locks go in one order, whoever hands on at the same moment.
        for (const { ticketId, to, note } of items.toSorted((a, b) => a.ticketId.localeCompare(b.ticketId))) {
          const ticket = await tickets.hold(tx, ticketId);
          if (ticket.assigneeId !== actor.id) throw new AppError('conflict', 'handover.not_yours', 'One of these tickets is not yours any more; look at the list again.', { ticketId });
          if (note !== '') await tickets.noteByPerson(tx, actor, ticket, { text: note, attachmentIds: [] });
          const target = 'personId' in to ? { assigneeId: to.personId } : 'teamId' in to ? { assigneeId: null, teamId: to.teamId } : { assigneeId: null };
          await tickets.changeByPerson(tx, actor, ticket, target);
        }
        return { count: items.length };
      });
    },
  };
}
