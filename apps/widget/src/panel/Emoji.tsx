import { useRef } from 'preact/hooks';
import { useWords } from './words.ts';

const EMOJI = ['🙂', '😀', '😉', '😂', '😍', '🤔', '😕', '😢', '😡', '👍', '👎', '👋', '🙏', '👏', '💪', '❤️', '🎉', '✅', '❌', '⭐', '🔥', '📦', '📷', '⏰'] as const;

export function Emoji({ pick }: { pick: (emoji: string) => void }) {
  const { t } = useWords();
  const list = useRef<HTMLDivElement>(null);
  return (
    <>
      <button type="button" class="icon" aria-label={t('panel.emoji')} popovertarget="emoji"><svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9" /><path d="M8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.01M15 9.5v.01" /></svg></button>
      <div ref={list} id="emoji" popover="auto" class="emoji" role="group" aria-label={t('panel.emoji')}>
        {EMOJI.map((emoji) => <button key={emoji} type="button" onClick={() => { list.current?.hidePopover(); pick(emoji); }}>{emoji}</button>)}
      </div>
    </>
  );
}
