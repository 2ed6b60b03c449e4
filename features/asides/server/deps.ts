import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Search } from '../../../platform/search/search.ts';
import type { People } from '../../people/server/people.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';

export type AsidesDeps = {
  db: Database; now: Now; machineNow: Now; emit: Emit; search: Pick<Search, 'index' | 'move' | 'hide' | 'remove'>; log: Log; people: Pick<People, 'peopleByIds'>; outbox: Pick<Outbox, 'deliveries' | 'withdraw'>;
  tickets: Pick<Tickets, 'hold' | 'find' | 'get' | 'takesPart' | 'recipients' | 'isGated' | 'changeByPerson' | 'changeBy' | 'lockLive' | 'keptFiles' | 'fileNames' | 'keepCopies' | 'keepReceived' | 'onRedacted' | 'alsoFinds'>;
  /** Whether mail to an address would come back to us; it belongs to the room that keeps mailboxes. */
  isOurs: (tx: Tx, workspaceId: string, address: string) => Promise<boolean>;
};
