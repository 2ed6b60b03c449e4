import { type Condition, type Group, groupOf, isTest, joinOf, minutesOf, type Node, partsOf, type Span, type Test } from '../../conditions/core/condition.ts';
import { asksForChange } from '../../conditions/core/fields.ts';
import { attributeOf, toldAs } from '../../fields/core/attributes.ts';
import type { Ageing } from '../../tickets/core/automatic.ts';
import { constant } from './constant.ts';
import { HOURS, isOfEvent, needsWords, type RuleRecord } from './fields.ts';

/** What is asked inside a condition, wherever it stands. */
export const testsOf = (node: Node): Test[] => (isTest(node) ? [node] : partsOf(node).flatMap(testsOf));

export const asksForWords = (condition: Condition): boolean => testsOf(condition).some(({ field }) => needsWords(field));
export const asksForHours = (condition: Condition): boolean => testsOf(condition).some(({ field }) => field === HOURS);

const RELATIVE: readonly string[] = ['older_than', 'working_older_than', 'within_last', 'within_next'];
/** Whether what it says depends on the moment. */
export const asksForMoment = (condition: Condition): boolean => testsOf(condition).some(({ operator }) => RELATIVE.includes(operator));

/** An age that a ticket comes of: when it does, what the condition says may change. */
export type Age = { readonly field: Ageing; readonly seconds: number; readonly isWorking: boolean };

const AGES: readonly string[] = ['older_than', 'working_older_than', 'within_last'];
/** Days that somebody filled in are no ages: a ticket comes of none by them, and they are asked like everything else. */
const isAge = ({ field, operator }: Test): boolean => AGES.includes(operator) && attributeOf(field) === null;
const isWorking = ({ operator }: Test): boolean => operator === 'working_older_than';

/** Also of one that is still being built, as the others that ask. */
export const asksForAge = (condition: Condition): boolean => testsOf(condition).some(isAge);
export const asksForWorkingTime = (condition: Condition): boolean => testsOf(condition).some(isWorking);

/** Whether it can say another thing for tickets that keep other hours. */
export const asksForOwnHours = (condition: Condition): boolean => asksForHours(condition) || asksForWorkingTime(condition);

export function agesOf(condition: Condition): Age[] {
  const all = testsOf(condition).filter(isAge)
    .map((test): Age => ({ field: test.field as Ageing, seconds: minutesOf(test.value as Span) * 60, isWorking: isWorking(test) }));
  return [...new Map(all.map((age) => [`${age.field} ${age.seconds} ${age.isWorking}`, age])).values()];
}

/** Of one ticket, which ages it is about: the same moments are the same cause, whoever notices. */
export function ageCause(ages: readonly Age[], ticket: RuleRecord | { readonly [K in Ageing]: Date | null }): string {
  const fields = [...new Set(ages.map(({ field }) => field))].sort();
  return `age:${fields.map((field) => `${field}=${ticket[field]?.toISOString() ?? ''}`).join(',')}`;
}

/**
 * Whether an event can make the condition true at all, told from the fields that it changed: what must have changed did not.
 * Only tests that must hold are looked at, so that a no is certain.
 */
export function mayHold(condition: Condition, changed: ReadonlySet<string>): boolean {
  return required(condition).every(({ field, operator }) => !asksForChange(operator) || changed.has(toldAs(field)));
}

const required = (node: Node): Test[] => (isTest(node) ? [node] : joinOf(node) === 'all' ? partsOf(node).flatMap(required) : []);

/** Whether the hours are asked for only where they must hold: then a rule on time can wait for them. */
export function hoursWanted(condition: Condition): 'inside' | 'outside' | 'any' | 'nested' {
  const tests = partsOf(condition).filter((part): part is Test => isTest(part) && part.field === HOURS);
  if (testsOf(condition).filter(({ field }) => field === HOURS).length > tests.length || (tests.length > 0 && joinOf(condition) !== 'all') || tests.length > 1) return 'nested';
  const [test] = tests;
  if (!test) return 'any';
  return (test.operator === 'is') === (test.value === true) ? 'inside' : 'outside';
}

/** The condition for a list of tickets, with the hours as they are, and what only an event can tell taken to hold. */
export function forLists(condition: Condition, insideHours: boolean): { condition: Condition; assumed: Test[] } {
  const assumed: Test[] = [];
  const keep = (node: Node): Node | null => {
    if (!isTest(node)) return keepGroup(node);
    if (isOfEvent(node.field) || asksForChange(node.operator)) {
      assumed.push(node);
      return null;
    }
    return node.field === HOURS ? constant(hoursHold(node, insideHours)) : node;
  };
  /** Where one of several would do, not knowing one means that all may hold. */
  const keepGroup = (group: Group): Group | null => {
    const [join, parts] = [joinOf(group), partsOf(group)];
    const kept = parts.map(keep).filter((part): part is Node => part !== null);
    return join === 'any' && kept.length < parts.length ? null : kept.length === 0 && parts.length > 0 ? null : groupOf(join, kept);
  };
  return { condition: { version: 1, ...(keepGroup(condition) ?? { all: [] }) }, assumed };
}

function hoursHold({ operator, value }: Test, insideHours: boolean): boolean {
  if (operator === 'present') return true;
  if (operator === 'empty') return false;
  return (operator === 'is') === (value === insideHours);
}

/** Whether it can hold at this hour, whatever else is so. */
export function hoursAllow(condition: Condition, insideHours: boolean): boolean {
  const known = (node: Node): boolean | null => {
    if (isTest(node)) return node.field === HOURS ? hoursHold(node, insideHours) : null;
    const [join, parts] = [joinOf(node), partsOf(node).map(known)];
    // One is enough to decide: a no of all, a yes of any and none.
    const deciding = join !== 'all';
    const value = parts.includes(deciding) ? deciding : parts.includes(null) ? null : !deciding;
    return join === 'none' && value !== null ? !value : value;
  };
  return known(condition) !== false;
}

/** The tests that hold, for the log: of what must hold all, of alternatives those that did. */
export function heldTests(node: Node, holds: (test: Test) => boolean): Test[] {
  if (isTest(node)) return holds(node) ? [node] : [];
  return joinOf(node) === 'none' ? [] : partsOf(node).flatMap((part) => heldTests(part, holds));
}

/** For one test by itself. */
export const onlyTest = (test: Test): Condition => ({ version: 1, all: [test] });

/** With the team whose tickets are all that the rule sees. */
export const scoped = ({ conditions, teamId = null }: { readonly conditions: Condition; readonly teamId?: string | null }): Condition =>
  (teamId === null ? conditions : { version: 1, all: [{ field: 'team', operator: 'is', value: teamId }, groupOf(joinOf(conditions), partsOf(conditions))] });
