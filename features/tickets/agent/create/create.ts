import { api } from '../../../../platform/browser/api.ts';
import type { FieldValue } from '../../../fields/core/types.ts';
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

/** What was answered to what is asked first: in fields, and as words. */
export type Landed = { readonly fields: Readonly<Record<string, FieldValue>>; readonly lines: readonly string[] };

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
  landed: Landed;
};

export function createTicket({ way, customer, attachments, mailboxId, cc, landed, html, ...facts }: NewTicketFacts, idempotencyKey: string): Promise<TicketView> {
  const mail = way === 'email' ? { cc, ...(mailboxId && { mailboxId }) } : {};
  const answered = way === 'email' ? { html } : { html: withLines(html, landed.lines), fields: landed.fields };
  const body = { ...facts, ...answered, ...HOW[way], ...mail, customerId: customer.id, attachmentIds: attachments.map(({ id }) => id) };
  return api.post('/tickets', body, TicketView, { idempotencyKey });
}

/** Above what was written; words stay words. */
const withLines = (html: string, lines: readonly string[]): string => lines.map((line) => {
  const paragraph = document.createElement('p');
  paragraph.textContent = line;
  return paragraph.outerHTML;
}).join('') + html;
