import { queueOf as firstQueueOf, waitsForUs } from '../../features/routing/core/seats.ts';
import { rankAt } from '../../features/routing/core/turn.ts';
import type { Waiting } from '../../features/routing/core/needs.ts';
import { hasCome, type Clock } from '../../features/sla/core/clock.ts';
import { factsOf, type Heard } from '../../features/sla/core/facts.ts';
import { announced, chooseRule, expired, fit, nextStep, timeOf, type Rule } from '../../features/sla/core/policy.ts';
import { keyOf, newlyDecided, outcomeOf, type Outcome } from '../../features/sla/core/results.ts';
import { advance, EMPTY_SHEET, type Fact, type Sheet } from '../../features/sla/core/sheet.ts';
import { changeTicket, differences, type TicketState } from '../../features/tickets/core/ticket.ts';
import type { createAgenda } from '../agenda.ts';
import { PROMISED, QUEUES, RULE_IDS } from './company.ts';

export type LogEvent = Heard & { readonly ticketId: string };
type NewEvent = Pick<LogEvent, 'type' | 'data'> & { readonly subjectId?: string };
export type Actor = LogEvent['actor'];

/** A ticket as the desk has it: kept up step by step, as the server does it, and never made from the log. */
export type Held = {
  state: TicketState; sheet: Sheet; rule: Rule | null; recheckAt: number; readonly outcomes: Map<string, Outcome>;
  seat: Waiting | null; wakesAt: number; events: number;
};

export const BY_SYSTEM: Actor = { kind: 'system', id: null };
const NEVER = Number.POSITIVE_INFINITY;
const isPolicy = (id: string): boolean => RULE_IDS.has(id);

export const queueOf = (state: TicketState, now: number) => firstQueueOf(QUEUES, state, new Date(now));

