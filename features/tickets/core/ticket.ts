import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { FieldValue, FieldValues } from '../../fields/core/types.ts';
import { toldChanges } from '../../fields/core/values.ts';
import type { CHANNELS, KINDS, PRIORITIES, Status } from './contract.ts';

export type TicketState = {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
  readonly status: Status;
  /** Kept by whoever saves the ticket. */
  readonly statusSince: Date;
  readonly priority: (typeof PRIORITIES)[number];
  readonly kind: (typeof KINDS)[number];
  readonly channel: (typeof CHANNELS)[number];
  readonly customerId: string;
  /** Whose it would be if their records had not been merged; null: the same. */
  readonly homeId: string | null;
  /** What one has to know of them (`features/customers/core/flags.ts`). Follows the customer, not the ticket. */
  readonly customerFlags: readonly string[];
  /** For which company it is. */
  readonly companyId: string | null;
  /** Whether that is a key account; null without a company. Follows the company, not the ticket. */
  readonly isKeyAccount: boolean | null;
  /** Its company's other people do not see it. */
  readonly isPrivate: boolean;
  readonly assigneeId: string | null;
  /** Who hears of it besides. */
  readonly followerIds: readonly string[];
  readonly teamId: string | null;
  readonly mailboxId: string | null;
  /** By which brand it came; null: nothing is known of that. */
  readonly brandId: string | null;
  /** Where it is dealt with. Goes with its team, unless a person has said another. */
  readonly officeId: string | null;
  /** The policy that was set for it, whatever the conditions say; null: by the conditions. */
  readonly slaPolicyId: string | null;
  /** The queue into which it was put, `none` for none at all; null: by the conditions. */
  readonly queueChoice: string | null;
  readonly language: Language | null;
  readonly languageFixed: boolean;
  readonly tags: readonly string[];
  /** The workspace's own fields. */
  readonly fields: FieldValues;
  readonly snippet: string;
  /** The oldest customer message that nobody has answered. */
  readonly waitingSince: Date | null;
  /** The last message of either side; notes and rules do not move it. */
  readonly lastMessageAt: Date;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly resolvedAt: Date | null;
  readonly closedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly deletedBy: string | null;
  /** Deleted because it was spam. */
  readonly spamAt: Date | null;
  readonly mergedInto: string | null;
  /** Set aside since then: until `snoozedUntil`, or until the ticket `wakesOn` is done; without either until the customer writes, which always ends it. */
  readonly snoozedAt: Date | null;
  readonly snoozedUntil: Date | null;
  readonly snoozedBy: string | null;
  readonly wakesOn: string | null;
  /** When it came back from being set aside by itself. */
  readonly wokenAt: Date | null;
};

export const AWAKE = { snoozedAt: null, snoozedUntil: null, snoozedBy: null, wakesOn: null } as const;

const AFTER_ALL_WAITING = 8e15;

/** The usual order, ascending: first who waits, the longest first; then the rest, the latest first. Below 2^53. */
export const queueOrder = (ticket: Pick<TicketState, 'waitingSince' | 'lastMessageAt'>): number =>
  ticket.waitingSince ? ticket.waitingSince.getTime() : AFTER_ALL_WAITING - ticket.lastMessageAt.getTime();

const SNIPPET = 160;

/** One line of the last words, for the list. */
export const snippetOf = (text: string): string => text.slice(0, 2000).replace(/\s+/g, ' ').trim().slice(0, SNIPPET);

export const isResolved = (status: Status) => status === 'resolved' || status === 'closed';

/** Moves to another status; what belongs to being resolved follows. */
function withStatus(ticket: TicketState, status: Status, at: Date): TicketState {
  if (status === ticket.status) return ticket;
  if (ticket.status === 'closed') {
    throw new AppError('conflict', 'ticket.closed', 'A closed ticket stays closed; write a new one that refers to it.');
  }
  const resolved = isResolved(status);
  return { ...ticket, status, ...(status !== 'scheduled' && AWAKE), resolvedAt: resolved ? (ticket.resolvedAt ?? at) : null, closedAt: status === 'closed' ? at : null, waitingSince: resolved ? null : ticket.waitingSince };
}

const DAY_MS = 24 * 3_600_000;

/** Whether an answer that comes now belongs on the ticket itself; otherwise it begins one that is linked to it. */
export function takesAnswers(ticket: Pick<TicketState, 'status' | 'resolvedAt'>, reopenDays: number, at: Date): boolean {
  if (ticket.status === 'closed') return false;
  return ticket.status !== 'resolved' || ticket.resolvedAt === null || at.getTime() - ticket.resolvedAt.getTime() <= reopenDays * DAY_MS;
}

