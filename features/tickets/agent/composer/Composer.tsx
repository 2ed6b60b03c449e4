import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { storage } from '../../../../platform/browser/storage.ts';
import { classes } from '../../../../ui/classes.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Skeleton } from '../../../../ui/components/Skeleton.tsx';
import type { EntryView, TicketView } from '../../core/contract.ts';
import { type Warning, warningsOf } from '../../core/reply-checks.ts';
import { useTicketsText } from '../text.ts';
import { AttachmentTray } from './AttachmentTray.tsx';
import { ComposerFoot } from './ComposerFoot.tsx';
import { ComposerHead } from './ComposerHead.tsx';
import type { EditorHandle } from './Editor.tsx';
import { isMail, type Manner, type Mode, plainText, type SendStatus } from './sending.ts';
import { draftKindOf } from './sending.ts';
import { useDraft } from './use-draft.ts';
import { useRecipients } from './use-recipients.ts';
import { useSending } from './use-sending.tsx';
import { useUploads } from './use-uploads.ts';
import { WarningDialog } from './WarningDialog.tsx';

const Editor = lazy(() => import('./Editor.tsx').then((file) => ({ default: file.Editor })));

/** Seats the choice of saved replies, which belong to another room. */
export type SavedReplySlot = (props: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; onInsert: (html: string) => void }) => ReactNode;

type ComposerProps = {
  ticket: TicketView;
  mode: Mode;
  onMode: (mode: Mode) => void;
  /** The entry that is being forwarded. */
  forwarding: EntryView | null;
  /** What stands on the timeline, to notice what came meanwhile and who was written to before. */
  entries: readonly EntryView[];
  autoFocus: boolean;
  onClose: () => void;
  savedReplies: SavedReplySlot | null;
};

/** Where one writes: to whom, by which way, and what happens afterwards are all in sight. */
export function Composer({ ticket, mode, onMode, forwarding, entries, autoFocus, onClose, savedReplies }: ComposerProps) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const editor = useRef<EditorHandle>(null);
  const draft = useDraft({ kind: draftKindOf(mode), ticketId: ticket.id });
  const recipients = useRecipients(ticket, mode, draft.draft);
  const sending = useSending(ticket, onClose);
  const uploads = useUploads((attached) => draft.change({ attachments: [...draft.draft.attachments, attached] }));
  const [status, setStatus] = useSendStatus();
  const [direction, setDirection] = useState<'in' | 'out'>('in');
  const [held, setHeld] = useState<{ warnings: readonly Warning[]; manner: Manner } | null>(null);
  const [isPicking, setPicking] = useState(false);
  const [begunAfter] = useState(() => lastFromCustomer(entries));

  const text = plainText(draft.draft.html);
  const canSend = text !== '' && !uploads.isBusy && (!isMail(mode) || recipients.to.length > 0) && (mode !== 'forward' || forwarding !== null);

  const go = (manner: Manner) => {
    setHeld(null);
    sending.send({ mode, draft: draft.draft, manner });
  };
  const trySending = (choice: { status?: SendStatus; sendAt?: string } = {}) => {
    if (!canSend || sending.isSending) return;
    const { to, cc } = recipients;
    const manner: Manner = { to, cc, direction, ...(mode === 'reply' && { status, ...choice }), ...(forwarding && mode === 'forward' && { entryId: forwarding.id }) };
    const warnings = !isMail(mode) && mode !== 'note' ? [] : warningsOf({
      kind: mode as 'reply' | 'note' | 'forward',
      text,
      attachments: draft.draft.attachments.length,
      recipients: [...to, ...cc],
      known: [...recipients.everybody.to, ...recipients.everybody.cc, ...writtenTo(entries)],
      customerWroteMeanwhile: lastFromCustomer(entries) !== begunAfter,
    });
    if (warnings.length > 0) setHeld({ warnings, manner });
    else go(manner);
  };
  const insert = (html: string) => {
    setPicking(false);
    editor.current?.insert(html);
  };

  return (
    <section
      aria-label={t('tickets.composer')}
      className={classes('flex min-h-0 shrink-0 flex-col border-t border-hairline', mode === 'note' ? 'bg-note' : 'bg-surface')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        if (event.defaultPrevented || event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        uploads.add(event.dataTransfer.files);
      }}
    >
      <ComposerHead mode={mode} onMode={onMode} onClose={onClose} recipients={recipients} direction={direction} onDirection={setDirection}
        forwarding={forwarding} onRecipients={(change) => draft.change(change)} />
      <Suspense fallback={<EditorSkeleton />}>
        {draft.status === 'loading' ? <EditorSkeleton /> : (
          <Editor
            key={`${ticket.id} ${draftKindOf(mode)} ${draft.revision}`}
            ref={editor}
            label={t(`tickets.write.${mode}`)}
            placeholder={t(`tickets.write.${mode}.hint`)}
            initialHtml={draft.draft.html}
            autoFocus={autoFocus}
            onChange={(html) => draft.change({ html })}
            onSubmit={() => trySending()}
            onFiles={uploads.add}
            onSlash={savedReplies && isMail(mode) ? () => setPicking(true) : undefined}
          />
        )}
      </Suspense>
      <AttachmentTray
        attachments={draft.draft.attachments}
        uploads={uploads.uploads}
        onRemove={(id) => draft.change({ attachments: draft.draft.attachments.filter((one) => one.id !== id) })}
        onDrop={uploads.drop}
      />
      {sending.error && <div className="px-3 pb-2"><Banner tone="danger">{errorText(sending.error)}</Banner></div>}
      <ComposerFoot
        mode={mode}
        draftStatus={draft.isBlank ? 'empty' : draft.status}
        canSend={canSend}
        isSending={sending.isSending}
        status={status}
        onStatus={setStatus}
        onSend={trySending}
        onFiles={uploads.add}
        onDiscard={draft.isBlank ? null : () => void draft.discard()}
        savedReplies={savedReplies && isMail(mode) ? savedReplies({ isOpen: isPicking, onOpenChange: setPicking, onInsert: insert }) : null}
      />
      <WarningDialog warnings={held?.warnings ?? []} isNote={mode === 'note'} onBack={() => setHeld(null)} onAnyway={() => held && go(held.manner)} />
    </section>
  );
}

const lastFromCustomer = (entries: readonly EntryView[]): string | null =>
  entries.findLast(({ direction, event }) => direction === 'in' && !event)?.id ?? null;

const writtenTo = (entries: readonly EntryView[]): string[] =>
  entries.flatMap(({ recipients, author }) => [
    ...(recipients ? [...recipients.to, ...recipients.cc].map(({ address }) => address) : []), ...(author.address ? [author.address] : []),
  ]);

const STATUS_KEY = 'send-as';
const isSendStatus = (value: string | null): value is SendStatus => value === 'open' || value === 'waiting_customer' || value === 'waiting_third_party' || value === 'resolved';

/** What one usually does after a reply stays chosen. */
function useSendStatus(): [SendStatus, (status: SendStatus) => void] {
  const [status, setStatus] = useState<SendStatus>(() => {
    const kept = storage.get(STATUS_KEY);
    return isSendStatus(kept) ? kept : 'waiting_customer';
  });
  return [status, (next) => {
    storage.set(STATUS_KEY, next);
    setStatus(next);
  }];
}

const EditorSkeleton = () => (
  <div className="flex h-34 flex-col gap-2.5 px-3 py-3">
    <Skeleton className="w-3/5" />
    <Skeleton className="w-2/5" />
  </div>
);
