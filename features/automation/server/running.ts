import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { mayPass } from '../../../platform/db/refusals.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import { type Moment, momentOf } from '../../conditions/core/plan.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { ageCause } from '../core/asking.ts';
import { LATE_MS, MARKED_SPAM, MOST_DEPTH } from '../core/causes.ts';
import { type Happening, recordOf, ticketBefore } from '../core/happening.ts';
import type { Act } from './acting.ts';
import { readyRule, type Ready, type RuleSet } from './rule-sets.ts';
import { beginRun, endRun, hasRun, latestSeq, ranSince, wasStoppedSince, type Run } from './runs-store.ts';
import { holdRule } from './store.ts';

/** Why a rule is asked, on which ticket. */
export type Occasion = {
  readonly workspaceId: string; readonly ticketId: string; readonly cause: string; readonly depth: number;
  readonly happening: Happening | null;
  /** When it should have run. */
  readonly dueAt: Date;
};
/** `postponed`: the hour's limit of a rule on time is used up, and nothing has been noted. */
export type Outcome = { readonly ticket: TicketState | null; readonly state: 'ran' | 'not' | 'postponed' };

const HOUR_MS = 3_600_000;

/** The working time that a rule asks for, of the ticket where it names no calendar; null when it asks for none. */
export const timeFor = (tx: Tx, { asksHours, asksMoment, rule: { definition: { calendarId } } }: Ready, set: Pick<RuleSet, 'timeOf'>, ticket: TicketState): Promise<WorkingTime | null> =>
  (asksHours || asksMoment ? set.timeOf(tx, calendarId, ticket) : Promise.resolve(null));

/** What a rule sees of a ticket at a moment. */
export function look(ready: Ready, time: WorkingTime | null, ticket: TicketState, happening: Happening | null, now: Date) {
  const moment: Moment = time ? momentOf(now, time) : { now };
  const open = ready.asksHours && time !== null ? time.isOpen(now) : true;
  const before = happening && ticketBefore(ticket, happening.name, happening.data);
  return { moment, open, record: recordOf(ticket, happening, open), before: before && recordOf(before, happening, open) };
}

/** Its age counts from another moment by now: whoever changed that is heard, and waited for, by itself. */
const hasMoved = ({ ages }: Ready, ticket: TicketState, cause: string): boolean => ages.length > 0 && ageCause(ages, ticket) !== cause;

export type Running = ReturnType<typeof createRunning>;

