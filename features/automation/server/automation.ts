import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Emit, LoggedEvent } from '../../../platform/events/events.ts';
import type { FollowedEvent, Follower } from '../../../platform/events/followers.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { DueWork } from '../../../platform/jobs/due.ts';
import type { Approvals } from '../../approvals/server/approvals.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import type { Chat } from '../../chat/server/chat.ts';
import type { Checklists } from '../../checklists/server/checklists.ts';
import type { Commitments } from '../../commitments/server/commitments.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Email } from '../../email/server/email.ts';
import type { Macros } from '../../macros/server/macros.ts';
import { demand } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { Routing } from '../../routing/server/routing.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { RuleRunView } from '../core/contract.ts';
import { createActing } from './acting.ts';
import { createChecking } from './checking.ts';
import { createDryRun } from './dry-run.ts';
import { createDeeds } from './deeds.ts';
import { createExpanding } from './expanding.ts';
import { createFollowUps } from './follow-ups.ts';
import { CHANGES_RULES, createHearing } from './hearing.ts';
import { createKeepingResolved } from './keeping-resolved.ts';
import { createLooking } from './looking.ts';
import { createManaging } from './managing.ts';
import { createPruning, USUAL_LOG, type RuleLog } from './pruning.ts';
import { createReplying } from './replying.ts';
import { createRuleSets } from './rule-sets.ts';
import { createRunning } from './running.ts';
import { forgetWords, runPage, type ShownRun } from './runs-store.ts';
import { requireRule } from './store.ts';
import { createWording } from './wording.ts';

export type Automation = ReturnType<typeof createAutomation>;
type Paging = { readonly limit: number; readonly cursor?: string | undefined };

/**
 * The front door of the automation room: rules on events and on time, what they do, and the log of it.
 * Tells `automation.rules_changed`, `.rule_ran`, `.rule_failed`, `.stopped`, `.notify_asked`, `.escalated`, `.webhook_asked`, `.follow_up_due`.
 */
export function createAutomation({ db, now, machineNow, emit, tickets, calendars, customers, people, workspaces, email, chat, macros, checklists, approvals, routing, commitments, ruleLog = USUAL_LOG, log }: {
  db: Database; now: Now; machineNow: Now; emit: Emit;
  tickets: Pick<Tickets, 'checkTargets' | 'snoozeBy' | 'mergeBy' | 'mergeTarget' | 'hasUnproven' | 'relateBy' | 'spamBy' | 'notSpamBy' | 'followBy' | 'get' | 'findLive' | 'findSpam' | 'lockLive' | 'lockSpam' | 'changeBy' | 'noteBy' | 'messageBy' | 'isGated' | 'wordsOf' | 'matching' | 'attributes' | 'readField' | 'comingOfAge' | 'nextOfAge'>;
  calendars: Pick<Calendars, 'timeFor' | 'hours' | 'require'>; customers: Pick<Customers, 'known'>; people: Pick<People, 'peopleByIds' | 'requireTeams' | 'whoLeads'>;
  workspaces: Pick<Workspaces, 'get'>; email: Pick<Email, 'automatic'>; chat: Pick<Chat, 'chatOn'>; macros: Pick<Macros, 'renderBy' | 'require' | 'partsOf' | 'noteBy' | 'countUse'>;
  checklists: Pick<Checklists, 'require' | 'addBy' | 'hasUnfinished'>; approvals: Pick<Approvals, 'checkReviewers' | 'demandBy' | 'keepOfRule'>; routing: Pick<Routing, 'teamSpeaking'>; commitments: Pick<Commitments, 'promise' | 'promisedOn'>; ruleLog?: RuleLog | undefined; log: Log;
}) {
  const { automatic } = email;
  const wording = createWording({ now, workspaces, customers, calendars });
  const expanding = createExpanding({ macros, people });
  const deeds = createDeeds({ now, tickets, people, automatic, commitments, calendars, wording });
  const replying = createReplying({ now, chats: chat, automatic, tickets, macros, approvals, wording });
  const act = createActing({ emit, now, tickets, people, routing, macros, checklists, approvals, wording, replying, expanding, deeds });
  const sets = createRuleSets({ db, calendars, log });
  const running = createRunning({ db, now, emit, tickets, act, log });
  const looking = createLooking({ db, now, tickets, sets, running, log });
  const check = createChecking({ calendars, people, macros, checklists, approvals, expanding, tickets });
  const managing = createManaging({ db, now, emit, workspaces, check, looking });

  const runs = async (tx: Tx, of: { ticketId?: string; ruleId?: string }, { limit, cursor }: Paging): Promise<Page<RuleRunView>> => {
    const rows = await runPage(tx, of, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']));
    return pageOfRows(rows, limit, (row) => [row.at.toISOString(), row.id], presentRun);
  };

  const pruning = createPruning({ db, now, keep: ruleLog, log });

  return {
    ...managing,
    ...createDryRun({ db, now, tickets, routing, calendars, replying, check, checklists, expanding, deeds }),

    /** Which rules did what to a ticket, and why. */
    async runsOfTicket(actor: Actor, ticketId: string, paging: Paging): Promise<Page<RuleRunView>> {
      await tickets.get(actor, ticketId);
      return db.work(actor.workspaceId, (tx) => runs(tx, { ticketId }, paging));
    },

    async runsOfRule(actor: Actor, ruleId: string, paging: Paging): Promise<Page<RuleRunView>> {
      demand(actor, 'rules.list');
      return db.work(actor.workspaceId, async (tx) => {
        await requireRule(tx, ruleId);
        return runs(tx, { ruleId }, paging);
      });
    },

    /** For a room below: the rule that leaves a ticket resolved whatever these words of its customer, if one does. */
    leftResolvedBy: createKeepingResolved({ now, sets }),

    follower: createHearing({ db, now, tickets, sets, running }) satisfies Follower,
    works: [looking.work, createFollowUps({ db, now, machineNow, emit, tickets, wording, log })] satisfies readonly DueWork[],

    prune: pruning.prune,
    jobs: [pruning.job],

    /** In every process: what is kept in memory goes when it no longer holds. */
    heard(events: readonly FollowedEvent[]): void {
      for (const { type, workspaceId } of events) if (CHANGES_RULES.includes(type)) sets.forget(workspaceId);
    },
    subscriptions: {
      'workspace.created': (_tx: Tx, { workspaceId }: LoggedEvent): Promise<void> => managing.ensureReadyMade(workspaceId),
      'entry.redacted': (tx: Tx, { data }: LoggedEvent): Promise<void> => forgetWords(tx, data['ticketIds'] as readonly string[]),
    },
  };
}

const presentRun = (run: ShownRun): RuleRunView => ({
  id: run.id, rule: { id: run.ruleId, name: run.ruleName, version: run.ruleVersion, isRemoved: run.isRemoved }, ticket: { id: run.ticketId, number: run.number, subject: run.subject },
  event: run.event, dueAt: run.dueAt?.toISOString() ?? null, late: run.late, depth: run.depth, outcome: run.outcome, held: run.held as RuleRunView['held'], effects: run.effects,
  at: run.at.toISOString(),
});
