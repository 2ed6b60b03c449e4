import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { progressOf } from '../../../../clients/visitor/src/conversation.ts';
import type { WidgetLook } from '../../../../clients/visitor/src/types.ts';
import type { Chat, View } from './chat.ts';
import { Choices } from './Choices.tsx';
import { DraftLine, MessageLine } from './Message.tsx';
import { useStore } from './store.ts';
import { useWords } from './words.ts';

const NEAR_END_PIXELS = 80;

/** Of the last that was said, while it is an answer that is waited for; before anything was said, the first ones. */
function choicesOf({ drafts, messages, state }: View, first: readonly string[]): readonly string[] {
  const last = messages.at(-1);
  if (drafts.length > 0 || (last && state?.conversation?.state === 'ended')) return [];
  return last ? last.choices : first;
}

/** What was said. Only what comes in while somebody looks is read aloud, and each once: not the history. */
export function Log({ chat, view, look }: { chat: Chat; view: View; look: WidgetLook }) {
  const { t, company } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [isQuiet, setQuiet] = useState(true);
  const { messages, drafts, typing } = view;

  useEffect(() => { if (view.isUp) setQuiet(false); }, [view.isUp]);
  useLayoutEffect(() => {
    const box = place.current;
    if (box && isAtEnd.current) box.scrollTop = box.scrollHeight;
  }, [messages, drafts, typing, view.isShown]);

  // The place shrinks below what is written next, a form above it, or the keyboard of a phone: the newest stays in sight.
  useEffect(() => {
    const box = place.current;
    if (!box) return undefined;
    const watch = new ResizeObserver(() => { if (isAtEnd.current) box.scrollTop = box.scrollHeight; });
    watch.observe(box);
    return () => watch.disconnect();
  }, []);

  const earlier = async (): Promise<void> => {
    setQuiet(true);
    isAtEnd.current = false;
    await chat.earlier().catch(() => undefined);
    requestAnimationFrame(() => setQuiet(false));
  };
  const say = (text: string): void => {
    isAtEnd.current = true;
    // The button goes, and focus with it.
    place.current?.focus();
    chat.say(text);
  };
  return (
    <div
      class="scroll" ref={place} role="log"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
      tabIndex={0}
      aria-label={t('panel.log')} aria-live={isQuiet ? 'off' : 'polite'} aria-relevant="additions"
      onScroll={({ currentTarget: box }) => { isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PIXELS; }}
    >
      {view.hasEarlier && <button type="button" class="plain" onClick={() => void earlier()}>{t('panel.earlier')}</button>}
      <p class="greeting" dir="auto">{company(look.greeting) ?? t('panel.greeting')}</p>
      <Said chat={chat} view={view} />
      {drafts.map((draft) => <DraftLine key={draft.clientId} draft={draft} isUp={view.isUp} again={() => chat.sayAgain(draft.clientId)} discard={() => chat.discard(draft.clientId)} />)}
      <Choices label={t('panel.choices')} choices={choicesOf(view, look.choices.flatMap((one) => company(one) ?? []))} say={say} />
      {typing !== null && <p class="typing">{t('panel.typing', { name: typing })}</p>}
    </div>
  );
}

function Said({ chat, view: { messages, drafts, state } }: { chat: Chat; view: View }) {
  const { day } = useWords();
  const { said, seq: behind } = useStore(chat.nudge);
  const marks = state?.marks ?? { delivered: 0, read: 0 };
  const lastOwn = drafts.length > 0 ? undefined : messages.findLast(({ from }) => from === 'visitor')?.seq;
  const at = messages.findIndex(({ seq }) => seq > behind);
  const lines = messages.map((message, i) => (
    <Fragment key={message.clientId ?? message.id}>
      {day(message.at) !== (i > 0 ? day(messages[i - 1]!.at) : '') && <p class="day">{day(message.at)}</p>}
      <MessageLine message={message} progress={message.seq === lastOwn ? progressOf(message.seq, marks) : null} />
    </Fragment>
  ));
  return said ? lines.toSpliced(at === -1 ? lines.length : at, 0, <p key={said.id} class="greeting" dir="auto">{said.text}</p>) : lines;
}
