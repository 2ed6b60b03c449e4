import type { WorkingTime } from '../../calendars/core/working-time.ts';
import { isLive } from '../../tickets/core/channels.ts';
import type { PRIORITIES, Status } from '../../tickets/core/contract.ts';
import { agreeOn, breakIfDue, endClock, isRunning, pastClock, pauseClock, reopenClock, resumeClock, startClock, type Clock, type Ms } from './clock.ts';
import { STATUS_EFFECTS, type Metric } from './metrics.ts';

export type Priority = (typeof PRIORITIES)[number];

/** All clocks of one ticket, and what is needed to go on. Made of facts alone: the same facts give the same sheet. */
export type Sheet = {
  readonly status: Status;
  readonly priority: Priority;
  readonly startedAt: Ms;
  /** Somebody of us has written to the customer or spoken with them. */
  readonly spoken: boolean;
  /** Thrown away or merged into another: nothing is announced. The time goes on, since the customer waits on. */
  readonly gone: boolean;
  /** Replies in a row that only hold. */
  readonly holding: number;
  /** How often a clock was stopped by hand since the customer heard from us. */
  readonly snoozes: number;
  /** Since when a customer would wait whose words were taken for mere thanks, should somebody open the ticket again. */
  readonly thankedAt?: Ms;
  /** Those that go on, and of each metric the last that ended. */
  readonly clocks: readonly Clock[];
};

/** What happens to a ticket, as far as clocks are concerned. `at` never goes back; `since` may lie before it. */
export type Fact = { readonly at: Ms } & (
  | { readonly type: 'created'; readonly status: Status; readonly priority: Priority }
  /** `since`: when it reached us, for letters that are written down later. */
  | { readonly type: 'customer_wrote'; readonly channel: string; readonly since: Ms; readonly onlyThanks?: boolean }
  | { readonly type: 'replied'; readonly entryId: string; readonly holds: boolean }
  /** A call or a visit that is written down afterwards: since when somebody was asked for, and when somebody was there. */
  | { readonly type: 'picked_up'; readonly entryId: string; readonly since: Ms; readonly answeredAt: Ms }
  | { readonly type: 'status'; readonly to: Status; readonly byPerson: boolean }
  | { readonly type: 'priority'; readonly to: Priority }
  | { readonly type: 'gone' | 'back' }
  /** Another deadline was agreed on with the customer; null: the one of the promise holds again. */
  | { readonly type: 'agreed'; readonly metric: Metric; readonly to: Ms | null; readonly by: string | null; readonly entryId: string }
  /** The clocks of a ticket that was merged into this one, as they were. */
  | { readonly type: 'took_in'; readonly clocks: readonly Clock[] }
);

/** Before anything has happened. */
export const EMPTY_SHEET: Sheet = { status: 'new', priority: 'normal', startedAt: 0, spoken: false, gone: false, holding: 0, snoozes: 0, clocks: [] };
/** They end when the ticket is resolved, and go on when it is opened again. */
const REOPENED: readonly Metric[] = ['first_reply', 'answer', 'requester_wait', 'agent_work', 'resolution'];
const REPLY_CLOCKS: readonly Metric[] = ['first_reply', 'next_reply'];
const UPDATE_CLOCKS: readonly Metric[] = ['periodic_update', 'pausable_update'];

/** What was due before the fact breaks first; then the fact does what it does. Pure, and total. */
export function advance(sheet: Sheet, fact: Fact, time: WorkingTime): Sheet {
  if (fact.type === 'created') return created(fact);
  const now: Sheet = { ...sheet, clocks: sheet.clocks.map((clock) => breakIfDue(clock, fact.at, time)) };
  switch (fact.type) {
    case 'customer_wrote': return customerWrote(now, fact);
    case 'replied': return replied(now, fact, time);
    case 'picked_up': return pickedUp(now, fact);
    case 'status': return moved(now, fact, time);
    case 'priority': return { ...now, priority: fact.to };
    case 'agreed': return exchanged(now, (clock) => (clock.metric === fact.metric && clock.end === null
      ? agreeOn(clock, fact.to === null ? null : { at: fact.to, since: fact.at, by: fact.by, entryId: fact.entryId }, fact.at, time) : clock));
    case 'took_in': return tookIn(now, fact.clocks, fact.at);
    case 'gone':
    case 'back': return { ...now, gone: fact.type === 'gone' };
  }
}

const effect = (metric: Metric, status: Status) => STATUS_EFFECTS[metric][status];
const ends = (status: Status): boolean => effect('resolution', status) === 'ends';

function created({ at, status, priority }: Extract<Fact, { type: 'created' }>): Sheet {
  const sheet: Sheet = { ...EMPTY_SHEET, status, priority, startedAt: at };
  return (['requester_wait', 'agent_work', 'resolution'] as const).reduce((next, metric) => begun(next, metric, at), sheet);
}

const lastOf = (sheet: Sheet, metric: Metric): Clock | undefined => sheet.clocks.findLast((clock) => clock.metric === metric);
const liveOf = (sheet: Sheet, metric: Metric): Clock | undefined => sheet.clocks.find((clock) => clock.metric === metric && clock.end === null);

