import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database } from '../../../platform/db/db.ts';
import type { Emit, EventActor } from '../../../platform/events/events.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import type { Chat } from '../../chat/server/chat.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Email } from '../../email/server/email.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';

export type StatusDeps = {
  readonly db: Database;
  /** Business time. */
  readonly now: Now;
  readonly machineNow: Now;
  readonly emit: Emit; readonly outbox: Pick<Outbox, 'queue'>; readonly workspaces: Pick<Workspaces, 'get' | 'publicUrlOf'>;
  readonly tickets: Pick<Tickets, 'find' | 'lockLive' | 'matching' | 'messageBy'>; readonly customers: Pick<Customers, 'known'>; readonly calendars: Pick<Calendars, 'timeFor'>; readonly email: Pick<Email, 'automatic' | 'suppressions' | 'writesFrom' | 'isOurs' | 'unsubscribing'>;
  readonly chat: Pick<Chat, 'chatOn'>;
  /** For counters. */
  readonly key: Buffer;
  readonly log: Log;
};

export const byPerson = (actor: Actor): EventActor => ({ kind: 'person', id: actor.id });
export const LIST = 'status';
