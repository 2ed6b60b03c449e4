import type { Tx } from '../../../platform/db/db.ts';
import { isPlainAddress, newMessageId } from '../../../platform/mail/header.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import { addressKey } from '../core/addresses.ts';
import { paragraphs } from './bodies.ts';
import { leadingStaff, ownAddresses, type Mailbox, type Staff } from './store.ts';

/** Leads, administrators and owners, without those whose mail would come in again: to a mailbox of ours. */
export async function reachableStaff(tx: Tx, workspaceId: string): Promise<Staff[]> {
  const own = new Set(await ownAddresses(tx, workspaceId));
  return (await leadingStaff(tx, workspaceId)).filter(({ email }) => isPlainAddress(email) && !own.has(addressKey(email)));
}

/** Something that the desk tells one of its people by itself. */
export const queueNotice = (outbox: Pick<Outbox, 'queue'>, tx: Tx, workspaceId: string, { from, to, subject, text, at }: {
  from: Mailbox; to: Staff; subject: string; text: string; at: Date;
}): Promise<{ id: string }> =>
  outbox.queue(tx, workspaceId, {
    purpose: 'notice', messageId: newMessageId(from.address), from: { name: from.name, address: from.address }, to: [{ name: to.name, address: to.email }],
    subject, text: `${text}\n`, html: paragraphs(text), language: to.language, notBefore: at, envelopeFrom: '',
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  });
