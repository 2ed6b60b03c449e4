import { api } from '../../../../platform/browser/api.ts';
import { EntryView, type HeldView, SentView } from '../../core/contract.ts';
import type { Draft, DraftKey } from './drafts.ts';
import { mentionsIn } from './mention.ts';

export const CONTACTS = ['call', 'visit', 'letter'] as const;
export type Mode = 'reply' | 'note' | 'forward' | (typeof CONTACTS)[number];
export type SendStatus = 'open' | 'waiting_customer' | 'waiting_third_party' | 'resolved';

/** How it goes out: what the writer chose beside the words. */
export type Manner = {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly status?: SendStatus;
  readonly sendAt?: string;
  /** What the writer has seen of the talk. */
  readonly seenEntryId?: string;
  /** The shared draft whose words these are, and the version that the sender has seen. */
  readonly sharedDraft?: { readonly id: string; readonly version: number };
  readonly entryId?: string;
  readonly direction?: 'in' | 'out';
  /** Of a call or a visit that came in. */
  readonly pickedUp?: { readonly askedAt: string; readonly answeredAt: string };
};

export const isMail = (mode: Mode): boolean => mode === 'reply' || mode === 'forward';

/** Calls, visits and letters are noted down like notes and share their draft. */
export const draftKindOf = (mode: Mode): DraftKey['kind'] => (mode === 'reply' || mode === 'forward' ? mode : 'note');

/** Which letter it is, and whose. */
export type Signed = { /** One key per intent: when the answer to a first try was lost, the second does not send twice. */ readonly id: string; readonly personId: string };

/** Only as its writer: who signs in later at the same browser has not written it. */
export function send(ticketId: string, mode: Mode, { html, attachments }: Draft, manner: Manner, { id: idempotencyKey, personId: as }: Signed): Promise<EntryView | HeldView> {
  const { to, cc, entryId, direction = 'in', pickedUp } = manner;
  const body = { html, attachmentIds: attachments.map(({ id }) => id) };
  const named = isMail(mode) ? [] : mentionsIn(html);
  const mentions = named.length > 0 ? { mentions: named } : {};
  const post = (noun: string, more: object) => api.post(`/tickets/${ticketId}/${noun}`, { ...body, ...more }, isMail(mode) ? SentView : EntryView, { idempotencyKey, as });
  if (mode === 'reply') return post('replies', replyOf(manner));
  if (mode === 'note') return post('notes', mentions);
  if (mode === 'forward') return post('forwards', { to, cc, entryId });
  return post('contacts', { type: mode, direction, ...(pickedUp && { pickedUp }), ...mentions });
}

/** What was not chosen is left out. */
const replyOf = ({ to, cc, status, sendAt, seenEntryId, sharedDraft }: Manner) => ({ to, cc, status, sendAt, seenEntryId, sharedDraft });

export const takeBack = (ticketId: string, entryId: string): Promise<void> => api.delete(`/tickets/${ticketId}/replies/${entryId}`);

/** The words of a letter without its form, a line for each paragraph. */
export function plainText(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const quote of page.querySelectorAll('blockquote')) quote.remove();
  for (const end of page.querySelectorAll('p, li, br, pre')) end.append('\n');
  return (page.body.textContent ?? '').trim();
}

/** Moments worth offering for later: in an hour, tomorrow and on Monday at nine, by the clock of the writer. */
export function laterMoments(now: Date): { readonly id: 'hour' | 'tomorrow' | 'monday'; readonly at: Date }[] {
  const atNine = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { id: 'hour', at: new Date(now.getTime() + 3_600_000) },
    { id: 'tomorrow', at: atNine(1) },
    ...(toMonday > 1 ? [{ id: 'monday' as const, at: atNine(toMonday) }] : []),
  ];
}
