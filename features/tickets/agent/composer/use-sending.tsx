import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { hasCode } from '../../../../platform/browser/problems.ts';
import { serverMachineNow } from '../../../../platform/browser/server-clock.ts';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { EntryView, HeldView, TicketView } from '../../core/contract.ts';
import { ticketChanged } from '../changes.ts';
import { useDesk } from '../desk.tsx';
import { useTicketsText } from '../text.ts';
import type { Draft, DraftKey } from './drafts.ts';
import { draftKindOf, isMail, type Manner, type Mode, send, takeBack } from './sending.ts';
import { SendsIn } from './SendsIn.tsx';
import { draftsOf } from './use-draft.ts';
import { waitingOf } from './use-waiting.ts';
import { isUnreached } from './waiting.ts';

type Letter = { readonly mode: Mode; readonly draft: Draft; readonly manner: Manner; readonly sharedId?: string | undefined };

/** Sends what was written; for as long as it can be taken back, a notice with the way back stays in sight. */
export function useSending(ticket: TicketView, onSent: () => void) {
  const t = useTicketsText();
  const cache = useQueryClient();
  const undo = useTakeBack(ticket.id);
  const { me, commitments } = useDesk();
  const intent = useRef({ of: '', key: '' });

  const sending = useMutation({
    mutationFn: async ({ mode, draft, manner: chosen, sharedId }: Letter): Promise<EntryView | HeldView | null> => {
      // What was typed last is part of the version that is sent.
      const version = sharedId && (await draftsOf(me.id).settled({ kind: 'reply', ticketId: ticket.id, sharedId })).version;
      const manner = sharedId && version ? { ...chosen, sharedDraft: { id: sharedId, version } } : chosen;
      const id = keyFor(intent.current, JSON.stringify([mode, draft.html, draft.attachments, manner]));
      try {
        return await send(ticket.id, mode, draft, manner, { id, personId: me.id });
      } catch (error) {
        if (!isUnreached(error)) throw error;
        await waitingOf(me.id).add({ id, ticketId: ticket.id, mode, draft, manner, at: new Date().toISOString() });
        return null;
      }
    },
    onSuccess: async (entry, { mode, draft, manner, sharedId }) => {
      intent.current = { of: '', key: '' };
      const key: DraftKey = { kind: draftKindOf(mode), ticketId: ticket.id, sharedId };
      const done = () => (sharedId ? draftsOf(me.id).forget(key) : draftsOf(me.id).discard(key));
      onSent();
      if (entry === null) {
        // On the server it is dropped when the letter has arrived there.
        void done();
        return toast({ text: t('tickets.waiting.kept') });
      }
      await done();
      ticketChanged(cache, ticket.id);
      if ('approvalId' in entry) return toast({ text: t('tickets.held') });
      commitments?.sent(ticket.id, entry.id);
      return announceSent(entry, mode, () => undo(entry, key, { ...draft, to: manner.to, cc: manner.cc }));
    },
  });

  const announceSent = (entry: EntryView, mode: Mode, onUndo: () => void) => {
    const until = entry.delivery?.undoUntil;
    if (!until || !isMail(mode)) return toast({ text: t(isMail(mode) ? 'tickets.sent' : 'tickets.noted') });
    const leftMs = Math.max(0, Date.parse(until) - serverMachineNow().getTime());
    return toast({
      text: <SendsIn until={until} />,
      forMs: Math.min(leftMs, 60_000),
      action: { label: t('tickets.undo'), onAction: onUndo },
    });
  };

  return { send: sending.mutate, isSending: sending.isPending, error: sending.error, forget: sending.reset };
}

/** Takes back a message that has not left yet; its words return to where they were written. */
export function useTakeBack(ticketId: string): (entry: EntryView, key: DraftKey, draft: Draft) => void {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { me } = useDesk();
  const { mutate } = useMutation({
    mutationFn: ({ entry }: { entry: EntryView; key: DraftKey; draft: Draft }) => takeBack(ticketId, entry.id),
    onSuccess: (_nothing, { entry, key, draft }) => {
      // A shared one is there again for all who write on it.
      const isShared = key.sharedId !== undefined || entry.writtenBy !== undefined;
      if (!isShared) draftsOf(me.id).restore(key, draft);
      toast({ text: t(isShared ? 'tickets.shared.taken_back' : 'tickets.taken_back') });
    },
    onError: (error) => toast({ tone: 'failed', text: hasCode(error, 'reply.already_left') ? t('tickets.too_late') : errorText(error) }),
    onSettled: () => ticketChanged(cache, ticketId),
  });
  return (entry, key, draft) => mutate({ entry, key, draft });
}

function keyFor(intent: { of: string; key: string }, of: string): string {
  if (intent.of !== of) Object.assign(intent, { of, key: crypto.randomUUID() });
  return intent.key;
}
