import { z } from 'zod';
import { Id } from '../../../kernel/contract.ts';

/** What stands where something was taken out; its length says nothing about what it was. */
export const BLACKED = '████';

const MIN_PASSAGE = 3;
const Passage = z.string().trim().min(MIN_PASSAGE).max(500);

/** POST /tickets/:id/entries/:entryId/redactions → 201: passages and files are gone for good, everywhere on the ticket. */
export const RedactionCreate = z.strictObject({
  passages: z.array(Passage).max(50).default([]), attachmentIds: z.array(Id).max(50).default([]), reason: z.string().trim().max(500).default(''),
}).refine((r) => r.passages.length + r.attachmentIds.length > 0, { message: 'Give passages or attachmentIds.' });
export type RedactionCreate = z.infer<typeof RedactionCreate>;
/** `unsearched`: files in which passages could not be looked for. */
export const RedactionView = z.object({ entries: z.int(), attachments: z.int(), unsearched: z.array(z.object({ id: Id, name: z.string() })) });
export type RedactionView = z.infer<typeof RedactionView>;

const DIGIT = '[0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]';
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0xff10];
/** What people and programs put between the digits of one number. */
const BETWEEN = '(?:%20|[\\s\u00a0.,/+\\-\u2010-\u2015\u00b7\u200b-\u200f\u00ad\u2060])';

function valueOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  return code - (ZEROS.find((zero) => code >= zero && code < zero + 10) ?? code);
}

export type Found = { readonly kind: 'card' | 'iban'; readonly text: string };

const RUN = new RegExp(`${DIGIT}(?:${BETWEEN}{0,2}${DIGIT}){12,}`, 'gu');
const GROUP = new RegExp(`${DIGIT}+`, 'gu');
const IBAN = /(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])/gu;
const MAX_LOOKED_AT = 200_000;

/** Probable numbers of payment cards (13 to 19 digits, by their check digit) and of bank accounts, each once. */
export function secretsIn(text: string): Found[] {
  const looked = text.slice(0, MAX_LOOKED_AT);
  const cards = [...looked.matchAll(RUN)].flatMap(([run]) => cardsIn(run)).map((one) => ({ kind: 'card' as const, text: one }));
  const ibans = [...looked.matchAll(IBAN)].filter(([one]) => isIban(one)).map(([one]) => ({ kind: 'iban' as const, text: one }));
  return [...new Map([...cards, ...ibans].map((found) => [found.text, found])).values()].slice(0, 50);
}

/** Cards begin and end where a group of digits does; other numbers may stand beside them. */
function cardsIn(run: string): string[] {
  const groups = [...run.matchAll(GROUP)].map((match) => ({ at: match.index, digits: [...match[0]].map(valueOf), end: match.index + match[0].length }));
  const found: string[] = [];
  for (let first = 0; first < groups.length; first++) {
    const last = endOfCard(groups, first);
    if (last === null) continue;
    found.push(run.slice(groups[first]!.at, groups[last]!.end));
    first = last;
  }
  return found;
}

function endOfCard(groups: readonly { digits: readonly number[] }[], first: number): number | null {
  const begin = groups[first]!.digits[0]!;
  // The first digit of cards that are in people's hands.
  if (begin < 2 || begin > 6) return null;
  const digits: number[] = [];
  for (let last = first; last < groups.length && digits.length < 19; last++) {
    digits.push(...groups[last]!.digits);
    if (digits.length >= 13 && digits.length <= 19 && isCard(digits)) return last;
  }
  return null;
}

/** The check digit (Luhn). */
function isCard(digits: readonly number[]): boolean {
  const sum = digits.toReversed().reduce((total, digit, at) => total + (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0);
  return sum % 10 === 0;
}

function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '');
  let rest = 0;
  for (const sign of plain.slice(4) + plain.slice(0, 4)) {
    const value = /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 55;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

export type Span = readonly [start: number, end: number];
/** Where in a text the passages stand, in order, none within another. */
export type Seek = (text: string) => Span[];

/** Numbers are found however they are grouped and in whichever digits; words whatever their case and spacing. */
export function seekerOf(passages: readonly string[]): Seek {
  const patterns = passages.map((passage) => passage.trim()).filter((passage) => passage.length >= MIN_PASSAGE).toSorted((a, b) => b.length - a.length).map(patternOf);
  if (patterns.length === 0) return () => [];
  const any = new RegExp(patterns.map((pattern) => `(?:${pattern})`).join('|'), 'giu');
  return (text) => [...text.matchAll(any)].map((match) => [match.index, match.index + match[0].length]);
}

const SEPARATORS = new RegExp(BETWEEN, 'gu');
const ANY_DIGIT = new RegExp(`^${DIGIT}$`, 'u');

function patternOf(passage: string): string {
  const bare = [...passage.replace(SEPARATORS, '')];
  const isNumber = bare.filter((sign) => ANY_DIGIT.test(sign)).length >= 6 && bare.every((sign) => ANY_DIGIT.test(sign) || /[a-z]/i.test(sign)) && bare.length <= 40;
  if (isNumber) return bare.map(signPattern).join(`${BETWEEN}{0,8}`);
  return passage.split(/\s+/u).map((word) => [...word].map(signPattern).join('')).join('\\s+');
}

function signPattern(sign: string): string {
  if (!ANY_DIGIT.test(sign)) return sign.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
  return `[${ZEROS.map((zero) => String.fromCodePoint(zero + valueOf(sign))).join('')}]`;
}

export function strike(text: string, seek: Seek): string {
  const spans = seek(text);
  if (spans.length === 0) return text;
  let struck = '';
  let from = 0;
  for (const [start, end] of spans) {
    struck += text.slice(from, start) + BLACKED;
    from = end;
  }
  return struck + text.slice(from);
}

/** The same in every text of a value as JSON has them; names of fields stay. */
export function strikeValue<T>(value: T, change: (text: string) => string): T {
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return change(one);
    if (Array.isArray(one)) return one.map(walk);
    if (one !== null && typeof one === 'object') return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, walk(inner)]));
    return one;
  };
  return walk(value) as T;
}
