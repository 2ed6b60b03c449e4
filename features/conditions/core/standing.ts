import type { WorkingTime } from '../../calendars/core/working-time.ts';
import { AppError } from '../../../kernel/errors.ts';
import { type Condition, isTest, joinOf, minutesOf, type Node, type Operator, partsOf, type Span, type Test } from './condition.ts';
import type { Fields } from './fields.ts';
import { momentOf, type Moment } from './plan.ts';
import { toPredicate } from './predicate.ts';

/**
 * Whether a condition holds now, and the first moment, in milliseconds since 1970, at which time alone may change that while the
 * record stays as it is; `Infinity`: never. It may turn out the same then, and is asked again for the next moment.
 */
export type Standing = { readonly holds: boolean; readonly until: number };

/** `time` counts ages in working time; without it they are refused. */
export type Clocked = { readonly now: Date; readonly time?: WorkingTime };

const NEVER = Number.POSITIVE_INFINITY;

/** Of a condition that was kept: one that asks for what there is no more holds for nothing, for good. */
export function standingOf<R>(condition: Condition, fields: Fields<R>, clocked: Clocked, record: R): Standing {
  try {
    return nodeStanding(condition, fields, clocked, record);
  } catch (error) {
    if (error instanceof AppError) return { holds: false, until: NEVER };
    throw error;
  }
}

function nodeStanding<R>(node: Node, fields: Fields<R>, clocked: Clocked, record: R): Standing {
  if (isTest(node)) return { holds: toPredicate({ version: 1, all: [node] }, fields, momentAt(clocked))(record), until: turnsAt(node, fields, clocked, record) };
  const join = joinOf(node);
  const parts = partsOf(node).map((part) => nodeStanding(part, fields, clocked, record));
  // One that fails decides `all`, one that holds decides `any` and `none`: nothing turns before the last of these does.
  const deciding = parts.filter(({ holds }) => holds === (join !== 'all'));
  const isDecided = deciding.length > 0;
  const until = isDecided ? Math.max(...deciding.map((part) => part.until)) : Math.min(NEVER, ...parts.map((part) => part.until));
  return { holds: isDecided === (join === 'any'), until };
}

const momentAt = ({ now, time }: Clocked): Moment => (time ? momentOf(now, time) : { now });

type Asks = (at: number, ms: number, time: WorkingTime | undefined) => readonly number[];

/** The first milliseconds at which a test of a moment says something else than before. */
const TURNS: Partial<Record<Operator, Asks>> = {
  older_than: (at, ms) => [at + ms + 1],
  within_last: (at, ms) => [at, at + ms + 1],
  within_next: (at, ms) => [at - ms, at + 1],
  working_older_than: (at, ms, time) => [time?.add(new Date(at), (ms + 1) / 1000)?.due.getTime() ?? NEVER],
};

/** Whether a later moment may answer otherwise while the record stays as it is: what was compiled for an earlier one does not serve then. */
export const asksOfTime = (node: Node): boolean => (isTest(node) ? Object.hasOwn(TURNS, node.operator) : partsOf(node).some(asksOfTime));

function turnsAt<R>({ field: id, operator, value }: Test, fields: Fields<R>, { now, time }: Clocked, record: R): number {
  const turns = TURNS[operator];
  const at = turns && fields.get(id)?.read(record);
  if (!turns || !(at instanceof Date)) return NEVER;
  return Math.min(NEVER, ...turns(at.getTime(), minutesOf(value as Span) * 60_000, time).filter((moment) => moment > now.getTime()));
}
