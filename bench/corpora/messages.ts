import { createHash } from 'node:crypto';
import type { ParsedMail, Parser } from '../../platform/mail/parser.ts';
import type { Specimen } from './files.ts';
import type { Score } from './score.ts';

type Header = { readonly name: string; readonly value: unknown };
type Part = { readonly headers: readonly Header[]; readonly body: Readonly<Record<string, unknown>> | string };
/** A message as other readers of mail write it down; bodies and attachments are numbers of parts. */
type Parsed = { readonly parts: readonly Part[]; readonly text_body: readonly number[]; readonly attachments: readonly number[] };

/** Read at all; and, where somebody else has read it before, the same in every field. */
export async function judgeMessage({ file, raw, expected }: Specimen, parser: Pick<Parser, 'parse'>, score: Score): Promise<void> {
  const result = await parser.parse(raw);
  score.count('messages read', file, 'mail' in result, () => ('error' in result ? result.error : ''));
  if (!('mail' in result) || expected === null) return;
  const parsed = JSON.parse(expected.text) as Partial<Parsed>;
  if (!Array.isArray(parsed.parts)) return;
  const fields = fieldsOf(parsed as Parsed, result.mail);
  for (const [name, { want, came }] of Object.entries(fields)) {
    score.count(`messages: ${name}`, file, isSame(want, came), () => `expected\n${want.slice(0, 700)}\nbut came\n${came.slice(0, 700)}`);
  }
  score.count('messages right in every field', file, Object.values(fields).every(({ want, came }) => isSame(want, came)));
}

/** What the other reader could not read itself, a character that stands for "unknown", is nobody's expectation. */
function isSame(want: string, came: string): boolean {
  if (!want.includes('\ufffd')) return want === came;
  const [first = '', ...others] = want.split(/\ufffd+/);
  let at = first.length;
  return came.startsWith(first) && came.endsWith(others.at(-1) ?? '') && others.every((piece) => {
    const found = came.indexOf(piece, at);
    at = found + piece.length;
    return found !== -1;
  });
}

type Field = { readonly want: string; readonly came: string };

function fieldsOf(parsed: Parsed, mail: ParsedMail): Record<string, Field> {
  const [root] = parsed.parts;
  const bodies = parsed.text_body.map((at) => textIn(bodyOf(parsed, at), 'Text'));
  const text = bodies.length > 0 && bodies.every((body) => body !== null) ? bodies.join('\n') : null;
  const said: Record<string, { want: string | null; came: string }> = {
    subject: { want: root ? textIn(headerOf(root, 'subject'), 'Text') : null, came: mail.subject },
    from: { want: root ? addressIn(headerOf(root, 'from')) : null, came: mail.from?.address ?? '' },
    date: { want: root ? dateIn(headerOf(root, 'date')) : null, came: mail.date ?? '' },
    text: { want: text, came: mail.body },
  };
  const known = Object.entries(said).flatMap(([name, { want, came }]) => (want === null ? [] : [[name, { want: even(want), came: even(came) }] as const]));
  return { ...attachmentsIn(parsed, mail), ...Object.fromEntries(known) };
}

/** What is known of each attachment; for want of a name we make one up, which is nobody's expectation. */
function attachmentsIn(parsed: Parsed, mail: ParsedMail): Record<string, Field> {
  const wanted = parsed.attachments.flatMap((at) => fileOf(parsed, at));
  const came = mail.attachments.map(({ name, bytes, sha256 }) => ({ name, size: String(bytes.length), sha256 }));
  const fields: Record<string, Field> = {};
  for (const key of ['name', 'size', 'sha256'] as const) {
    if (!wanted.some((file) => file[key] !== null)) continue;
    const isAsked = (at: number): boolean => wanted.length !== came.length || wanted[at]?.[key] !== null;
    fields[`attachments, ${key}`] = {
      want: inOrder(wanted.flatMap((file) => file[key] ?? [])), came: inOrder(came.flatMap((file, at) => (isAsked(at) ? [file[key]] : []))),
    };
  }
  return fields;
}

const inOrder = (values: readonly string[]): string => values.toSorted((a, b) => (a < b ? -1 : 1)).join('\n');

function fileOf(parsed: Parsed, at: number): { name: string | null; size: string | null; sha256: string | null }[] {
  const part = parsed.parts[at];
  const body = bodyOf(parsed, at);
  if (!part) return [];
  const bytes = typeof body === 'object' && body !== null && 'Binary' in body && Array.isArray(body.Binary) ? Buffer.from(body.Binary as number[]) : null;
  const name = attribute(headerOf(part, 'content_disposition'), 'filename') ?? attribute(headerOf(part, 'content_type'), 'name');
  // Folders in a name are left out.
  return [{ name: name?.split(/[\\/]/).at(-1) ?? null, size: bytes && String(bytes.length), sha256: bytes && createHash('sha256').update(bytes).digest('hex') }];
}

const bodyOf = (parsed: Parsed, at: number): unknown => parsed.parts[at]?.body;
/** The last of them counts. */
const headerOf = (part: Part, name: string): unknown => part.headers.findLast((header) => header.name === name)?.value;

function textIn(value: unknown, key: string): string | null {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : null;
  return typeof found === 'string' ? found : null;
}

function addressIn(value: unknown): string | null {
  const list = (value as { Address?: { List?: { address?: string | null }[] } } | undefined)?.Address?.List;
  const address = list?.[0]?.address;
  return address?.includes('@') ? address : null;
}

type Told = Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'tz_hour' | 'tz_minute', number>> & { readonly tz_before_gmt: boolean };

function dateIn(value: unknown): string | null {
  const told = (value as { DateTime?: Told } | undefined)?.DateTime;
  if (!told) return null;
  const offset = (told.tz_hour * 60 + told.tz_minute) * (told.tz_before_gmt ? -1 : 1);
  const at = new Date(Date.UTC(told.year, told.month - 1, told.day, told.hour, told.minute - offset, told.second));
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

function attribute(value: unknown, name: string): string | null {
  const attributes = (value as { ContentType?: { attributes?: { name: string; value: string }[] | null } } | undefined)?.ContentType?.attributes;
  return attributes?.find((one) => one.name === name)?.value ?? null;
}

const even = (text: string): string => text.replace(/\s+/gu, ' ').trim();
