import type { Query } from '../core/query.ts';
import { isUnfinished, withPart } from '../core/query.ts';

/** Of one word so many readings are tried. */
const MOST_TRIED = 3;

/** The words of a query that may be mistyped; a phrase is meant as it stands. */
export const mendable = ({ sought }: Query): string[] => sought.filter((one) => !one.isNot && !one.isPhrase && !isUnfinished(one)).map(({ text }) => text);

/** What was typed with its words mended, the nearest first: every word that can be is, and of the first of them the other readings are tried too. */
export function readings(typed: string, { sought }: Query, meant: ReadonlyMap<string, readonly string[]>): string[] {
  const parts = sought.filter((one) => !one.isNot && (meant.get(one.text)?.length ?? 0) > 0);
  const [first] = parts;
  if (!first) return [];
  const written = (nth: number): string => parts.toReversed().reduce((text, part) => withPart(text, part, meant.get(part.text)![part === first ? nth : 0]!), typed);
  return meant.get(first.text)!.slice(0, MOST_TRIED).map((_, nth) => written(nth));
}
