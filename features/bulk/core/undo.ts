import type { TicketState } from '../../tickets/core/ticket.ts';

const FIELDS = ['status', 'priority', 'kind', 'teamId', 'assigneeId', 'brandId', 'officeId', 'slaPolicyId', 'queueChoice', 'tags'] as const;
type Field = (typeof FIELDS)[number];
type Values = { readonly [K in Field]?: TicketState[K] };

/** What was different before and after, and what was written besides. */
export type Trace = { readonly before: Values; readonly after: Values; readonly snoozedAt: string | null; readonly entryId: string | null; readonly approvalId: string | null };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const pick = (ticket: TicketState, fields: readonly Field[]): Values => Object.fromEntries(fields.map((field) => [field, ticket[field]]));

export function traceOf(before: TicketState, after: TicketState, written: Pick<Trace, 'entryId' | 'approvalId'>): Trace {
  const fields = FIELDS.filter((field) => !same(before[field], after[field]));
  const slept = after.snoozedAt !== null && !same(before.snoozedAt, after.snoozedAt);
  return { before: pick(before, fields), after: pick(after, fields), snoozedAt: slept ? after.snoozedAt!.toISOString() : null, ...written };
}

export const didNothing = ({ after, snoozedAt, entryId, approvalId }: Trace): boolean =>
  Object.keys(after).length === 0 && snoozedAt === null && entryId === null && approvalId === null;

type Back = { -readonly [K in Field]?: K extends 'status' ? Exclude<TicketState['status'], 'new'> : K extends 'tags' ? string[] : TicketState[K] };

/** What puts back every field that nobody has touched since; `kept`: somebody has. Nothing becomes new again. */
export function wayBack({ before, after }: Trace, now: TicketState): { readonly change: Back; readonly kept: boolean } {
  const fields = FIELDS.filter((field) => field in after);
  const untouched = fields.filter((field) => same(after[field], now[field]));
  const kept = fields.some((field) => !same(after[field], now[field]) && !same(before[field], now[field]));
  const change = Object.fromEntries(untouched.filter((field) => before[field] !== 'new').map((field) => [field, before[field]])) as Back;
  if (untouched.includes('status') && before.status === 'new') change.status = 'open';
  return { change, kept };
}
