import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Emit, LoggedEvent, WithinHandler } from '../../../platform/events/events.ts';
import type { DueWork } from '../../../platform/jobs/due.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import type { Email } from '../../email/server/email.ts';
import type { People } from '../../people/server/people.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { HEARD } from '../core/facts.ts';
import { createAgreeing } from './agreeing.ts';
import { createActing } from './acting.ts';
import { createAnnouncing } from './announcing.ts';
import { createKeeping } from './keeping.ts';
import type { Rule } from '../core/policy.ts';
import { lastMonth } from './results-store.ts';
import { createPolicies } from './policies.ts';
import { createReporting } from './reporting.ts';
import { createRuleBook } from './rules.ts';
import { createShowing } from './showing.ts';
import { createSweeping } from './sweeping.ts';
import type { Waiting } from './telling.ts';

export type Sla = ReturnType<typeof createSla>;

type Deps = {
  db: Database; now: Now; machineNow: Now; emit: Emit; log: Log; calendars: Calendars; workspaces: Workspaces; people: People; tickets: Tickets; email: Email; waiting: Waiting;
};

/**
 * The front door of the sla room: what is promised, and whether it is kept. Tells `sla.warned`, `sla.breached`, `sla.escalated`, `sla.deadline_agreed`,
 * `sla.flagged`, `sla.flag_settled` and `sla_policy.*`; hears what happens to tickets and calendars, in the same transaction.
 */
export function createSla({ db, now, machineNow, emit, log, calendars, workspaces, people, tickets, email, waiting }: Deps) {
  const ruleBook = createRuleBook({ now, calendars });
  const keeping = createKeeping({ now, emit, tickets, ruleBook });
  const acting = createActing({ now, emit, tickets, email, people, workspaces, waiting });
  const showing = createShowing({ db, now, emit, calendars, people, workspaces, tickets, keeping, ruleBook });
  const works: readonly DueWork[] = [
    createAnnouncing({ db, emit, tickets, keeping, ruleBook, acting, machineNow, log }),
    createSweeping({ db, now, machineNow, tickets, keeping, ruleBook, log }),
  ];

  const calendarsChanged = async (tx: Tx, { workspaceId }: LoggedEvent): Promise<void> => {
    await ruleBook.of(tx, workspaceId);
    await ruleBook.raise(tx, workspaceId);
  };
  const subscriptions: Record<string, WithinHandler> = {
    ...Object.fromEntries(HEARD.map((type) => [type, keeping.hear])),
    'calendar.created': calendarsChanged, 'calendar.changed': calendarsChanged, 'calendar.removed': calendarsChanged, 'calendar.places_changed': calendarsChanged,
  };

  return {
    policies: createPolicies({ db, now, emit, calendars, people, tickets, ruleBook }),
    ...createReporting({ db, now, workspaces }),
    ...showing,
    ...createAgreeing({ db, now, emit, tickets, keeping, ruleBook, clocks: showing.clocks }),
    /** For public pages, in their unit of work: what is promised now, with neither names nor conditions. */
    promised: async (tx: Tx, workspaceId: string): Promise<Pick<Rule, 'id' | 'calendarId' | 'targets'>[]> =>
      (await ruleBook.of(tx, workspaceId)).list.map(({ id, calendarId, targets }) => ({ id, calendarId, targets })),
    /** The same, for what came of it: by policy and metric, in the month before this one at that place. */
    lastMonth: (tx: Tx, timeZone: string) => lastMonth(tx, now(), timeZone),
    /** For the room of tickets, in its unit of work. */
    isPolicy: async (tx: Tx, id: string): Promise<boolean> => await tx.selectFrom('sla_policies').select('id').where('id', '=', id).executeTakeFirst() !== undefined,
    /** What business time makes due: the announcements first, then what follows a changed promise. */
    works,
    subscriptions,
    /** What other processes have changed. */
    heard(events: readonly Pick<LoggedEvent, 'type' | 'workspaceId'>[]): void {
      for (const { type, workspaceId } of events) if (type.startsWith('sla_policy.') || type.startsWith('calendar.')) ruleBook.forget(workspaceId);
    },
  };
}
