import { isReadable } from '../../../conditions/core/check.ts';
import { ALWAYS, type Condition } from '../../../conditions/core/condition.ts';
import { Action, type ActionType } from '../../core/actions.ts';
import { asksForAge, asksForHours, asksForWorkingTime } from '../../core/asking.ts';
import { MOST_AN_HOUR, type RuleCreate, type RuleView, type Trigger, USUAL_HOURLY_LIMIT } from '../../core/contract.ts';
import { fieldsFor } from '../../core/fields.ts';
import type { Names } from '../names.ts';

/** An action while it is written: of what kind it is, and what has been said so far. */
export type Unfinished = { readonly type: ActionType; readonly [told: string]: unknown };
/** With a name that stays while it is moved. */
export type Line = { readonly id: string; readonly action: Unfinished };

/** What the fields of an action are given. */
export type ActionFieldsProps = { action: Unfinished; names: Names; onChange: (action: Unfinished) => void };

export type Draft = {
  readonly name: string;
  readonly description: string;
  readonly trigger: Trigger;
  readonly conditions: Condition;
  readonly calendarId: string | null;
  readonly lines: readonly Line[];
  readonly hourlyLimit: string;
  readonly includeExisting: boolean;
  readonly teamId: string | null;
};

/** What keeps a draft from being saved. */
export type Fault = 'name' | 'events' | 'conditions' | 'age' | 'actions' | 'limit';

let made = 0;
export const lineOf = (action: Unfinished): Line => ({ id: String(++made), action });

export const NEW_DRAFT: Draft = {
  name: '', description: '', trigger: { on: 'event', events: ['ticket.created'] }, conditions: ALWAYS, calendarId: null, lines: [],
  hourlyLimit: String(USUAL_HOURLY_LIMIT), includeExisting: false, teamId: null,
};

export type Definition = Pick<RuleView, 'name' | 'description' | 'trigger' | 'conditions' | 'calendarId' | 'actions' | 'hourlyLimit' | 'includeExisting' | 'teamId'>;

export const draftOf = ({ actions, conditions, hourlyLimit, ...told }: Definition): Draft => ({
  name: told.name, description: told.description, trigger: told.trigger, conditions: conditions as Condition, calendarId: told.calendarId,
  lines: actions.map(lineOf), hourlyLimit: String(hourlyLimit), includeExisting: told.includeExisting, teamId: told.teamId,
});

export const isFinished = (action: Unfinished): boolean => Action.safeParse(action).success;

const limitOf = (text: string): number | null => {
  const limit = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return limit >= 1 && limit <= MOST_AN_HOUR ? limit : null;
};

/** Everything that is missing, in the order of the form. */
export function faultsOf(draft: Draft): Fault[] {
  const { name, trigger, conditions, lines, hourlyLimit } = draft;
  const faults: readonly (readonly [Fault, boolean])[] = [
    ['name', name.trim() === ''],
    ['events', trigger.on === 'event' && trigger.events.length === 0],
    ['conditions', !isReadable(conditions, fieldsFor(trigger.on), { changes: trigger.on === 'event' })],
    ['age', trigger.on === 'time' && !asksForAge(conditions)],
    ['actions', lines.length === 0 || !lines.every(({ action }) => isFinished(action))],
    ['limit', limitOf(hourlyLimit) === null],
  ];
  return faults.filter(([, isThere]) => isThere).map(([fault]) => fault);
}

/** Whether it matters by which hours is counted. */
export const needsHours = ({ conditions }: Draft): boolean => asksForHours(conditions) || asksForWorkingTime(conditions);

/** Of a draft without faults. */
export const ruleOf = ({ name, description, trigger, conditions, calendarId, lines, hourlyLimit, includeExisting, teamId }: Draft): Omit<RuleCreate, 'enabled'> => ({
  name: name.trim(), description: description.trim(), trigger, conditions, calendarId,
  actions: lines.map(({ action }) => action as Action), hourlyLimit: limitOf(hourlyLimit) ?? USUAL_HOURLY_LIMIT,
  includeExisting: trigger.on === 'time' && includeExisting, teamId,
});

/** What of it can be said in a sentence already. */
export const finishedPart = ({ trigger, conditions, lines }: Draft) => ({
  trigger, conditions, actions: lines.filter(({ action }) => isFinished(action)).map(({ action }) => action as Action),
});

export function moved<T extends { readonly id: string }>(items: readonly T[], id: string, to: number): T[] {
  const rest = items.filter((item) => item.id !== id);
  return [...rest.slice(0, to), ...items.filter((item) => item.id === id), ...rest.slice(to)];
}
