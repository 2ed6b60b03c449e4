import { Smile } from 'lucide-react';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { useChatText } from '../text.ts';

const EMOJI = ['🙂', '😀', '😊', '😉', '😂', '😍', '🤔', '😕', '😢', '😮', '🙏', '👍', '👎', '👏', '👋', '💪', '❤️', '🎉', '✅', '❌', '⚠️', '📦', '📞', '⏳'];

/** A few signs that chats are full of; all others come from the keyboard. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useChatText();
  return (
    <Popover label={t('chat.emoji')} placement="top start" trigger={<IconButton label={t('chat.emoji')} icon={Smile} />}>
      {(close) => (
        <div className="grid grid-cols-6 gap-0.5">
          {EMOJI.map((emoji) => (
            <button key={emoji} type="button" className="size-9 rounded-[4px] text-18 hover:bg-hover pointer-coarse:size-11" onClick={() => {
              onPick(emoji);
              close();
            }}>{emoji}</button>
          ))}
        </div>
      )}
    </Popover>
  );
}
