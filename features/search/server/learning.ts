import type { Database, Tx } from '../../../platform/db/db.ts';
import type { FollowedEvent, Follower } from '../../../platform/events/followers.ts';
import type { Vocabulary } from '../../../platform/search/vocabulary.ts';
import type { Asides } from '../../asides/server/asides.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';

type Written = Pick<FollowedEvent, 'type' | 'ticketId' | 'subjectId'>;

/** Said beside a ticket, to a third party and by it. */
const BESIDE: readonly string[] = ['aside.written', 'aside.answered'];

/** Learns the words of what is written, after it was: a mistyped one is mended by them. What came together costs one transaction. */
export function createLearning({ db, vocabulary, tickets, asides, customers }: {
  db: Database; vocabulary: Vocabulary; tickets: Pick<Tickets, 'find' | 'wordsOf'>; asides: Pick<Asides, 'wordsOf'>; customers: Pick<Customers, 'names'>;
}): Follower {
  async function textsOf(tx: Tx, { type, ticketId, subjectId }: Written): Promise<string[]> {
    if (ticketId === null || subjectId === null) return [];
    if (BESIDE.includes(type)) return (await tickets.find(tx, ticketId))?.deletedAt === null ? asides.wordsOf(tx, subjectId) : [];
    const [ticket, said] = await Promise.all([tickets.find(tx, ticketId), tickets.wordsOf(tx, subjectId)]);
    if (!ticket || ticket.deletedAt) return [];
    return said === null ? [] : [ticket.subject, said, ...(await customers.names(tx, [ticket.customerId])).values()];
  }

  const learn = (workspaceId: string, events: readonly Written[]): Promise<void> => db.work(workspaceId, async (tx) => {
    const texts = (await Promise.all(events.map((event) => textsOf(tx, event)))).flat();
    if (texts.length > 0) await vocabulary.keep(tx, workspaceId, texts);
  }, { repeats: true });

  return {
    name: 'search words',
    types: ['entry.added', ...BESIDE],
    handle: (event) => learn(event.workspaceId, [event]),
    async together(events) {
      for (const [workspaceId, own] of Map.groupBy(events, (event) => event.workspaceId)) await learn(workspaceId, own);
    },
  };
}
