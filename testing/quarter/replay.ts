import { HEARD, historyOf } from '../../features/sla/core/facts.ts';
import { chooseRule, expired, fit, timeOf, type Promised, type Rule } from '../../features/sla/core/policy.ts';
import { decidedOn, keyOf, outcomeOf, type Outcome } from '../../features/sla/core/results.ts';
import { advance, EMPTY_SHEET, type Fact, type Sheet } from '../../features/sla/core/sheet.ts';
import { AWAKE, changeTicket, type TicketChange, type TicketState } from '../../features/tickets/core/ticket.ts';
import { countedOf, type Counted, type QueueOf } from './counters.ts';
import type { LogEvent } from './desk.ts';

export type Replayed = { readonly sheet: Sheet; readonly outcomes: Map<string, Outcome> };
/** `unit`: as it was before the unit of work at hand; `replies`: before each reply. */
type Told = { readonly state: TicketState; readonly unit: { readonly at: number; readonly before: TicketState | null }; readonly beforeReply: TicketState | null };

const NEVER = Number.POSITIVE_INFINITY;
const movedTo = (move: unknown) => (Array.isArray(move) ? move[1] as string | null : undefined);

/** What the log says of a ticket; `source`: what it says of one that goes up in it. */
function stateAfter(told: Told | null, event: LogEvent, source: Source): Told {
  const at = event.at.getTime();
  const unit = told?.unit.at === at ? told.unit : { at, before: told?.state ?? null };
  if (event.type === 'ticket.created') return { state: born(event), unit, beforeReply: null };
  if (!told) throw new Error(`The log does not tell how ${event.ticketId} began.`);
  const isReply = event.type === 'entry.added' && event.data['type'] === 'message' && event.data['direction'] === 'out';
  return { state: changed(told, event, source), unit, beforeReply: isReply ? unit.before : told.beforeReply };
}

function born({ ticketId, at, data }: LogEvent): TicketState {
  const { channel, number, status, priority, assigneeId = null, teamId = null, language = null, kind = 'question', tags = [] } = data;
  return {
    id: ticketId, number, channel, status, priority, assigneeId, teamId, language, kind, tags, subject: '', customerId: '', companyId: null, isKeyAccount: null, isPrivate: false, mailboxId: null, brandId: null, officeId: null, slaPolicyId: null, queueChoice: null,
    languageFixed: false, snippet: '', waitingSince: null,
    lastMessageAt: at, statusSince: at, version: 1, createdAt: at, updatedAt: at, resolvedAt: null, closedAt: null, deletedAt: null, deletedBy: null, spamAt: null, mergedInto: null, ...AWAKE, wokenAt: null,
  } as TicketState;
}

type Source = (id: string) => TicketState | undefined;
type Change = (told: Told, event: LogEvent, source: Source) => TicketState;

const CHANGES: Record<string, Change> = {
  'ticket.changed': ({ state }, { data, at }) => changeTicket(state, Object.fromEntries(FIELDS.map((field) => [field, movedTo(data[field])])) as TicketChange, at),
  'entry.added': ({ state }, { data, at }) => spoken(state, at, data),
  'entry.withdrawn': ({ state, beforeReply }) => ({ ...state, waitingSince: beforeReply?.waitingSince ?? null, lastMessageAt: beforeReply?.lastMessageAt ?? state.lastMessageAt }),
  'ticket.deleted': ({ state }, { at }) => ({ ...state, deletedAt: at }),
  'ticket.restored': ({ state }) => ({ ...state, deletedAt: null }),
  'ticket.merged': ({ state }, { ticketId, data: { sourceId, targetId } }, source) =>
    (sourceId === ticketId ? { ...state, mergedInto: targetId as string } : { ...state, waitingSince: earlier(state.waitingSince, source(sourceId as string)?.waitingSince ?? null) }),
};
const FIELDS = ['status', 'priority', 'assigneeId', 'teamId'] as const;

const changed: Change = (told, event, source) => CHANGES[event.type]?.(told, event, source) ?? told.state;

const earlier = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : a ?? b);

function spoken(state: TicketState, at: Date, { type, direction, automatic, receivedAt }: LogEvent['data']): TicketState {
  if (type === 'note' || automatic === true) return state;
  if (direction === 'out' || type === 'call') return { ...state, waitingSince: null, lastMessageAt: at };
  return { ...state, waitingSince: state.waitingSince ?? (typeof receivedAt === 'string' ? new Date(receivedAt) : at), lastMessageAt: at };
}

