import { workingTime } from '../../features/calendars/core/working-time.ts';
import type { Condition, Node } from '../../features/conditions/core/condition.ts';
import type { QueueRule } from '../../features/routing/core/needs.ts';
import type { Target } from '../../features/sla/core/contract.ts';
import type { Promised, Rule } from '../../features/sla/core/policy.ts';

/** The company of the simulated quarter: what it promises, by which hours, and who works there. */
export const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];
/** A Monday, at midnight of Greenwich; the quarter has a change of the clocks in it. */
export const BEGINS = Date.UTC(2026, 2, 2);
export const DAYS = 91;

const office = [{ from: '09:00', to: '12:30' }, { from: '13:00', to: '18:00' }];
const week = { mon: office, tue: office, wed: office, thu: office, fri: [{ from: '09:00', to: '16:00' }], sat: [{ from: '10:00', to: '14:00' }] };
const sofia = workingTime({ timeZone: 'Europe/Sofia', week, holidays: [{ date: '2026-03-03', name: 'Liberation Day' }, { date: '2026-04-13', name: 'Easter Monday' }], closures: [{ from: '2026-04-30T15:00', to: '2026-05-04T09:00', reason: 'Moving house' }] });
const riyadh = workingTime({ timeZone: 'Asia/Riyadh', week: { sun: office, mon: office, tue: office, wed: office, thu: office }, holidays: [], closures: [] });

const all = (...tests: Node[]): Condition => ({ version: 1, all: tests });
const working = (metric: Target['metric'], hours: number, priority?: Target['priority']): Target => ({ metric, seconds: hours * 3_600, time: 'working', ...(priority && { priority }) });
const calendar = (metric: Target['metric'], seconds: number): Target => ({ metric, seconds, time: 'calendar' });
const rule = (id: string, conditions: Condition | null, targets: Target[], time = sofia, actions: Rule['actions'] = []): Rule => ({ id, name: id, calendarId: 'own', conditions, targets, actions, time, heldBy: null });

const RULES: readonly Rule[] = [
  rule('live', all({ field: 'channel', operator: 'in', value: ['chat', 'phone'] }), [calendar('answer', 120), calendar('first_reply', 900), working('resolution', 16)]),
  rule('forgotten', all({ field: 'waitingSince', operator: 'working_older_than', value: { amount: 10, unit: 'hours' } }, { none: [{ field: 'channel', operator: 'is', value: 'letter' }] }),
    [working('first_reply', 14), working('next_reply', 14), working('agent_work', 30)]),
  rule('arabic', all({ field: 'language', operator: 'is', value: 'ar' }), [working('first_reply', 8), working('next_reply', 8), working('agent_work', 40)], riyadh),
  rule('letters', all({ field: 'channel', operator: 'is', value: 'letter' }), [calendar('first_reply', 14 * 86_400), calendar('next_reply', 14 * 86_400), calendar('resolution', 28 * 86_400)]),
  rule('all', null, [
    working('first_reply', 8), working('first_reply', 2, 'urgent'), working('first_reply', 4, 'high'), working('next_reply', 8), working('next_reply', 2, 'urgent'), calendar('periodic_update', 3 * 86_400),
    working('pausable_update', 16), working('requester_wait', 30), working('agent_work', 16), calendar('resolution', 7 * 86_400),
  ], sofia, [{ do: 'raise_priority', at: 90, to: 'high' }]),
];
/** Every policy names its calendar. */
export const PROMISED: Promised = { list: RULES, hours: { of: () => ({ calendarId: null, time: sofia }), timeOf: () => sofia } };
export const RULE_IDS: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

const USUAL: Omit<QueueRule, 'id' | 'mode'> = { teamIds: [], overflow: [], offerSeconds: null, skills: [], language: null, ownAgentSeconds: null };
/** The first whose condition holds has the ticket. */
export const QUEUES: readonly { readonly rule: QueueRule; readonly conditions: Condition | null; readonly headStartSeconds: number }[] = [
  { rule: { ...USUAL, id: 'talk', mode: 'longest_idle' }, conditions: all({ field: 'channel', operator: 'in', value: ['chat', 'phone'] }), headStartSeconds: 0 },
  { rule: { ...USUAL, id: 'refunds', mode: 'round_robin', teamIds: ['second'] }, conditions: all({ field: 'team', operator: 'is', value: 'second' }), headStartSeconds: 0 },
  { rule: { ...USUAL, id: 'old', mode: 'least_loaded' }, conditions: all({ field: 'createdAt', operator: 'older_than', value: { amount: 2, unit: 'days' } }), headStartSeconds: 3_600 },
  { rule: { ...USUAL, id: 'mail', mode: 'least_loaded', language: { level: 1, need: 'required', relaxAfterSeconds: 3 * 3600 } }, conditions: null, headStartSeconds: 0 },
];

export const LANGUAGES = ['bg', 'bg', 'bg', 'en', 'en', 'pl', 'ru', 'ar'] as const;
export const SPOKEN: ReadonlyMap<string, string> = new Map(['bg', 'en', 'pl', 'ru', 'ar'].map((language) => [language, `speaks ${language}`]));
export const CHANNELS = ['email', 'email', 'email', 'email', 'email', 'email', 'email', 'web', 'web', 'chat', 'chat', 'phone', 'letter'] as const;
export const PRIORITIES = ['low', 'normal', 'normal', 'normal', 'normal', 'normal', 'normal', 'high', 'high', 'urgent'] as const;
/** Of a day, by hour of Greenwich, and of a week, Monday first. */
export const BY_HOUR = [1, 1, 1, 2, 3, 5, 9, 12, 13, 12, 10, 9, 10, 10, 9, 8, 6, 5, 5, 4, 4, 3, 2, 1];
export const BY_WEEKDAY = [12, 11, 10, 10, 9, 5, 4];
