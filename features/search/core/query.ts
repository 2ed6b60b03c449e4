/** What may stand before a colon. Everything else with a colon is a plain word. */
export const OPERATORS = ['from', 'to', 'assignee', 'team', 'tag', 'kind', 'status', 'channel', 'priority', 'has', 'before', 'after', 'number'] as const;
export type Operator = (typeof OPERATORS)[number];

export type Term = {
  readonly operator: Operator;
  /** As it was typed, without its quotes. */
  readonly value: string;
  readonly isNot: boolean;
  /** Where it stands in the query, its minus included. */
  readonly from: number;
  readonly to: number;
};

/** A word or a phrase that is sought, or that must not be there. */
export type Sought = { readonly text: string; readonly isPhrase: boolean; readonly isNot: boolean; readonly from: number; readonly to: number };

export type Query = { readonly sought: readonly Sought[]; readonly terms: readonly Term[] };

/** Beyond it nothing is read. */
export const MOST_TYPED = 500;
const MOST_PARTS = 32;

const isOperator = (word: string): word is Operator => (OPERATORS as readonly string[]).includes(word);

/** Straight and curly quotes, and those of our languages; each ends with any of them. */
const QUOTES = '"“”„«»';
const isQuote = (sign: string | undefined): boolean => sign !== undefined && QUOTES.includes(sign);
const isSpace = (sign: string | undefined): boolean => sign === undefined || /\s/u.test(sign);
const KEY = /^([a-z]{2,10}):/iu;

/** Reads what somebody typed. Nothing is refused: what is no operator is a word. `#123` is `number:123`. */
export function parseQuery(typed: string): Query {
  const text = typed.slice(0, MOST_TYPED);
  const sought: Sought[] = [];
  const terms: Term[] = [];
  for (let at = 0; at < text.length && sought.length + terms.length < MOST_PARTS;) {
    if (isSpace(text[at])) at += 1;
    else {
      const part = partAt(text, at);
      if ('operator' in part) terms.push(part);
      else if (part.text !== '') sought.push(part);
      at = part.to;
    }
  }
  return { sought, terms };
}

function partAt(text: string, from: number): Term | Sought {
  const isNot = text[from] === '-' && !isSpace(text[from + 1]);
  const begins = isNot ? from + 1 : from;
  const key = KEY.exec(text.slice(begins, begins + 12))?.[1]?.toLowerCase();
  if (key !== undefined && isOperator(key)) {
    const { value, to } = valueAt(text, begins + key.length + 1);
    if (value !== '') return { operator: key, value, isNot, from, to };
  }
  const { value, to, isQuoted } = valueAt(text, begins);
  if (!isQuoted && /^#\d{1,15}$/u.test(value)) return { operator: 'number', value: value.slice(1), isNot, from, to };
  return { text: value, isPhrase: isQuoted && /\s/u.test(value), isNot, from, to };
}

/** Up to the next space, or all that stands between quotes; a quote that does not end goes on to the end. */
function valueAt(text: string, from: number): { value: string; to: number; isQuoted: boolean } {
  if (isQuote(text[from])) {
    let to = from + 1;
    while (to < text.length && !isQuote(text[to])) to += 1;
    return { value: text.slice(from + 1, to).trim(), to: Math.min(to + 1, text.length), isQuoted: true };
  }
  let to = from;
  while (to < text.length && !isSpace(text[to])) to += 1;
  return { value: text.slice(from, to), to, isQuoted: false };
}

/** As it is typed again: what holds a space stands between quotes. */
export const written = (operator: Operator, value: string): string => `${operator}:${/[\s"]/u.test(value) ? `"${value.replaceAll('"', '')}"` : value}`;

/** The query with one part of it written otherwise. */
export const withPart = (typed: string, { from, to }: { readonly from: number; readonly to: number }, part: string): string => `${typed.slice(0, from)}${part}${typed.slice(to)}`;

/** What is being typed at this place: for completion. Null between parts. */
export function typedAt(typed: string, caret: number): { readonly operator: Operator | null; readonly beginning: string; readonly from: number; readonly to: number } | null {
  const { sought, terms } = parseQuery(typed);
  const term = terms.find(({ from, to }) => from < caret && caret <= to);
  if (term) return { operator: term.operator, beginning: term.value, from: term.from, to: term.to };
  const word = sought.find(({ from, to, isPhrase }) => !isPhrase && from < caret && caret <= to);
  if (!word) return null;
  const key = KEY.exec(word.text)?.[1]?.toLowerCase();
  const operator = key !== undefined && isOperator(key) && word.text.length === key.length + 1 ? key : null;
  return { operator, beginning: operator === null ? word.text : '', from: word.from, to: word.to };
}

/** An operator that has no value yet: somebody is still typing it. */
export const isUnfinished = ({ text }: Sought): boolean => text.endsWith(':') && isOperator(text.slice(0, -1).toLowerCase());
