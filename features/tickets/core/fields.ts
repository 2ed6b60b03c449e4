import { defineFields } from '../../conditions/core/fields.ts';
import { FLAGS, type Flag } from '../../customers/core/flags.ts';
import { withAnyField } from '../../fields/core/attributes.ts';
import { CHANNELS, KINDS, PRIORITIES, STATUSES } from './contract.ts';
import type { TicketState } from './ticket.ts';

/** What is known of its customer, as conditions ask for it. */
export const flagField = (flag: Flag): string => `customer.${flag}`;

/**
 * What conditions may ask of a ticket; `server/matching.ts` says where each lies. The workspace's own fields are known by their
 * ids alone; which ones there are, `withFields` adds.
 */
export const TICKET_FIELDS = withAnyField(defineFields<TicketState>([
  { id: 'subject', label: 'tickets.subject', type: 'text', read: (t) => t.subject },
  { id: 'lastWords', label: 'tickets.field.last_words', type: 'text', read: (t) => t.snippet },
  { id: 'status', label: 'tickets.status', type: 'enum', options: STATUSES, optionLabel: (status) => `tickets.status.${status}`, read: (t) => t.status },
  { id: 'priority', label: 'tickets.priority', type: 'enum', options: PRIORITIES, ordered: true, optionLabel: (priority) => `tickets.priority.${priority}`, read: (t) => t.priority },
  { id: 'kind', label: 'tickets.kind', type: 'enum', options: KINDS, optionLabel: (kind) => `tickets.kind.${kind}`, read: (t) => t.kind },
  { id: 'channel', label: 'tickets.field.channel', type: 'enum', options: CHANNELS, optionLabel: (channel) => `tickets.channel.${channel}`, read: (t) => t.channel },
  { id: 'language', label: 'tickets.language', type: 'language', nullable: true, read: (t) => t.language },
  { id: 'tags', label: 'tickets.tags', type: 'tags', read: (t) => t.tags },
  { id: 'assignee', label: 'tickets.assignee', type: 'id', of: 'person', nullable: true, read: (t) => t.assigneeId },
  { id: 'followers', label: 'tickets.followers', type: 'ids', of: 'person', read: (t) => t.followerIds },
  { id: 'team', label: 'tickets.team', type: 'id', of: 'team', nullable: true, read: (t) => t.teamId },
  { id: 'customer', label: 'tickets.customer', type: 'id', of: 'customer', read: (t) => t.customerId },
  ...FLAGS.map((flag) => ({ id: flagField(flag), label: `tickets.field.flag.${flag}`, type: 'boolean' as const, read: (t: TicketState) => t.customerFlags.includes(flag) })),
  { id: 'company', label: 'tickets.field.company', type: 'id', of: 'company', nullable: true, read: (t) => t.companyId },
  { id: 'keyAccount', label: 'tickets.field.key_account', type: 'boolean', read: (t) => t.isKeyAccount === true },
  { id: 'mailbox', label: 'tickets.field.mailbox', type: 'id', of: 'mailbox', nullable: true, read: (t) => t.mailboxId },
  { id: 'brand', label: 'tickets.brand', type: 'id', of: 'brand', nullable: true, read: (t) => t.brandId },
  { id: 'office', label: 'tickets.office', type: 'id', of: 'office', nullable: true, read: (t) => t.officeId },
  { id: 'waitingSince', label: 'tickets.field.waiting_since', type: 'datetime', nullable: true, read: (t) => t.waitingSince },
  { id: 'lastMessageAt', label: 'tickets.field.last_message', type: 'datetime', read: (t) => t.lastMessageAt },
  { id: 'createdAt', label: 'tickets.field.created', type: 'datetime', read: (t) => t.createdAt },
  { id: 'updatedAt', label: 'tickets.field.updated', type: 'datetime', read: (t) => t.updatedAt },
  { id: 'statusSince', label: 'tickets.field.status_since', type: 'datetime', read: (t) => t.statusSince },
  { id: 'resolvedAt', label: 'tickets.field.resolved', type: 'datetime', nullable: true, read: (t) => t.resolvedAt },
]));
