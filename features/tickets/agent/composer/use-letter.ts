import { useMemo, useState } from 'react';
import { serverNow } from '../../../../platform/browser/server-clock.ts';
import type { EntryView, TicketView } from '../../core/contract.ts';
import { type Outgoing, type Warning, warningsAbout, warningsOf } from '../../core/reply-checks.ts';
import { NO_TIMES, pickedUpOf } from './picked-up.ts';
import { isStuck } from './drafts.ts';
import { draftKindOf, isMail, type Manner, type Mode, plainText, type SendStatus } from './sending.ts';
import { useTypedDraft } from './use-draft.ts';
import { type Recipients, useRecipients } from './use-recipients.ts';
import { useSending } from './use-sending.tsx';
import { useUnseen } from './use-unseen.ts';
import { useUploads } from './use-uploads.ts';

export type Writing = {
  readonly ticket: TicketView;
  readonly mode: Mode;
  /** The entry that is being forwarded. */
  readonly forwarding: EntryView | null;
  /** The draft of others on which one writes on; of a reply. */
  readonly sharedId?: string | undefined;
  /** What stands on the timeline, to notice what came meanwhile and who was written to before. */
  readonly entries: readonly EntryView[];
  readonly onClose: () => void;
};

type Choice = { readonly status?: SendStatus; readonly sendAt?: string };
type Held = { readonly warnings: readonly Warning[]; readonly manner: Manner };

/** What is being written, whether it can go, and what is worth asking before it does. */
export function useLetter({ ticket, mode, forwarding, sharedId, entries, onClose }: Writing) {
  const draft = useTypedDraft({ kind: draftKindOf(mode), ticketId: ticket.id, sharedId });
  const recipients = useRecipients(ticket, mode, draft.draft);
  const sending = useSending(ticket, onClose);
  const uploads = useUploads((attached) => draft.change({ attachments: [...draft.now().attachments, attached] }));
  const [direction, setDirection] = useState<'in' | 'out'>('in');
  const [times, setTimes] = useState(NO_TIMES);
  // Letters and what we began were picked up by nobody of ours.
  const pickedUp = (mode === 'call' || mode === 'visit') && direction === 'in' ? pickedUpOf(times, serverNow()) : null;
  const [held, setHeld] = useState<Held | null>(null);
  const unseen = useUnseen(entries, sending.forget);
  const { html } = draft.draft;
  const text = useMemo(() => plainText(html), [html]);
  const isReady = !uploads.isBusy && isAddressed(mode, recipients, forwarding) && pickedUp !== 'amiss';

  const go = (manner: Manner) => {
    setHeld(null);
    sending.send({ mode, sharedId, draft: draft.now(), manner: mode === 'reply' ? { ...manner, ...unseen.seen() } : manner }, { onError: unseen.showing(() => go(manner)) });
  };
  const send = (choice: Choice = {}) => {
    // The last letters may not be drawn yet.
    const written = plainText(draft.now().html);
    if (!isReady || !isWhole(written, draft) || sending.isSending) return;
    const manner = { ...mannerOf(mode, recipients, direction, forwarding, choice), ...(pickedUp && { pickedUp }) };
    const odd = hasChecks(mode)
      ? warningsOf({ kind: mode, text: written, attachments: draft.now().attachments.length, recipients: [...manner.to, ...manner.cc], known: knownTo(recipients, entries) })
      : [];
    const warnings = [...warningsAbout(ticket.customer.flags, mode, direction), ...odd];
    if (warnings.length > 0) setHeld({ warnings, manner });
    else go(manner);
  };

  return {
    draft, recipients, uploads, direction, setDirection, times, setTimes, canSend: isReady && isWhole(text, draft), send,
    editorKey: `${ticket.id} ${sharedId ?? draftKindOf(mode)} ${draft.revision}`,
    isSending: sending.isSending,
    error: unseen.entries.length === 0 ? sending.error : null,
    unseen,
    warnings: held?.warnings ?? [],
    goBack: () => setHeld(null),
    sendAnyway: () => held && go(held.manner),
  };
}

const isWhole = (text: string, draft: Parameters<typeof isStuck>[0]): boolean => text !== '' && !isStuck(draft);

const hasChecks = (mode: Mode): mode is Outgoing['kind'] => isMail(mode) || mode === 'note';

const isAddressed = (mode: Mode, { to }: Recipients, forwarding: EntryView | null): boolean =>
  !isMail(mode) || (to.length > 0 && (mode === 'reply' || forwarding !== null));

function mannerOf(mode: Mode, { to, cc }: Recipients, direction: 'in' | 'out', forwarding: EntryView | null, choice: Choice): Manner {
  if (mode === 'reply') return { to, cc, ...choice };
  return mode === 'forward' && forwarding ? { to, cc, entryId: forwarding.id } : { to, cc, direction };
}

/** Who takes part, wrote, or was written to before. */
const knownTo = ({ everybody }: Recipients, entries: readonly EntryView[]): string[] => [
  ...everybody.to, ...everybody.cc,
  ...entries.flatMap(({ recipients, author }) => [
    ...(recipients ? [...recipients.to, ...recipients.cc].map(({ address }) => address) : []), ...(author.address ? [author.address] : []),
  ]),
];
