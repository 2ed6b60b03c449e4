import { boundariesIn, fieldsOf, headLength } from './fields.ts';

const MAX_PARTS = 1_000;
const MAX_GROUPS = 200;
const MAX_BOUNDARIES = 5_000;
const MAX_CONTINUATIONS = 1_000;
const MAX_DEPTH = 45;
/** Base64 of 50 MB has half as many. */
const MAX_LINES = 1_500_000;
const MAX_HEAD = 512 * 1024;
const MAX_FIELD = 64 * 1024;
const MAX_WORDS_FIELD = 16 * 1024;
const MAX_FIELD_LINES = 2_000;
const MAX_BRIEF = 256 * 1024;
const MAX_BOUNDARY_LINE = 300;
const LF = 0x0a;

export type Readable = { readonly raw: Buffer; readonly isCut: boolean };

/**
 * As much of a message as can be taken apart in reasonable time: its head with what is endless in it shortened, and its
 * body up to where it becomes too intricate. Linear in its bytes.
 */
export function withinCaps({ raw: message }: Readable): Readable {
  const raw = message.subarray(0, afterLines(message));
  const end = headLength(raw);
  const head = withinHeadCaps(raw.subarray(0, end));
  const text = raw.toString('latin1', end);
  const cut = Math.min(afterParts(raw, end, text), end + (afterContinuations(text) ?? text.length));
  if (head === null && cut >= raw.length) return { raw, isCut: raw.length < message.length };
  return { raw: Buffer.concat([head ?? raw.subarray(0, end), raw.subarray(end, cut)]), isCut: true };
}

/** The same up to the part that lies too deep. */
export function withinDepth({ raw }: Readable): Readable {
  const end = headLength(raw);
  const last = [...boundariesIn(raw.toString('latin1', end), MAX_DEPTH)].at(-1);
  return { raw: raw.subarray(0, last === undefined ? end + MAX_BRIEF : end + last.at), isCut: true };
}

/** Who wrote it, what it is called, and how it begins, as one plain text. */
export function inBrief({ raw }: Readable): Readable {
  const end = headLength(raw);
  const fields = fieldsOf(raw.toString('latin1', 0, end).trimEnd()).filter((field) => BRIEFLY.test(field)).slice(0, 50).map((field) => field.slice(0, MAX_FIELD / 16));
  return { raw: Buffer.concat([Buffer.from(`${fields.join('\r\n')}\r\n\r\n`, 'latin1'), raw.subarray(end, end + MAX_BRIEF)]), isCut: true };
}

const BRIEFLY = /^(?:from|sender|reply-to|to|cc|subject|date|message-id|in-reply-to|auto-submitted|return-path|list-id|precedence)[ \t]{0,9}:/i;

function afterLines(raw: Buffer): number {
  let lines = 0;
  for (let at = raw.indexOf(LF); at !== -1; at = raw.indexOf(LF, at + 1)) {
    lines += 1;
    if (lines >= MAX_LINES) return at + 1;
  }
  return raw.length;
}

/** Null when nothing is to be shortened. */
function withinHeadCaps(head: Buffer): Buffer | null {
  const fields = fieldsOf(head.toString('latin1').trimEnd());
  let size = 0;
  const kept: string[] = [];
  for (const field of fields) {
    const short = shortField(field);
    // What says who wrote to whom may stand behind a thousand others.
    if (size + short.length <= MAX_HEAD || (BRIEFLY.test(short) && size + short.length <= 2 * MAX_HEAD - MAX_FIELD)) {
      kept.push(short);
      size += short.length;
    }
  }
  if (kept.length === fields.length && kept.every((field, i) => field === fields[i])) return null;
  return Buffer.from(`${kept.join('\r\n')}\r\n\r\n`, 'latin1');
}

function shortField(field: string): string {
  const lines = field.length > MAX_FIELD_LINES ? field.split('\n', MAX_FIELD_LINES + 1) : [];
  const few = lines.length > MAX_FIELD_LINES ? lines.slice(0, MAX_FIELD_LINES).join('\n') : field;
  const max = /^(?:subject|from|sender|reply-to)[ \t]*:/i.test(few) ? MAX_WORDS_FIELD : MAX_FIELD;
  const short = few.length > max ? few.slice(0, few.lastIndexOf(',', max) + 1 || max) : few;
  const storm = afterContinuations(short) ?? short.length;
  return short.slice(0, Math.min(storm, /^(?:from|sender|reply-to|to|cc|bcc)[ \t]*:/i.test(short) ? afterGroups(short) : storm)).trimEnd();
}

/** Groups of addresses (`friends: …;`) inside each other. */
function afterGroups(field: string): number {
  const pieces = field.split(':', MAX_GROUPS + 2);
  return pieces.length > MAX_GROUPS + 1 ? pieces.slice(0, MAX_GROUPS).join(':').length : field.length;
}

/** RFC 2231 pieces of one parameter, as in `filename*17*=`: where there are too many. */
function afterContinuations(text: string): number | null {
  let count = 0;
  for (const piece of text.matchAll(/[;\s][a-z-]{1,30}\*\d{1,6}\*?=/gi)) {
    count += 1;
    if (count > MAX_CONTINUATIONS) return piece.index;
  }
  return null;
}

/** Where the part begins that is one too many. */
function afterParts(raw: Buffer, end: number, body: string): number {
  const boundaries = new Set<string>();
  for (const text of [raw.toString('latin1', 0, end), body]) {
    for (const { name } of boundariesIn(text)) {
      if (boundaries.size >= MAX_BOUNDARIES) break;
      boundaries.add(name);
    }
  }
  let parts = 0;
  if (boundaries.size === 0) return raw.length;
  for (let at = raw.indexOf('\n--', Math.max(end - 1, 0)); at !== -1; at = raw.indexOf('\n--', at + 3)) {
    const stop = raw.indexOf(LF, at + 3);
    const name = raw.toString('latin1', at + 3, Math.min(stop === -1 ? raw.length : stop, at + 3 + MAX_BOUNDARY_LINE)).trimEnd();
    if (boundaries.has(name)) parts += 1;
    if (parts > MAX_PARTS) return at + 1;
  }
  return raw.length;
}
