import { type RawBuilder, sql } from 'kysely';
import { LETTERS, MARKS, PAIRS } from '../core/fold.ts';

/** `core/fold.ts` in SQL. The collations are named, so that the database's own does not matter. */
export function folded(text: RawBuilder<unknown>): RawBuilder<string> {
  const plain = sql<string>`regexp_replace(lower(normalize(${text}, NFKD) collate "und-x-icu") collate "C", ${MARKS}, '', 'g')`;
  const lettered = sql<string>`translate(${plain}, ${LETTERS.from}, ${LETTERS.to})`;
  return PAIRS.reduce((sofar, [one, two]) => sql<string>`replace(${sofar}, ${one}, ${two})`, lettered);
}
