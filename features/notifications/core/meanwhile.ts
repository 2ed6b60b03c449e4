import { z } from 'zod';
import { Id, pageOf, Timestamp } from '../../../kernel/contract.ts';
import type { Json } from '../../../kernel/json.ts';
import { Status } from '../../tickets/core/contract.ts';

export const HAPPENINGS = [
  'mentioned', 'wrote', 'answered', 'noted', 'spoke', 'resolved', 'reopened', 'taken', 'moved', 'merged_into', 'merged_from', 'sla_breached', 'commitment_kept', 'commitment_broken', 'commitment_moved', 'approved', 'returned',
  'deputised', 'given_back',
] as const;
export type Happening = (typeof HAPPENINGS)[number];

const Named = z.object({ id: Id, name: z.string() });
/**
 * GET /me/absences/:id/tickets: what happened on one's own tickets while one was away, the most urgent ticket first: what is late, whose customer waits, where one was named,
 * what is one's own, what others have, what is done. Own are those that one had or has, that went to a deputy, with promises of one's own, and where one was named or asked.
 */
export const MeanwhileTicket = z.object({
  ticket: z.object({ id: Id, number: z.int(), subject: z.string(), status: Status, customer: Named, assignee: Named.nullable(), waitingSince: Timestamp.nullable(), dueAt: Timestamp.nullable() }),
  /** The latest first; the same again is one, with the moment of the latest. */
  happenings: z.array(z.object({
    kind: z.enum(HAPPENINGS), /** Who did it; null for the program. */ by: z.string().nullable(), /** To whom it went. */ to: z.string().nullable(), /** Of the other ticket. */ number: z.int().nullable(),
    /** What was promised. */ text: z.string().nullable(), count: z.int(), at: Timestamp,
  })),
  /** So many are left out. */
  more: z.int(),
});
export type MeanwhileTicket = z.infer<typeof MeanwhileTicket>;
export const MeanwhilePage = pageOf(MeanwhileTicket);

type Data = { readonly [key: string]: Json | undefined };
export type PastEvent = { readonly seq: number; readonly type: string; readonly ticketId: string; readonly subjectId: string | null; readonly actor: { readonly kind: string; readonly id: string | null }; readonly data: Data; readonly at: Date };
export type Line = { readonly kind: Happening; readonly byId: string | null; readonly toId: string | null; readonly number: number | null; readonly text: string | null; readonly count: number; readonly at: Date };
type One = Pick<Line, 'kind'> & Partial<Pick<Line, 'toId' | 'number' | 'text'>>;

/** Whoever looks: their id, and the events that named them or a team of theirs. */
type Reader = { readonly id: string; readonly namedIn: ReadonlySet<number> };

const DONE: readonly Json[] = ['resolved', 'closed'];
const pair = (value: Json | undefined): readonly Json[] | null => (Array.isArray(value) && value.length === 2 ? value as readonly Json[] : null);
const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

function ofEntry({ seq, data, actor }: PastEvent, { namedIn }: Reader): One | null {
  if (data['automatic'] === true) return null;
  if (data['type'] === 'note') return { kind: namedIn.has(seq) ? 'mentioned' : 'noted' };
  if (data['type'] !== 'message') return { kind: 'spoke' };
  return { kind: data['direction'] === 'in' || actor.kind === 'customer' ? 'wrote' : 'answered' };
}

function ofChange({ data, actor }: PastEvent): One | null {
  const status = pair(data['status']);
  if (status && DONE.includes(status[0]!) !== DONE.includes(status[1]!)) return { kind: DONE.includes(status[1]!) ? 'resolved' : 'reopened' };
  const assignee = pair(data['assigneeId']);
  // What sharing out gives is told by its own events.
  if (!assignee || actor.kind !== 'person') return null;
  const toId = text(assignee[1]!);
  return toId === actor.id ? { kind: 'taken' } : { kind: 'moved', toId };
}

const promise = (kind: 'commitment_kept' | 'commitment_broken' | 'commitment_moved') => ({ data }: PastEvent): One => ({ kind, text: text(data['what']) });
const number = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);
const fromThem = (kind: 'deputised' | 'given_back') => ({ data }: PastEvent, { id }: Reader): One | null => (data['fromId'] === id ? { kind, toId: text(data['personId']) } : null);

const RULES: Readonly<Record<string, (event: PastEvent, reader: Reader) => One | null>> = {
  'entry.added': ofEntry,
  'ticket.changed': ofChange,
  'ticket.merged': ({ ticketId, data }) => (data['sourceId'] === ticketId ? { kind: 'merged_into', number: number(data['target']) } : { kind: 'merged_from', number: number(data['source']) }),
  'sla.breached': () => ({ kind: 'sla_breached' }),
  'commitment.kept': promise('commitment_kept'), 'commitment.broken': promise('commitment_broken'), 'commitment.renegotiated': promise('commitment_moved'),
  'approval.approved': () => ({ kind: 'approved' }), 'approval.returned': () => ({ kind: 'returned' }),
  'routing.deputised': fromThem('deputised'), 'routing.returned': fromThem('given_back'),
};
/** What was taken back did not happen. */
const TAKEN_BACK = 'entry.withdrawn';
export const READ: readonly string[] = [...Object.keys(RULES), TAKEN_BACK];

const isSame = (a: Line, b: Line): boolean => a.kind === b.kind && a.byId === b.byId && a.toId === b.toId && a.number === b.number && a.text === b.text;

/** Only where it went is no news of a ticket. */
export const isNews = ({ kind }: Pick<Line, 'kind'>): boolean => kind !== 'deputised' && kind !== 'given_back';

/** Of one ticket: what others did and time brought, the latest first. */
export function linesOf(events: readonly PastEvent[], reader: Reader): Line[] {
  const gone = new Set(events.filter(({ type }) => type === TAKEN_BACK).map(({ subjectId }) => subjectId));
  const lines: Line[] = [];
  for (const event of events.toSorted((a, b) => b.seq - a.seq)) {
    if (event.actor.id === reader.id || (event.type === 'entry.added' && gone.has(event.subjectId))) continue;
    const one = RULES[event.type]?.(event, reader);
    if (!one) continue;
    const line: Line = { toId: null, number: null, text: null, ...one, byId: event.actor.id, count: 1, at: event.at };
    const last = lines.at(-1);
    if (last && isSame(last, line)) lines[lines.length - 1] = { ...last, count: last.count + 1 };
    else lines.push(line);
  }
  return lines;
}
