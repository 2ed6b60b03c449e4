import { type RawBuilder, sql } from 'kysely';
import { LETTERS, MARKS, PAIRS } from '../core/fold.ts';

const EXCHANGED = `[${LETTERS.from}${PAIRS.map(([one]) => one).join('')}]`;

/**
 * `core/fold.ts` in SQL. The collations are named, so that the database's own does not matter. Exchanging letters takes
 * longer than all the rest and is rarely needed, so it is asked first; `offset 0` keeps the planner from doing the rest twice.
 */
export function folded(text: RawBuilder<unknown>): RawBuilder<string> {
  const plain = sql<string>`regexp_replace(lower(normalize(${text}, NFKD) collate "und-x-icu") collate "C", ${MARKS}, '', 'g')`;
  const lettered = PAIRS.reduce((sofar, [one, two]) => sql<string>`replace(${sofar}, ${one}, ${two})`, sql<string>`translate(plain, ${LETTERS.from}, ${LETTERS.to})`);
  return sql<string>`(select case when plain ~ ${EXCHANGED} then ${lettered} else plain end from (select ${plain} as plain offset 0) as folding)`;
}
