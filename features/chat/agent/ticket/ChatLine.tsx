import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { SendHorizontal } from 'lucide-react';
import { type ClipboardEvent, type ComponentProps, type ReactNode, useEffect, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { TagList } from '../../../../ui/components/TagList.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { AnswerView } from '../../core/contract.ts';
import { type ChatDraft, choicesIn, draftOn, EMPTY, keepDraft } from '../drafts.ts';
import { chatMoved, chatOf } from '../queries.ts';
import type { ChatTools } from '../slots.ts';
import { useChatText } from '../text.ts';
import { useTyping } from '../typing.ts';
import { ChoicesButton } from './ChoicesButton.tsx';
import { EmojiPicker } from './EmojiPicker.tsx';

type ChatLineProps = { ticketId: string; name: string; tools: ChatTools; others: ReactNode; autoFocus: boolean };

/** The line to write to somebody who sits there: words, files, saved replies by `/`, answers as buttons. Enter sends. */
export function ChatLine({ ticketId, name, tools, others, autoFocus }: ChatLineProps) {
  const t = useChatText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(() => draftOn(ticketId));
  const [isPicking, setPicking] = useState(false);
  const typed = useTyping(ticketId);
  useSeen(ticketId);
  useEffect(() => keepDraft(ticketId, draft), [ticketId, draft]);
  const change = (more: Partial<ChatDraft>) => setDraft((now) => ({ ...now, ...more }));
  const add = (text: string) => setDraft((now) => ({ ...now, text: now.text + text }));
  const uploads = tools.useUploads((file) => setDraft((now) => ({ ...now, files: [...now.files, file] })));
  const send = useMutation({
    mutationFn: ({ text, files, choices }: ChatDraft) => api.post(`/tickets/${ticketId}/chat/messages`, { text: text.trim(), attachmentIds: files.map(({ id }) => id), choices: choicesIn(choices) }, AnswerView),
    onMutate: () => setDraft(EMPTY),
    // What did not go is still there.
    onError: (_error, unsent) => setDraft((now) => (now.text === '' && now.files.length === 0 ? unsent : now)),
    onSettled: () => Promise.all([chatMoved(cache, ticketId), cache.invalidateQueries({ queryKey: ['tickets'] })]),
  });
  const isBlank = draft.text.trim() === '' && draft.files.length === 0;
  const cannot = isBlank || send.isPending || uploads.isBusy;
  const go = () => {
    if (cannot) return;
    typed(false);
    send.mutate(draft);
  };
  const onKeyDown: ComponentProps<typeof TextArea>['onKeyDown'] = (event) => {
    if (event.key === '/' && draft.text === '') {
      event.preventDefault();
      return setPicking(true);
    }
    // A word that is being composed is not finished by its Enter. What is no key of this line may be one of the screen.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    go();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    uploads.add(event.clipboardData.files);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the button beside takes files too
    <div
      className="flex flex-col gap-2 px-3 py-2.5"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        uploads.add(event.dataTransfer.files);
      }}
    >
      {send.error && <Banner tone="danger">{errorText(send.error)}</Banner>}
      <div className="flex items-end gap-1">
        <TextArea
          label={t('chat.write')} labelHidden rows={1} className="min-w-0 flex-1" placeholder={t('chat.write.hint', { name: isolated(name) })} value={draft.text} autoFocus={autoFocus}
          onChange={(text) => {
            change({ text });
            typed(text.trim() !== '');
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <IconButton label={t('chat.send')} icon={SendHorizontal} mirrored isDisabled={cannot} onPress={go} />
      </div>
      {choicesIn(draft.choices).length > 0 && (
        <TagList label={t('chat.choices')} tags={choicesIn(draft.choices).map((text, at) => ({ id: `${at} ${text}`, name: text }))}
          onRemove={(gone) => change({ choices: choicesIn(draft.choices).filter((text, at) => `${at} ${text}` !== gone).join('\n') })} />
      )}
      {tools.tray({ attachments: draft.files, uploads: uploads.uploads, onRemove: (id) => change({ files: draft.files.filter((one) => one.id !== id) }), onDrop: uploads.drop })}
      <div className="flex flex-wrap items-center gap-1">
        {tools.attach({ onFiles: uploads.add })}
        {tools.savedReplies({
          ticketId, isOpen: isPicking, onOpenChange: setPicking,
          onAttach: (files) => setDraft((now) => ({ ...now, files: [...now.files, ...files] })),
          onInsert: (text) => {
            setPicking(false);
            add(text);
          },
        })}
        <EmojiPicker onPick={add} />
        <ChoicesButton value={draft.choices} onChange={(choices) => change({ choices })} />
        {others && <span className="ms-auto">{others}</span>}
      </div>
    </div>
  );
}

/** Whoever looks at it has read it; somebody whose window is behind others has not. */
function useSeen(ticketId: string): void {
  const { dataUpdatedAt } = useQuery(chatOf(ticketId));
  useEffect(() => {
    const say = () => { if (document.visibilityState === 'visible' && document.hasFocus()) void api.put(`/tickets/${ticketId}/chat/read`).catch(() => undefined); };
    say();
    addEventListener('focus', say);
    return () => removeEventListener('focus', say);
  }, [ticketId, dataUpdatedAt]);
}