/** Runs one rule on one ticket: asked, noted and done in one transaction, once for each cause. */
export function createRunning({ db, now, emit, tickets, act, log }: { db: Database; now: Now; emit: Emit; tickets: Pick<Tickets, 'lockLive' | 'lockSpam'>; act: Act; log: Log }) {
  const stopped = (tx: Tx, workspaceId: string, { rule }: Ready, ticketId: string, reason: 'limit' | 'loop', at: Date): Promise<void> =>
    emit(tx, workspaceId, {
      type: 'automation.stopped', ticketId, subjectId: rule.id, actor: { kind: 'system', id: rule.id }, data: { ruleId: rule.id, name: rule.definition.name, reason }, at,
    });

  /** True when the rule must not run now; told once an hour. */
  async function isBounded(tx: Tx, ready: Ready, occasion: Occasion, run: Run, lately: number): Promise<boolean> {
    const { workspaceId, ticketId, depth } = occasion;
    const since = new Date(run.at.getTime() - HOUR_MS);
    if (depth < MOST_DEPTH && lately < ready.rule.definition.hourlyLimit) return false;
    const outcome = depth < MOST_DEPTH ? 'limited' : 'looped';
    const isNews = !await wasStoppedSince(tx, ready.rule.id, since, outcome);
    // What a rule on time may not do now it does later: only that it was stopped is noted.
    const cause = run.event === null ? `limit:${run.at.toISOString().slice(0, 13)}` : run.cause;
    if (isNews || run.event !== null) await beginRun(tx, workspaceId, { ...run, id: newId(), cause, outcome });
    if (isNews) await stopped(tx, workspaceId, ready, ticketId, outcome === 'looped' ? 'loop' : 'limit', run.at);
    return true;
  }

  /** The rule as it is in this transaction; null when it was switched off, or hears of something else by now. */
  async function current(tx: Tx, ready: Ready, { happening }: Occasion): Promise<Ready | null> {
    const rule = await holdRule(tx, ready.rule.id);
    if (!rule?.enabled) return null;
    const fresh = rule.version === ready.rule.version ? ready : readyRule(rule);
    const isHeard = fresh.rule.definition.trigger.on === 'time' || (happening !== null && fresh.events.has(happening.name));
    return isHeard ? fresh : null;
  }

  function newRun({ rule }: Ready, { ticketId, cause, depth, happening, dueAt }: Occasion, outcome: Run['outcome'], held: Run['held']): Run {
    const at = now();
    const onTime = rule.definition.trigger.on === 'time';
    return {
      id: newId(), ruleId: rule.id, ruleVersion: rule.version, ticketId, cause, event: onTime ? null : happening?.name ?? null, dueAt: onTime ? dueAt : null,
      late: at.getTime() - dueAt.getTime() > LATE_MS, depth, outcome, held, at,
    };
  }

  async function within(tx: Tx, given: Ready, set: RuleSet, occasion: Occasion): Promise<Outcome> {
    const { ticketId, cause, happening } = occasion;
    const { id, definition } = given.rule;
    // Sent together, answered in this order: what follows the lock is as it is under the lock.
    const [ready, ticket, isDone, lately, seqFrom] = await Promise.all([
      current(tx, given, occasion), (happening?.name === MARKED_SPAM ? tickets.lockSpam : tickets.lockLive)(tx, ticketId), hasRun(tx, id, ticketId, cause), ranSince(tx, id, new Date(now().getTime() - HOUR_MS), definition.hourlyLimit),
      latestSeq(tx, ticketId),
    ]);
    // What its own run made must not count against it.
    if (!ready || !ticket || isDone || hasMoved(ready, ticket, cause)) return { ticket, state: 'not' };
    const { moment, record, before } = look(ready, await timeFor(tx, ready, set, ticket), ticket, happening, now());
    if (!ready.holds(moment, record, before)) return { ticket, state: 'not' };
    const run = newRun(ready, occasion, 'ran', ready.held(moment, record, before));
    if (await isBounded(tx, ready, occasion, run, lately)) return { ticket, state: run.event === null ? 'postponed' : 'not' };
    return await beginRun(tx, occasion.workspaceId, run) ? perform(tx, ready, occasion, run, { ticket, seqFrom }) : { ticket, state: 'not' };
  }

  async function perform(tx: Tx, { rule }: Ready, { workspaceId, happening }: Occasion, run: Run, { ticket, seqFrom }: { ticket: TicketState; seqFrom: number }): Promise<Outcome> {
    const answers = happening?.name === 'message.received' || (happening?.name === 'ticket.created' && happening.by === 'customer');
    const done = await act({ tx, workspaceId, rule, answers, leftBy: happening?.data['leftBy'] }, ticket);
    await emit(tx, workspaceId, {
      type: 'automation.rule_ran', ticketId: ticket.id, subjectId: rule.id, actor: { kind: 'system', id: rule.id },
      data: { ruleId: rule.id, name: rule.definition.name, late: run.late, ...(run.dueAt && { dueAt: run.dueAt.toISOString() }) }, at: run.at,
    });
    await endRun(tx, run, { effects: done.effects, seqFrom });
    return { ticket: done.ticket, state: 'ran' };
  }

  /** A fault of the rule or of ours: noted, so that it does not come again, and the other rules go on. */
  async function failed(ready: Ready, occasion: Occasion, error: unknown): Promise<void> {
    const { rule } = ready;
    const { workspaceId, ticketId } = occasion;
    log.error({ err: error, rule: rule.id, ticket: ticketId }, 'a rule failed');
    await db.work(workspaceId, async (tx) => {
      await beginRun(tx, workspaceId, newRun(ready, occasion, 'failed', []));
      await emit(tx, workspaceId, {
        type: 'automation.rule_failed', ticketId, subjectId: rule.id, actor: { kind: 'system', id: rule.id }, data: { ruleId: rule.id, name: rule.definition.name }, at: now(),
      });
    });
  }

  return {
    /** Whether it ran, and the ticket as it is now. Throws only what may pass: then the occasion comes again. */
    async run(ready: Ready, set: RuleSet, occasion: Occasion): Promise<Outcome> {
      try {
        return await db.work(occasion.workspaceId, (tx) => within(tx, ready, set, occasion));
      } catch (error) {
        if (mayPass(error)) throw error;
        await failed(ready, occasion, error);
        return { ticket: null, state: 'not' };
      }
    },
  };
}
