import { api } from '../../../../platform/browser/api.ts';
import { TicketView } from '../../core/contract.ts';
import type { Attached } from '../composer/drafts.ts';

/** How it came to this ticket: we write, they called, we called, they were here, a letter came. */
export const WAYS = ['email', 'call_in', 'call_out', 'desk_in', 'letter_in'] as const;
export type Way = (typeof WAYS)[number];

const HOW: Record<Way, { channel: TicketView['channel']; direction: 'in' | 'out' }> = {
  email: { channel: 'email', direction: 'out' },
  call_in: { channel: 'phone', direction: 'in' },
  call_out: { channel: 'phone', direction: 'out' },
  desk_in: { channel: 'desk', direction: 'in' },
  letter_in: { channel: 'letter', direction: 'in' },
};

export type NewTicketFacts = {
  way: Way;
  customer: TicketView['customer'];
  subject: string;
  html: string;
  cc: readonly string[];
  attachments: readonly Attached[];
  kind: TicketView['kind'];
  priority: TicketView['priority'];
  assigneeId: string;
  mailboxId: string | undefined;
};

export function createTicket({ way, customer, attachments, mailboxId, cc, ...facts }: NewTicketFacts, idempotencyKey: string): Promise<TicketView> {
  const mail = way === 'email' ? { cc, ...(mailboxId && { mailboxId }) } : {};
  const body = { ...facts, ...HOW[way], ...mail, customerId: customer.id, attachmentIds: attachments.map(({ id }) => id) };
  return api.post('/tickets', body, TicketView, { idempotencyKey });
}