/** Makes everything again from the event log, and from nothing else but what the company promises. */
export function createReplay({ promised, isPolicy, queueOf }: { promised: Promised; isPolicy: (id: string) => boolean; queueOf: QueueOf }) {
  const logs = new Map<string, LogEvent[]>();
  const tickets = new Map<string, Told>();
  const there = new Map<string, string>();

  /** As it was known when the event `before` was written down. */
  function stateBefore(ticketId: string, before: number): TicketState | undefined {
    let told: Told | null = null;
    for (const event of logs.get(ticketId) ?? []) if (event.seq < before) told = stateAfter(told, event, (id) => stateBefore(id, event.seq));
    return told?.state;
  }

  function clocksOf(ticketId: string, { before, until }: { before: number; until: number }): Replayed {
    const log = (logs.get(ticketId) ?? []).filter(({ seq }) => seq < before);
    const happenings = historyOf(log, ticketId, isPolicy);
    const outcomes = new Map<string, Outcome>();
    let [sheet, rule, recheckAt, told]: [Sheet, Rule | null, number, Told | null] = [EMPTY_SHEET, null, NEVER, null];

    const choose = (at: number): void => {
      const choice = chooseRule(promised, told!.state, new Date(at));
      sheet = fit(expired(sheet, rule, at), choice.rule, { now: at, byRules: false, otherHours: rule !== null && rule.time !== choice.rule?.time });
      write();
      [rule, recheckAt] = [choice.rule, choice.until ?? NEVER];
    };
    const write = (): void => {
      for (const clock of sheet.clocks) {
        // One that was opened again may end anew without a promise.
        if (!clock.end || outcomes.get(keyOf(clock))?.endedAt === clock.end.at) continue;
        const outcome = outcomeOf(clock, timeOf(rule));
        if (outcome) outcomes.set(keyOf(clock), outcome);
        else outcomes.delete(keyOf(clock));
      }
    };
    const timeGoesTo = (at: number): void => { while (recheckAt <= at && !sheet.gone && sheet.clocks.some(({ end }) => end === null)) choose(recheckAt); };

    for (const unit of unitsOf(log)) {
      const at = unit[0]!.at.getTime();
      timeGoesTo(at);
      for (const event of unit) told = stateAfter(told, event, (id) => stateBefore(id, event.seq));
      for (const one of happenings.filter((happening) => happening.at === at)) {
        const fact: Fact = one.type === 'merged' ? { type: 'took_in', at, clocks: clocksOf(one.sourceId, { before: one.seq, until: at }).sheet.clocks } : one;
        sheet = advance(sheet, fact, timeOf(rule));
        write();
        choose(at);
      }
      choose(at);
    }
    timeGoesTo(until);
    sheet = expired(sheet, rule, until);
    return { sheet, outcomes: settled(sheet, outcomes, rule) };
  }

  return {
    hear(event: LogEvent): void {
      if (event.type === 'presence.changed') { there.set(String(event.subjectId), String(event.data['state'])); return; }
      // Others tell of mail that leaves, by the machine's clock, or of what was announced.
      if (!(HEARD as readonly string[]).includes(event.type)) return;
      const log = logs.get(event.ticketId);
      if (log) log.push(event);
      else logs.set(event.ticketId, [event]);
      tickets.set(event.ticketId, stateAfter(tickets.get(event.ticketId) ?? null, event, (id) => tickets.get(id)?.state));
    },
    clocks: (ticketId: string, until: number): Replayed => clocksOf(ticketId, { before: NEVER, until }),
    state: (ticketId: string): TicketState | undefined => tickets.get(ticketId)?.state,
    counted: (now: number): Counted => countedOf([...tickets.values()].map(({ state }) => state), [...there].map(([id, state]) => ({ id, state })), now, queueOf),
    /** Nothing will be asked about it any more. */
    forget(ticketId: string): void { logs.delete(ticketId); tickets.delete(ticketId); },
  };
}

/** What was done at once; what was taken back a moment later has never been. */
function unitsOf(log: readonly LogEvent[]): LogEvent[][] {
  const undone = new Set(log.flatMap(({ type, subjectId }) => (type === 'entry.withdrawn' ? [subjectId] : [])));
  const skipped = new Set(log.flatMap(({ type, subjectId, at }) => ((type === 'entry.added' || type === 'entry.withdrawn') && undone.has(subjectId) ? [at.getTime()] : [])));
  const units: LogEvent[][] = [];
  for (const event of log.filter(({ at }) => !skipped.has(at.getTime()))) {
    if (units.at(-1)?.[0]?.at.getTime() === event.at.getTime()) units.at(-1)!.push(event);
    else units.push([event]);
  }
  return units;
}

/** What has been opened again is not decided; what has broken is, without an end. */
function settled(sheet: Sheet, outcomes: Map<string, Outcome>, rule: Rule | null): Map<string, Outcome> {
  const decided = decidedOn(sheet);
  for (const clock of sheet.clocks) {
    if (clock.end === null) outcomes.delete(keyOf(clock));
    if (clock.end === null && decided.has(keyOf(clock))) outcomes.set(keyOf(clock), outcomeOf(clock, timeOf(rule))!);
  }
  return outcomes;
}
