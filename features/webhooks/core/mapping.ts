import { MailAddress } from '../../../kernel/contract.ts';
import { phoneIdentity } from '../../customers/core/identity.ts';
import { PRIORITIES } from '../../tickets/core/contract.ts';
import { uniqueTags } from '../../tickets/core/ticket.ts';
import { filled } from './template.ts';

export const MAKES = ['ticket', 'note'] as const;
export type Makes = (typeof MAKES)[number];
/** Texts with places for parts of what comes in. */
export const MAPPED_FIELDS = ['subject', 'text', 'email', 'phone', 'name', 'ticketNumber', 'priority', 'tags', 'id'] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];
export type Mapping = { readonly [field in MappedField]?: string | undefined };
/** What one can do without is left out; without the rest nothing is made. */
export type MappingProblem = { readonly field: MappedField; readonly code: 'missing' | 'malformed'; readonly isFatal: boolean };

export type Mapped = {
  readonly subject: string; readonly text: string; readonly name: string; readonly email: string | null; readonly phone: string | null;
  readonly ticketNumber: number | null; readonly priority: (typeof PRIORITIES)[number] | null; readonly tags: readonly string[];
  /** The caller's own id of it. */
  readonly id: string | null;
};

const MOST: Readonly<Record<MappedField, number>> = { subject: 500, text: 100_000, email: 320, phone: 40, name: 300, ticketNumber: 20, priority: 20, tags: 500, id: 255 };
const MAX_TAGS = 10;
const MAX_TAG = 50;
/** Text on one line. */
const onOneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** What becomes of a call. It only says what stands there: whether anybody is who they are said to be, it cannot know. */
export function applied(makes: Makes, mapping: Mapping, payload: unknown): { mapped: Mapped; problems: MappingProblem[] } {
  const problems: MappingProblem[] = [];
  const get = (field: MappedField): string => {
    const text = filled(mapping[field] ?? '', payload, MOST[field]);
    return field === 'text' ? text : onOneLine(text);
  };
  /** What is written there, when it can be read as what it has to be. */
  const read = <T>(field: MappedField, reader: (text: string) => T | null, isFatal: boolean): T | null => {
    const text = get(field);
    const value = text === '' ? null : reader(text);
    if (text !== '' && value === null) problems.push({ field, code: 'malformed', isFatal });
    return value;
  };
  const isTicket = makes === 'ticket';
  const mapped: Mapped = {
    subject: get('subject'), text: get('text'), name: get('name'), id: get('id') || null,
    email: isTicket ? read('email', (text) => MailAddress.safeParse(text).data ?? null, false) : null,
    phone: isTicket ? read('phone', (text) => (phoneIdentity(text) === null ? null : text), false) : null,
    ticketNumber: isTicket ? null : read('ticketNumber', (text) => (/^#?[1-9]\d{0,14}$/.test(text) ? Number(text.replace('#', '')) : null), true),
    priority: isTicket ? read('priority', (text) => PRIORITIES.find((one) => one === text.toLowerCase()) ?? null, false) : null,
    tags: isTicket ? uniqueTags(get('tags').split(',').map((tag) => tag.trim().slice(0, MAX_TAG))).slice(0, MAX_TAGS) : [],
  };
  const missing = (field: MappedField, isThere: boolean): void => {
    if (!isThere && !problems.some((one) => one.field === field && one.isFatal)) problems.push({ field, code: 'missing', isFatal: true });
  };
  missing('text', mapped.text !== '');
  if (isTicket) missing('subject', mapped.subject !== '');
  if (isTicket) missing('email', mapped.email !== null || mapped.phone !== null);
  else missing('ticketNumber', mapped.ticketNumber !== null);
  return { mapped, problems };
}
