import { keepIn } from '../../../kernel/bounded.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import type { Subject } from '../../calendars/core/places.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import type { Node, Test } from '../../conditions/core/condition.ts';
import type { Moment } from '../../conditions/core/plan.ts';
import { type Predicate, toPredicate } from '../../conditions/core/predicate.ts';
import { agesOf, asksForHours, asksForMoment, asksForWords, heldTests, hoursWanted, onlyTest, scoped, type Age } from '../core/asking.ts';
import type { EventName } from '../core/causes.ts';
import { keptBy } from '../core/hours.ts';
import { MOST_RULES } from '../core/contract.ts';
import { RULE_FIELDS, type RuleRecord } from '../core/fields.ts';
import { enabledRules, type Rule } from './store.ts';

/** A rule that is ready to be asked. */
export type Ready = {
  readonly rule: Rule; readonly events: ReadonlySet<EventName>; readonly ages: readonly Age[];
  readonly asksWords: boolean; readonly asksHours: boolean; readonly asksMoment: boolean; readonly hours: 'inside' | 'outside' | 'any';
  holds(moment: Moment, record: RuleRecord, before: RuleRecord | null): boolean;
  /** Which of its tests did, for the log. */
  held(moment: Moment, record: RuleRecord, before: RuleRecord | null): Test[];
};

/** Compiled once; again only where "older than" makes every moment another. */
export function readyRule(rule: Rule): Ready {
  const { conditions, trigger } = rule.definition;
  const whole = scoped(rule.definition);
  const compile = (moment: Moment): Predicate<RuleRecord> => toPredicate(whole, RULE_FIELDS, moment);
  const asksMoment = asksForMoment(conditions);
  const once = asksMoment ? null : compile({ now: new Date(0) });
  const hours = hoursWanted(conditions);
  return {
    rule, events: new Set(trigger.on === 'event' ? trigger.events : []), ages: trigger.on === 'time' ? agesOf(conditions) : [],
    asksWords: asksForWords(conditions), asksHours: asksForHours(conditions), asksMoment, hours: hours === 'nested' ? 'any' : hours,
    holds: (moment, record, before) => (once ?? compile(moment))(record, before),
    held: (moment, record, before) => heldTests(whole, (test) => toPredicate(onlyTest(test), RULE_FIELDS, moment)(record, before)),
  };
}

export type RuleSet = {
  /** All that are on, in the order in which they run. */
  readonly all: readonly Ready[];
  /** For null of the calendar that holds for the ticket, or without one of the workspace's. */
  timeOf(tx: Tx, calendarId: string | null, ticket?: Subject): Promise<WorkingTime>;
  /** By which hours it looks at tickets: its own calendar's, or those of each calendar that somebody keeps, for the tickets that keep them. */
  shares(tx: Tx, ready: Ready): Promise<readonly Share[]>;
};

/** Whose hours: of a calendar that a place has; without one of the workspace, or of the rule. */
export const SHARED = '00000000-0000-0000-0000-000000000000';
/** `where` null: all tickets. */
export type Share = { readonly key: string; readonly time: WorkingTime; readonly where: Node | null; has(ticket: Subject): boolean };

const MOST_KEPT = 500;

/** The rules of workspaces, compiled and kept. Whoever hears that rules, calendars or the workspace changed says `forget`. */
export function createRuleSets({ db, calendars, log }: { db: Database; calendars: Pick<Calendars, 'timeFor' | 'hours'>; log: Log }) {
  const kept = new Map<string, Promise<RuleSet>>();

  async function load(workspaceId: string): Promise<RuleSet> {
    const all = (await db.work(workspaceId, (tx) => enabledRules(tx, MOST_RULES))).flatMap((rule) => readable(rule, log));
    const times = new Map<string | null, Promise<WorkingTime>>();
    let hours: ReturnType<typeof calendars.hours> | null = null;
    const hoursOf = (tx: Tx): NonNullable<typeof hours> => {
      hours ??= calendars.hours(tx, workspaceId);
      hours.catch(() => { hours = null; });
      return hours;
    };
    const ofAll = (time: WorkingTime): Share => ({ key: SHARED, time, where: null, has: () => true });

    async function timeOf(tx: Tx, calendarId: string | null, ticket?: Subject): Promise<WorkingTime> {
      if (calendarId === null && ticket) return (await hoursOf(tx)).of(ticket).time;
      const known = times.get(calendarId);
      if (known) return known;
      const asked = calendars.timeFor(tx, workspaceId, calendarId);
      times.set(calendarId, asked);
      asked.catch(() => times.delete(calendarId));
      return asked;
    }

    return {
      all, timeOf,
      async shares(tx, { ages, asksHours, rule: { definition: { calendarId } } }) {
        if (calendarId !== null || !(asksHours || ages.some(({ isWorking }) => isWorking))) return [ofAll(await timeOf(tx, calendarId))];
        const hoursKept = await hoursOf(tx);
        if (hoursKept.places.length === 0) return [ofAll(hoursKept.timeOf(null))];
        return [...new Set([null, ...hoursKept.places.map((place) => place.calendarId)])].map((id): Share =>
          ({ key: id ?? SHARED, time: hoursKept.timeOf(id), where: keptBy(hoursKept.places, id), has: (ticket) => hoursKept.of(ticket).calendarId === id }));
      },
    };
  }

  return {
    of(workspaceId: string): Promise<RuleSet> {
      const known = kept.get(workspaceId);
      if (known) return known;
      const loading = load(workspaceId);
      keepIn(kept, workspaceId, loading, MOST_KEPT);
      loading.catch(() => { if (kept.get(workspaceId) === loading) kept.delete(workspaceId); });
      return loading;
    },
    forget: (workspaceId: string): void => { kept.delete(workspaceId); },
  };
}
export type RuleSets = ReturnType<typeof createRuleSets>;

/** A rule of an earlier version that asks for what there is no more leaves the others alone. */
function readable(rule: Rule, log: Log): Ready[] {
  try {
    toPredicate(rule.definition.conditions, RULE_FIELDS, { now: new Date(0), workingSeconds: () => 0 });
    return [readyRule(rule)];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.error({ err: error, rule: rule.id }, 'a rule cannot be read any more, and does not run');
    return [];
  }
}
