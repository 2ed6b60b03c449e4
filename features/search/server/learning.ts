import type { Database } from '../../../platform/db/db.ts';
import type { Follower } from '../../../platform/events/followers.ts';
import type { Vocabulary } from '../../../platform/search/vocabulary.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';

/** Learns the words of what is written, after it was: a mistyped one is mended by them. */
export const createLearning = ({ db, vocabulary, tickets, customers }: {
  db: Database; vocabulary: Vocabulary; tickets: Pick<Tickets, 'find' | 'wordsOf'>; customers: Pick<Customers, 'names'>;
}): Follower => ({
  name: 'search words',
  types: ['entry.added'],
  handle: ({ workspaceId, ticketId, subjectId }) => db.work(workspaceId, async (tx) => {
    const ticket = ticketId === null ? null : await tickets.find(tx, ticketId);
    if (!ticket || ticket.deletedAt || subjectId === null) return;
    const said = await tickets.wordsOf(tx, subjectId);
    if (said === null) return;
    await vocabulary.keep(tx, workspaceId, [ticket.subject, said, ...(await customers.names(tx, [ticket.customerId])).values()]);
  }),
});
