import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { EntryView } from '../../../tickets/core/contract.ts';
import type { ChatView } from '../../core/contract.ts';
import { chatMoved, chatOf } from '../queries.ts';
import { useChatText } from '../text.ts';
import { ChatStrip } from './ChatStrip.tsx';

const TYPING_MS = 2_000;
const STOPPED_MS = 4_000;

type ChatBoxProps = {
  ticketId: string;
  name: string;
  mayWork: boolean;
  /** Other ways to go on: by mail, with a note. Null where they are not at hand. */
  others: ReactNode;
  /** Instead of it while nobody sits in front of a chat. */
  fallback: ReactNode;
  autoFocus?: boolean;
};

/** The live end of a talk: who sits there, what they look at, and the line to write to them. */
export function ChatBox({ ticketId, name, mayWork, others, fallback, autoFocus = false }: ChatBoxProps) {
  const { data: chat } = useQuery(chatOf(ticketId));
  if (chat === undefined) return null;
  if (chat === null) return fallback;
  return (
    <div className="flex shrink-0 flex-col border-t border-hairline bg-surface">
      <ChatStrip chat={chat} mayWork={mayWork} />
      {mayWork && chat.state !== 'ended' ? <Line key={ticketId} chat={chat} name={name} others={others} autoFocus={autoFocus} /> : fallback}
    </div>
  );
}

function Line({ chat: { ticketId }, name, others, autoFocus }: { chat: ChatView; name: string; others: ReactNode; autoFocus: boolean }) {
  const t = useChatText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [text, setText] = useState('');
  const typed = useTyping(ticketId);
  useSeen(ticketId);
  const send = useMutation({
    mutationFn: (words: string) => api.post(`/tickets/${ticketId}/replies`, { channel: 'chat', text: words }, EntryView),
    onMutate: () => setText(''),
    // What did not go is still there.
    onError: (_error, words) => setText((now) => (now === '' ? words : now)),
    onSettled: () => Promise.all([chatMoved(cache, ticketId), cache.invalidateQueries({ queryKey: ['tickets'] })]),
  });
  const go = () => {
    if (text.trim() === '' || send.isPending) return;
    typed(false);
    send.mutate(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A word that is being composed is not finished by its Enter.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    go();
  };
  return (
    <div className="flex flex-col gap-2 px-3 py-2.5">
      {send.error && <Banner tone="danger">{errorText(send.error)}</Banner>}
      <div className="flex items-end gap-2">
        <TextArea
          label={t('chat.write')} labelHidden rows={1} className="min-w-0 flex-1" placeholder={t('chat.write.hint', { name: isolated(name) })} value={text} autoFocus={autoFocus}
          onChange={(words) => {
            setText(words);
            typed(words.trim() !== '');
          }}
          onKeyDown={onKeyDown}
        />
        <IconButton label={t('chat.send')} icon={SendHorizontal} mirrored isDisabled={text.trim() === '' || send.isPending} onPress={go} />
      </div>
      {others}
    </div>
  );
}

/** Says that one types, now and then, and that one has stopped. */
function useTyping(ticketId: string): (isTyping: boolean) => void {
  const last = useRef({ at: 0, stop: undefined as ReturnType<typeof setTimeout> | undefined });
  useEffect(() => {
    const kept = last.current;
    return () => clearTimeout(kept.stop);
  }, []);
  const tell = (isTyping: boolean) => void api.put(`/tickets/${ticketId}/chat/typing`, { isTyping }).catch(() => undefined);
  return (isTyping) => {
    const now = performance.now();
    clearTimeout(last.current.stop);
    if (!isTyping) {
      if (last.current.at > 0) tell(false);
      last.current.at = 0;
      return;
    }
    last.current.stop = setTimeout(() => {
      last.current.at = 0;
      tell(false);
    }, STOPPED_MS);
    if (now - last.current.at < TYPING_MS) return;
    last.current.at = now;
    tell(true);
  };
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
