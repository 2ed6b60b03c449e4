import { OPERATORS, parseQuery, typedAt, withPart, written, type Operator, type Query } from './query.ts';
import { CHOICES, isChoosing } from './values.ts';

/** What could stand instead of the part that is being typed, and the whole query with it. */
export type Completion = { readonly operator: Operator; readonly value: string | null; readonly query: string };

const MOST = 8;

/** Names that operators take, as far as they are known here. */
export type Names = { readonly [O in 'assignee' | 'team' | 'tag']?: readonly string[] };

/** For the last part of what was typed: operators that begin so, or values of its operator. */
export function completions(typed: string, names: Names): Completion[] {
  const part = typedAt(typed, typed.length);
  if (!part) return [];
  const beginning = part.beginning.toLowerCase();
  const { operator } = part;
  if (operator === null) {
    return OPERATORS.filter((one) => beginning.length > 0 && one.startsWith(beginning)).map((one) => ({ operator: one, value: null, query: withPart(typed, part, `${one}:`) }));
  }
  const minus = typed[part.from] === '-' ? '-' : '';
  return valuesOf(operator, names).filter((value) => value.toLowerCase().includes(beginning) && value.toLowerCase() !== beginning).slice(0, MOST)
    .map((value) => ({ operator, value, query: `${withPart(typed, part, minus + written(operator, value))} ` }));
}

function valuesOf(operator: Operator, names: Names): readonly string[] {
  if (isChoosing(operator)) return CHOICES[operator];
  if (operator === 'before' || operator === 'after') return ['today', 'yesterday', '7d', '30d'];
  if (operator === 'assignee' || operator === 'team') return ['me', 'none', ...names[operator] ?? []];
  return operator === 'tag' ? names.tag ?? [] : [];
}

/** What is sought in texts, to be marked there. */
export const wordsToMark = (typed: string): string => wordsOf(parseQuery(typed));

/** What people and articles are sought by: operators are about tickets alone. */
export const wordsBesides = (typed: string): string => {
  const query = parseQuery(typed);
  return query.terms.length > 0 ? '' : wordsOf(query);
};

const wordsOf = ({ sought }: Query): string => sought.filter(({ isNot }) => !isNot).map(({ text }) => text).join(' ');

const MOST_RECENT = 8;

/** The latest first, each once. A query that is the beginning of the newest replaces it: somebody was still typing. */
export function withRecent(recent: readonly string[], typed: string): string[] {
  const now = typed.trim();
  if (now === '') return [...recent];
  const [latest = '', ...older] = recent;
  const rest = now.startsWith(latest) ? older : recent;
  return [now, ...rest.filter((one) => one !== now)].slice(0, MOST_RECENT);
}