/** The next round of a metric takes the place of the one before. */
function begun(sheet: Sheet, metric: Metric, at: Ms): Sheet {
  if (ends(sheet.status)) return sheet;
  const round = (lastOf(sheet, metric)?.round ?? 0) + 1;
  const clock = startClock(metric, round, at, effect(metric, sheet.status) === 'runs');
  // A breach that nobody has heard of yet is kept until they have, and what ends at this moment until it is told.
  return { ...sheet, clocks: [...sheet.clocks.filter((one) => one.metric !== metric || isUntold(one) || one.end?.at === at), clock] };
}

const isUntold = ({ result, told }: Clock): boolean => result?.breached === true && told !== 100;

const exchanged = (sheet: Sheet, change: (clock: Clock) => Clock): Sheet => ({ ...sheet, clocks: sheet.clocks.map(change) });

function customerWrote({ thankedAt, ...sheet }: Sheet, { channel, since, onlyThanks = false }: { readonly channel: string; readonly since: Ms; readonly onlyThanks?: boolean }): Sheet {
  if (onlyThanks) return { ...sheet, thankedAt: thankedAt ?? since };
  const dated = since < sheet.startedAt ? backdated(sheet, since) : sheet;
  const asked = REPLY_CLOCKS.some((metric) => liveOf(dated, metric)) ? dated : begun(dated, dated.spoken ? 'next_reply' : 'first_reply', since);
  return isLive(channel) && !dated.spoken && !lastOf(dated, 'answer') ? begun(asked, 'answer', since) : asked;
}

/** A letter counts from the day on which it came, whenever somebody wrote it down. */
function backdated(sheet: Sheet, since: Ms): Sheet {
  const earlier = (clock: Clock): Clock => (clock.startedAt !== sheet.startedAt ? clock : {
    ...clock, startedAt: since, spans: clock.spans.map(([from, to]) => [from === sheet.startedAt ? since : from, to]),
  });
  return { ...exchanged(sheet, earlier), startedAt: since };
}

function replied(sheet: Sheet, { at, entryId, holds }: Extract<Fact, { type: 'replied' }>, time: WorkingTime): Sheet {
  const { thankedAt: _thanked, ...heard } = sheet;
  const answered = exchanged(heard, (clock) => {
    if (![...REPLY_CLOCKS, ...UPDATE_CLOCKS, 'answer'].includes(clock.metric)) return clock;
    // A reply that resolves is a reply: its status moved a moment before.
    if (clock.end?.by === 'status' && clock.end.at === at) return { ...clock, end: { at, by: 'reply', entryId } };
    return endClock(clock, { at, by: 'reply', entryId }, time);
  });
  const next: Sheet = { ...answered, spoken: true, holding: holds ? sheet.holding + 1 : 0, snoozes: 0 };
  return UPDATE_CLOCKS.reduce((all, metric) => begun(all, metric, at), next);
}

/** One that waits already ends with it. */
function pickedUp(sheet: Sheet, { entryId, since, answeredAt }: Extract<Fact, { type: 'picked_up' }>): Sheet {
  if (liveOf(sheet, 'answer')) return sheet;
  const clock = pastClock('answer', (lastOf(sheet, 'answer')?.round ?? 0) + 1, since, { at: answeredAt, by: 'reply', entryId });
  return { ...sheet, clocks: [...sheet.clocks.filter((one) => one.metric !== 'answer' || isUntold(one)), clock] };
}

function moved(sheet: Sheet, { at, to, byPerson }: Extract<Fact, { type: 'status' }>, time: WorkingTime): Sheet {
  const stopped = byPerson && (to === 'scheduled' || to === 'waiting_third_party') && sheet.clocks.some((clock) => isRunning(clock) && effect(clock.metric, to) === 'pauses');
  const next: Sheet = { ...sheet, status: to, snoozes: sheet.snoozes + (stopped ? 1 : 0) };
  return waitingAfterAll(exchanged(next, (clock) => {
    const open = !ends(to) && REOPENED.includes(clock.metric) && clock.round === lastOf(sheet, clock.metric)?.round ? reopenClock(clock, at) : clock;
    if (open.end) return open;
    switch (effect(open.metric, to)) {
      case 'runs': return resumeClock(open, at);
      case 'pauses': return pauseClock(open, at, time);
      case 'ends': return endClock(open, { at, by: 'status', entryId: null }, time);
    }
  }));
}

/** It was opened again: what was taken for thanks was more, and its writer has waited since then. */
function waitingAfterAll({ thankedAt, ...sheet }: Sheet): Sheet {
  if (thankedAt === undefined) return sheet;
  return ends(sheet.status) ? { ...sheet, thankedAt } : customerWrote(sheet, { channel: 'email', since: thankedAt });
}

/** Who has waited longest counts, whichever ticket they asked on. */
function tookIn(sheet: Sheet, clocks: readonly Clock[], at: Ms): Sheet {
  const theirs = clocks.find((clock) => REPLY_CLOCKS.includes(clock.metric) && clock.end === null);
  if (!theirs) return sheet;
  const waiting = REPLY_CLOCKS.some((metric) => liveOf(sheet, metric)) ? sheet : begun(sheet, sheet.spoken ? 'next_reply' : 'first_reply', at);
  const { startedAt, spans, settledMs, goal, told, brokenAt, agreed } = theirs;
  return exchanged(waiting, (clock) => (
    REPLY_CLOCKS.includes(clock.metric) && clock.end === null && theirs.startedAt < clock.startedAt ? { ...clock, startedAt, spans, settledMs, goal, told, brokenAt, ...(agreed && { agreed }) } : clock));
}