/** The rules of the product, moved by nothing but the agenda; whatever happens is told to the log. */
export function createDesk(agenda: Pick<ReturnType<typeof createAgenda>, 'plan'>, time: { now: number }, log: (event: LogEvent) => void) {
  const tickets = new Map<string, Held>();
  const waiting = new Map<string, Waiting>();
  let seq = 0;

  function follow(held: Held, at: number): void {
    const { rule, until } = chooseRule(PROMISED, held.state, new Date(at));
    held.sheet = fit(expired(held.sheet, held.rule, at), rule, { now: at, byRules: false, otherHours: held.rule !== null && held.rule.time !== rule?.time });
    Object.assign(held, { rule, recheckAt: until ?? NEVER });
  }

  function learn(held: Held, facts: readonly Fact[]): void {
    for (const fact of facts) {
      const before = held.sheet;
      held.sheet = advance(before, fact, timeOf(held.rule));
      settle(held, before, timeOf(held.rule));
    }
    const before = held.sheet;
    follow(held, time.now);
    settle(held, before, timeOf(held.rule));
  }

  function settle(held: Held, before: Sheet, by: Rule['time']): void {
    const { decided, undone } = newlyDecided(before, held.sheet, []);
    for (const key of undone) held.outcomes.delete(keyOf(key));
    for (const clock of decided) held.outcomes.set(keyOf(clock), outcomeOf(clock, by)!);
  }

  /** As one unit of work: the ticket is changed, and the log told what. */
  function write(held: Held, after: TicketState, actor: Actor, ...more: readonly NewEvent[]): void {
    const changes = differences(held.state, after);
    held.state = after;
    tell(held, actor, ...(Object.keys(changes).length > 0 ? [{ type: 'ticket.changed', data: changes }] : []), ...more);
    seat(held);
    wake(held);
  }

  function tell(held: Held, actor: Actor, ...events: readonly NewEvent[]): void {
    for (const { type, data, subjectId = null } of events) {
      const event: LogEvent = { seq: seq += 1, type, subjectId, at: new Date(time.now), actor, data, ticketId: held.state.id };
      held.events += 1;
      log(event);
      if (type !== 'ticket.created') learn(held, factsOf(event, isPolicy));
    }
  }

  /** Into its queue, out of it, or to another place of it. */
  function seat(held: Held): void {
    const { state } = held;
    if (!waitsForUs(state)) {
      waiting.delete(state.id);
      held.seat = null;
      return;
    }
    const { queue, until } = queueOf(state, time.now);
    if (Number.isFinite(until)) agenda.plan(until, () => { if (waitsForUs(held.state)) seat(held); });
    const since = held.seat?.since ?? state.waitingSince?.getTime() ?? time.now;
    held.seat = {
      ticketId: state.id, number: state.number, queueId: queue!.rule.id, channel: state.channel, language: state.language, own: null, dueAt: null, refusedBy: [], since,
      rankAt: rankAt(since, { priority: state.priority, queueHeadStartSeconds: queue!.headStartSeconds }),
    };
    waiting.set(state.id, held.seat);
  }

  /** When something is to be announced next, or time may choose another policy. */
  function wake(held: Held): void {
    const step = nextStep(held.sheet, held.rule);
    const goesOn = !held.sheet.gone && held.sheet.clocks.some(({ end }) => end === null);
    const at = Math.min(step ? Math.max(time.now, step.threshold === 100 ? step.at + 1 : Math.ceil(step.at)) : NEVER, goesOn ? held.recheckAt : NEVER);
    held.wakesAt = at;
    if (Number.isFinite(at)) agenda.plan(at, () => { if (held.wakesAt === at && tickets.has(held.state.id)) come(held); });
  }

  function come(held: Held): void {
    if (held.recheckAt <= time.now) learn(held, []);
    for (let step = nextStep(held.sheet, held.rule); step && hasCome(step, time.now); step = nextStep(held.sheet, held.rule)) {
      const before = held.sheet;
      held.sheet = announced(held.sheet, step);
      settle(held, before, timeOf(held.rule));
      tell(held, { kind: 'system', id: held.rule?.id ?? null }, { type: step.threshold === 100 ? 'sla.breached' : 'sla.warned', data: { metric: step.clock.metric, percent: step.threshold } });
      act(held, step.threshold);
    }
    wake(held);
  }

  function act(held: Held, threshold: number): void {
    const raises = held.rule?.actions.find((action) => action.do === 'raise_priority' && action.at === threshold);
    if (raises?.do !== 'raise_priority' || !['low', 'normal'].includes(held.state.priority) || held.state.status === 'closed') return;
    write(held, changeTicket(held.state, { priority: raises.to }, new Date(time.now)), { kind: 'system', id: held.rule!.id });
  }

  return {
    tickets, waiting, write,

    create(state: TicketState, actor: Actor, ...more: readonly NewEvent[]): Held {
      const { channel, number, status, priority, assigneeId, teamId, language } = state;
      const held: Held = { state, sheet: EMPTY_SHEET, rule: null, recheckAt: NEVER, outcomes: new Map(), seat: null, wakesAt: NEVER, events: 0 };
      tickets.set(state.id, held);
      const data = { channel, number, status, priority, ...(assigneeId !== null && { assigneeId }), ...(teamId !== null && { teamId }), ...(language !== null && { language }) };
      tell(held, actor, { type: 'ticket.created', data });
      learn(held, [{ type: 'created', at: time.now, status, priority }]);
      write(held, state, actor, ...more);
      return held;
    },

    /** A ticket goes up in another: who waited there waits here. */
    merge(source: Held, target: Held, actor: Actor): void {
      const data = { sourceId: source.state.id, targetId: target.state.id };
      const clocks: readonly Clock[] = source.sheet.clocks;
      const waitingSince = [source.state.waitingSince, target.state.waitingSince].filter((date) => date !== null).sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
      write(source, { ...source.state, mergedInto: target.state.id }, actor, { type: 'ticket.merged', data });
      learn(source, [{ type: 'gone', at: time.now }]);
      wake(source);
      const open = source.state.waitingSince !== null && target.state.status !== 'new' ? { status: 'open', resolvedAt: null } as const : {};
      write(target, { ...target.state, ...open, waitingSince }, actor, { type: 'ticket.merged', data });
      learn(target, [{ type: 'took_in', at: time.now, clocks }]);
      wake(target);
    },

    /** A reply is taken back a moment after: the ticket is what it was before. */
    takeBack(held: Held, before: Pick<Held, 'state' | 'sheet' | 'rule' | 'recheckAt'> & { outcomes: ReadonlyMap<string, Outcome> }, entryId: string, actor: Actor): void {
      const changes = differences(held.state, before.state);
      held.state = before.state;
      tell(held, actor, ...(Object.keys(changes).length > 0 ? [{ type: 'ticket.changed', data: changes }] : []), { type: 'entry.withdrawn', subjectId: entryId, data: {} });
      Object.assign(held, { sheet: before.sheet, rule: before.rule, recheckAt: before.recheckAt });
      held.outcomes.clear();
      for (const [key, outcome] of before.outcomes) held.outcomes.set(key, outcome);
      learn(held, []);
      seat(held);
      wake(held);
    },
  };
}
