/** A value as a PDF writes it: names keep their slash, references read `12 R`, strings are left out. */
export type Value = number | string | null | readonly Value[] | { readonly entries: ReadonlyMap<string, Value> };

const MOST_DEPTH = 30;
const SPACE = /[\s\u0000]*(?:%[^\r\n]*[\s\u0000]*)*/uy;

export const dictionaryOf = (value: Value): ReadonlyMap<string, Value> | null => (value !== null && typeof value === 'object' && 'entries' in value && value.entries instanceof Map ? value.entries : null);

function skip(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.exec(text);
  return Math.max(SPACE.lastIndex, at);
}

const NAME = /\/[^\s()<>[\]{}/%\u0000]*/uy;
const REF = /(\d{1,7})[ \r\n]{1,3}\d{1,5}[ \r\n]{1,3}R\b/uy;
const NUMBER = /[-+]?\d*\.?\d+/uy;
const WORD = /[A-Za-z]+/uy;
const HEX = /<[\da-fA-F\s]*>/uy;

const matched = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** Reads one value; nothing is refused, and every step goes on. */
export function valueAt(text: string, from: number, depth = 0): { value: Value; to: number } {
  const at = skip(text, from);
  if (depth > MOST_DEPTH || at >= text.length) return { value: null, to: text.length };
  if (text.startsWith('<<', at)) return dictAt(text, at + 2, depth);
  if (text[at] === '[') return arrayAt(text, at + 1, depth);
  if (text[at] === '(') return { value: null, to: stringEnd(text, at) };
  return plainAt(text, at);
}

function plainAt(text: string, at: number): { value: Value; to: number } {
  const name = matched(NAME, text, at);
  if (name) return { value: name[0], to: at + name[0].length };
  const ref = matched(REF, text, at);
  if (ref) return { value: `${ref[1]} R`, to: at + ref[0].length };
  const number = matched(NUMBER, text, at);
  if (number) return { value: Number(number[0]), to: at + number[0].length };
  const other = matched(HEX, text, at) ?? matched(WORD, text, at);
  return { value: null, to: at + (other ? other[0].length : 1) };
}

function dictAt(text: string, from: number, depth: number): { value: Value; to: number } {
  const entries = new Map<string, Value>();
  let at = skip(text, from);
  while (at < text.length && !text.startsWith('>>', at)) {
    const key = valueAt(text, at, depth + 1);
    at = skip(text, key.to);
    if (typeof key.value !== 'string' || !key.value.startsWith('/')) continue;
    if (text.startsWith('>>', at)) break;
    const { value, to } = valueAt(text, at, depth + 1);
    entries.set(key.value.slice(1), value);
    at = skip(text, to);
  }
  return { value: { entries }, to: at + 2 };
}

function arrayAt(text: string, from: number, depth: number): { value: Value; to: number } {
  const values: Value[] = [];
  let at = skip(text, from);
  while (at < text.length && text[at] !== ']') {
    const { value, to } = valueAt(text, at, depth + 1);
    values.push(value);
    at = skip(text, to);
  }
  return { value: values, to: at + 1 };
}

function stringEnd(text: string, from: number): number {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '(') open += 1;
    else if (text[at] === ')' && --open === 0) return at + 1;
  }
  return text.length;
}
