import { Paperclip, Trash2 } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { keysText } from '../../../../platform/browser/shortcuts.ts';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { useTicketsText } from '../text.ts';
import { type DraftKey, type DraftState, isBlank } from './drafts.ts';
import { SendButton } from './SendButton.tsx';
import { isMail, type Mode, type SendStatus } from './sending.ts';
import { type useDraft, useTypedWords } from './use-draft.ts';

type ComposerFootProps = {
  mode: Mode;
  draft: Pick<ReturnType<typeof useDraft>, 'key' | 'isBlank' | 'discard'>;
  canSend: boolean;
  isSending: boolean;
  status: SendStatus;
  onStatus: (status: SendStatus) => void;
  onSend: (choice?: { status?: SendStatus; sendAt?: string }) => void;
  onFiles: (files: File[]) => void;
  savedReplies: ReactNode;
  commitments: ReactNode;
  share: ReactNode;
};

export function ComposerFoot({ mode, draft, canSend, isSending, status, onStatus, onSend, onFiles, savedReplies, commitments, share }: ComposerFootProps) {
  const t = useTicketsText();
  return (
    <div className="flex flex-wrap items-center gap-2 px-3 pt-1 pb-3">
      {mode === 'reply' ? (
        <SendButton status={status} isPending={isSending} isDisabled={!canSend} onStatus={onStatus} onSend={onSend} />
      ) : (
        <Button tone="primary" isPending={isSending} isDisabled={!canSend} keys={keysText({ code: 'Enter', mod: true })} onPress={() => onSend()}>
          {t(`tickets.send.${mode}`)}
        </Button>
      )}
      <AttachButton onFiles={onFiles} />
      {savedReplies}
      {commitments}
      {share}
      {!draft.isBlank && <IconButton label={t('tickets.draft.discard')} icon={Trash2} onPress={() => void draft.discard()} />}
      <TypedWord of={draft.key} mode={mode} />
    </div>
  );
}

/** The button for those who don't drag and paste. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTicketsText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label={t('tickets.upload.attach')} icon={Paperclip} onPress={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-hidden
        tabIndex={-1}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}

const TypedWord = ({ of, mode }: { of: DraftKey; mode: Mode }) => {
  const { draft, status } = useTypedWords(of);
  return <DraftWord status={isBlank(draft) ? 'empty' : status} mode={mode} />;
};

/** Whether what was typed is safe, and what sending will do. */
export function DraftWord({ status, mode }: { status: DraftState['status']; mode: Mode | null }) {
  const t = useTicketsText();
  const words = status === 'saved' || status === 'kept' ? t(`tickets.draft.${status}`) : status === 'unsaved' || status === 'saving' ? t('tickets.draft.saving') : '';
  return (
    <span className={classes('ms-auto text-12', status === 'kept' ? 'text-note-ink' : 'text-ink-faint')}>
      {words || (mode && isMail(mode) ? t('tickets.can_be_undone') : '')}
    </span>
  );
}
