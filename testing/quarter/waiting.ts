import type { TicketState } from '../../features/tickets/core/ticket.ts';

/** Somebody has to go on with it, and nobody does. */
export const waits = ({ assigneeId, status, mergedInto, deletedAt }: TicketState): boolean =>
  assigneeId === null && (status === 'new' || status === 'open') && mergedInto === null && deletedAt === null;
