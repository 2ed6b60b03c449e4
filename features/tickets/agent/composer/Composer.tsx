import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useTellWriting } from '../../../../platform/browser/use-live.tsx';
import { classes } from '../../../../ui/classes.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { foot } from '../../../../ui/components/foot.ts';
import { useDesk } from '../desk.tsx';
import type { CommitmentSlot, SavedReplySlot, SavedReplySlotProps } from '../slots.ts';
import { useTicketsText } from '../text.ts';
import type { Attached, DraftKey } from './drafts.ts';
import { AttachmentTray } from './AttachmentTray.tsx';
import { createEarlyWords, EarlyWords } from './EarlyWords.tsx';
import { ComposerFoot } from './ComposerFoot.tsx';
import { ComposerHead } from './ComposerHead.tsx';
import type { EditorHandle } from './Editor.tsx';
import { isMail, type Mode, plainText } from './sending.ts';
import { ShareDraft } from './ShareDraft.tsx';
import { SharedState } from './SharedState.tsx';
import { useLetter, type Writing } from './use-letter.ts';
import { useTypedWords } from './use-draft.ts';
import { useSendStatus } from './use-send-status.ts';
import { UnseenDialog } from './UnseenDialog.tsx';
import { Undeliverable } from './Undeliverable.tsx';
import { WarningDialog } from './WarningDialog.tsx';

const loadEditor = () => import('./Editor.tsx').then((file) => ({ default: file.Editor }));
const Editor = lazy(loadEditor);

/** Fetches the editor while nothing else is to be done, so that it is there when somebody wants to write. */
export const warmUpEditor = (): void => void loadEditor();

type ComposerProps = Writing & {
  onMode: (mode: Mode) => void;
  autoFocus: boolean;
  savedReplies: SavedReplySlot | null;
  /** One's own draft is now one on which others write as well. */
  onShared: (id: string) => void;
};

/** Where one writes: to whom, by which way, and what happens afterwards are all in sight. */
export function Composer(props: ComposerProps) {
  const { mode, onMode, forwarding, sharedId, autoFocus, onClose } = props;
  const t = useTicketsText();
  const editor = useRef<EditorHandle>(null);
  const tellWriting = useTellWriting();
  const letter = useLetter(props);
  const { draft } = letter;
  const [status, setStatus] = useSendStatus();
  const [early] = useState(createEarlyWords);
  const [readyKey, setReadyKey] = useState('');
  // A forward asks for its recipient first.
  const hasFocus = autoFocus && mode !== 'forward';
  const [isPicking, setPicking] = useState(false);
  const savedReplies = isMail(mode) ? props.savedReplies : null;
  const { commitments } = useDesk();
  const attach = (files: readonly Attached[]) => draft.change({ attachments: [...draft.now().attachments, ...files] });
  const insert = (html: string) => {
    setPicking(false);
    editor.current?.insert(html);
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the button beside takes files too
    <section
      ref={foot}
      aria-label={t('tickets.composer')}
      className={classes('flex min-h-0 shrink-0 flex-col border-t border-hairline', mode === 'note' ? 'bg-note' : 'bg-surface')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        if (event.defaultPrevented || event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        letter.uploads.add(event.dataTransfer.files);
      }}
    >
      <ComposerHead mode={mode} onMode={onMode} onClose={onClose} recipients={letter.recipients} direction={letter.direction} onDirection={letter.setDirection} times={letter.times} onTimes={letter.setTimes}
        forwarding={forwarding} onRecipients={draft.change} />
      <Undeliverable ticketId={props.ticket.id} dead={letter.recipients.undeliverable} />
      <SharedState ticketId={props.ticket.id} sharedId={sharedId} draft={draft} isSending={letter.isSending} onClose={onClose} />
      <div className="relative">
        {readyKey !== letter.editorKey && <EarlyWords label={t(`tickets.write.${mode}`)} autoFocus={hasFocus} isAbove={draft.status !== 'loading'} words={early} />}
        {draft.status !== 'loading' && (
          <Suspense fallback={null}>
            <Editor
              key={letter.editorKey}
              ref={editor}
              label={t(`tickets.write.${mode}`)}
              placeholder={t(`tickets.write.${mode}.hint`)}
              initialHtml={draft.draft.html}
              autoFocus={hasFocus}
              takeEarlyWords={early.take}
              onReady={() => setReadyKey(letter.editorKey)}
              onChange={(html) => {
                tellWriting();
                draft.change({ html });
              }}
              onSubmit={() => letter.send({ status })}
              onEscape={onClose}
              onFiles={letter.uploads.add}
              hasMentions={!isMail(mode)}
              onSlash={savedReplies ? () => setPicking(true) : undefined}
            />
          </Suspense>
        )}
      </div>
      <AttachmentTray
        attachments={draft.draft.attachments}
        uploads={letter.uploads.uploads}
        onRemove={(id) => draft.change({ attachments: draft.now().attachments.filter((one) => one.id !== id) })}
        onDrop={letter.uploads.drop}
      />
      <Trouble error={letter.error} />
      <ComposerFoot
        mode={mode}
        draft={draft}
        canSend={letter.canSend}
        isSending={letter.isSending}
        status={status}
        onStatus={setStatus}
        onSend={letter.send}
        onFiles={letter.uploads.add}
        commitments={mode !== 'forward' && commitments && <Promising slot={commitments} ticketId={props.ticket.id} of={draft.key} />}
        share={<ShareDraft mode={mode} ticketId={props.ticket.id} draft={draft} onShared={props.onShared} />}
        savedReplies={savedReplies && <Filled slot={savedReplies} isOpen={isPicking} onOpenChange={setPicking} onInsert={insert} onAttach={attach} />}
      />
      <UnseenDialog entries={letter.unseen.entries} onBack={letter.unseen.looked} onAnyway={letter.unseen.sendAnyway} />
      <WarningDialog warnings={letter.warnings} isNote={!isMail(mode)} onBack={letter.goBack} onAnyway={letter.sendAnyway} />
    </section>
  );
}

/** What the words promise so far. */
const Promising = ({ slot, ticketId, of }: { slot: CommitmentSlot; ticketId: string; of: DraftKey }) => {
  const { draft: { html } } = useTypedWords(of);
  return slot.whileWriting({ ticketId, text: useMemo(() => plainText(html), [html]) });
};

const Filled = ({ slot, ...props }: SavedReplySlotProps & { slot: SavedReplySlot }) => slot(props);

const Trouble = ({ error }: { error: Error | null }) => {
  const errorText = useErrorText();
  return error && <div className="px-3 pb-2"><Banner tone="danger">{errorText(error)}</Banner></div>;
};