/** A message of the customer. Robots' mail (`automatic`) is kept, but makes nobody wait and reopens nothing. */
export function customerWrote(ticket: TicketState, { text, automatic, at }: { text: string; automatic: boolean; at: Date }): TicketState {
  if (automatic) return { ...ticket, updatedAt: at };
  const status = ticket.status === 'new' ? 'new' : 'open';
  return {
    ...withStatus(ticket, status, at), wokenAt: ticket.snoozedAt ? at : ticket.wokenAt, waitingSince: ticket.waitingSince ?? at, lastMessageAt: at, snippet: snippetOf(text), updatedAt: at,
  };
}

/** A message after which nobody waits: it is the last word, and the ticket stays as it is. */
export const customerThanked = (ticket: TicketState, { text, at }: { text: string; at: Date }): TicketState =>
  ({ ...ticket, lastMessageAt: at, snippet: snippetOf(text), updatedAt: at });

/** A public reply of a person: nobody waits any more, and an unassigned ticket becomes the writer's. */
export function personReplied(ticket: TicketState, { text, by, status, at }: { text: string; by: string; status: Status | undefined; at: Date }): TicketState {
  const next = withStatus(ticket, status ?? (isResolved(ticket.status) ? ticket.status : 'waiting_customer'), at);
  return { ...next, assigneeId: ticket.assigneeId ?? by, waitingSince: null, lastMessageAt: at, snippet: snippetOf(text), updatedAt: at };
}

/** Out of sight until it wakes; what pauses while a ticket is planned pauses. */
export function snoozeTicket(ticket: TicketState, { until, ticketId, by }: { until: Date | null; ticketId: string | null; by: string | null }, at: Date): TicketState {
  if (isResolved(ticket.status)) throw new AppError('conflict', 'snooze.done', 'What is done needs no setting aside; open it again first.');
  if (until && until <= at) throw new AppError('invalid', 'snooze.in_the_past', 'until has to lie in the future.');
  return { ...withStatus(ticket, 'scheduled', at), snoozedAt: at, snoozedUntil: until, snoozedBy: by, wakesOn: ticketId, wokenAt: null, updatedAt: at };
}

/** Back among what is to be done. */
export const wakeTicket = (ticket: TicketState, at: Date, byItself: boolean): TicketState =>
  ({ ...withStatus(ticket, 'open', at), wokenAt: byItself ? at : null, updatedAt: at });

export type TicketChange = {
  readonly [K in 'subject' | 'status' | 'priority' | 'kind' | 'assigneeId' | 'teamId' | 'customerId' | 'companyId' | 'isPrivate' | 'brandId' | 'officeId' | 'slaPolicyId' | 'queueChoice' | 'language' | 'tags' | 'fields']?: TicketState[K] | undefined;
};

/** What a person changes by hand. Taking or giving a new ticket opens it. */
export function changeTicket(ticket: TicketState, change: TicketChange, at: Date): TicketState {
  const given = Object.fromEntries(Object.entries(change).filter(([key, value]) => value !== undefined && key !== 'status'));
  const opened = change.status ?? (ticket.status === 'new' && change.assigneeId ? 'open' : ticket.status);
  const next: TicketState = { ...withStatus(ticket, opened, at), ...given, ...(change.customerId !== undefined && change.customerId !== ticket.customerId && { homeId: null }) };
  return { ...next, languageFixed: ticket.languageFixed || change.language !== undefined, updatedAt: at };
}

const COMPARED = ['subject', 'status', 'priority', 'kind', 'assigneeId', 'teamId', 'customerId', 'companyId', 'brandId', 'officeId', 'slaPolicyId', 'queueChoice', 'language'] as const;

export type Differences = { [field: string]: readonly [FieldValue | null, FieldValue | null] | { added: string[]; removed: string[] } };

/** What the log says about a change: field → [from, to]; for tags what came and went. Empty when nothing changed. */
export function differences(before: TicketState, after: TicketState): Differences {
  const result: Differences = {};
  for (const field of COMPARED) if (before[field] !== after[field]) result[field] = [before[field], after[field]];
  Object.assign(result, toldChanges(before.fields, after.fields));
  if (before.isPrivate !== after.isPrivate) result.isPrivate = [yesOrNo(before.isPrivate), yesOrNo(after.isPrivate)];
  const [added, removed] = [after.tags.filter((t) => !before.tags.includes(t)), before.tags.filter((t) => !after.tags.includes(t))];
  if (added.length > 0 || removed.length > 0) result.tags = { added, removed };
  return result;
}

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');

/** Tags are compared without regard to case; the first spelling stays. */
export const uniqueTags = (tags: readonly string[]): string[] =>
  [...new Map(tags.map((tag) => tag.trim()).filter((tag) => tag !== '').map((tag) => [tag.toLocaleLowerCase('en'), tag])).values()];
