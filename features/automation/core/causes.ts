import type { Json } from '../../../kernel/json.ts';

/** What rules can run on, in the order in which the screen offers it. */
export const EVENTS = [
  'ticket.created', 'ticket.changed', 'ticket.marked_spam', 'message.received', 'message.sent', 'note.added', 'contact.logged',
  'sla.warned', 'sla.breached', 'commitment.due_soon', 'commitment.broken',
] as const;
export type EventName = (typeof EVENTS)[number];
/** Somebody, or a rule, took a ticket for spam: the one event after which rules see it although it is out of sight. */
export const MARKED_SPAM = 'ticket.marked_spam';

/** Which entries of the event log may be a cause. */
export const HEARD = ['ticket.created', 'ticket.changed', 'ticket.deleted', 'entry.added', 'sla.warned', 'sla.breached', 'commitment.due_soon', 'commitment.broken'] as const;

type Data = { readonly [key: string]: Json };

/** What an event of the log is called in rules; null when rules do not hear of it. Merges move entries without adding any. */
export function eventNameOf(type: string, data: Data): EventName | null {
  if (type === 'ticket.deleted') return data['spam'] === true ? MARKED_SPAM : null;
  if (type !== 'entry.added') return (EVENTS as readonly string[]).includes(type) ? type as EventName : null;
  if (data['type'] === 'note') return 'note.added';
  if (data['type'] !== 'message') return 'contact.logged';
  return data['direction'] === 'in' ? 'message.received' : 'message.sent';
}

/** Rules set each other off so often at most; beyond that it is a loop. */
export const MOST_DEPTH = 8;

/** Later than this is late. */
export const LATE_MS = 120_000;
